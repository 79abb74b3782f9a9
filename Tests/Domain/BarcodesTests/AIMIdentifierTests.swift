import Barcodes
import Testing

@Suite struct AIMIdentifierTests {
    static let rows: [(text: String, data: String, symbology: Symbology?, isGS1: Bool)] = [
        ("]E0", "4006381333931", .ean13, false),
        ("]E0", "036000291452", .upcA, false),
        ("]E0", "01234505", .upcE, false),
        ("]E3", "400638133393112", .ean13, false),
        ("]E1", "12", .eanAddOn, false),
        ("]E4", "73513537", .ean8, false),
        ("]C0", "ABC", .code128, false),
        ("]C1", "0104006381333931", .code128, true),
        ("]C4", "=W0000", .code128, false),
        ("]d1", "ABC", .dataMatrix, false),
        ("]d2", "0104006381333931", .dataMatrix, true),
        ("]Q1", "ABC", .qr, false),
        ("]Q3", "0104006381333931", .qr, true),
        ("]e0", "0104006381333931", .dataBar, true),
        ("]e0", "010400638133393110A", .dataBarExpanded, true),
        ("]J0", "ABC", .dotCode, false),
        ("]J1", "0104006381333931", .dotCode, true),
        ("]I1", "10614141000415", .itf, false),
        ("]A7", "ABC", .code39, false),
        ("]F0", "A1B", .codabar, false),
        ("]G0", "ABC", .code93, false),
        ("]L2", "ABC", .pdf417, false),
        ("]zC", "ABC", .aztec, false),
        ("]U1", "ABC", .maxiCode, false),
        ("]X0", "ABC", .other, false),
        ("]E5", "", nil, false), ("]C9", "", nil, false), ("]y0", "", nil, false),
        ("]c1", "", nil, false), ("[E0", "", nil, false), ("]E", "", nil, false),
        ("]E00", "", nil, false), ("", "", nil, false), ("]é0", "", nil, false),
    ]

    @Test(arguments: rows)
    func means(text: String, data: String, symbology: Symbology?, isGS1: Bool) {
        let identifier = AIMIdentifier(text)
        #expect(identifier?.symbology(of: data) == symbology)
        #expect(identifier?.isGS1 ?? false == isGS1)
        if let identifier { #expect(identifier.description == text) }
    }

    @Test func isFoundAtTheBeginningOnly() {
        #expect(AIMIdentifier(beginning: "]E04006381333931")?.description == "]E0")
        #expect(AIMIdentifier(beginning: "4006381333931]E0") == nil)
    }

    static let forms: [(text: String, hasForm: Bool)] = [
        ("]E0", true), ("]y9", true), ("]c1", true), ("]zC", true), ("]00", false),
        ("]E[", false), ("]E@", false), ("]é", false), ("]E", false), ("]E00", false),
    ]

    @Test(arguments: forms)
    func hasForm(text: String, expected: Bool) {
        #expect(AIMIdentifier.hasForm(text.utf8) == expected)
    }
}
