import Testing

@testable import BarcodeReading

@Suite struct CharacterSetTests {
    static let rules: [(rule: String, bytes: [UInt8], isQR: Bool, text: String)] = [
        ("UTF-8 first", Array("Käse".utf8), true, "Käse"),
        ("UTF-8 first elsewhere too", Array("測試".utf8), false, "測試"),
        ("Shift JIS in a QR code", [0x83, 0x66, 0x83, 0x55], true, "デザ"),
        ("half-width too", [0xC3, 0xDE, 0xBB, 0xDE], true, "ﾃﾞｻﾞ"),
        ("not in others", [0x83, 0x66], false, "\u{83}f"),
        ("one accented letter is Latin-1", [0x66, 0x61, 0xE7, 0x61, 0x64, 0x65], true, "façade"),
        ("a lead byte with no trail", [0x63, 0xE9, 0x20], true, "cé "),
        ("nothing", [], true, ""),
    ]

    @Test(arguments: rules)
    func chooses(rule: String, bytes: [UInt8], isQR: Bool, text: String) {
        #expect(CharacterSet.text(of: bytes, isQR: isQR) == text)
    }
}
