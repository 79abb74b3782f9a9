import BarcodePrinting
import LinuxIO
import ScanTesting
import Testing

/// What is printed is read back by a decoder that is not ours: zbarimg.
@Suite struct PrintedBarcodeTests {
    static let codes: [(kind: PrintedBarcode.Kind, text: String, read: String)] = [
        (.code128, "CAL1:yzqwam;-/=+.", "CODE-128:CAL1:yzqwam;-/=+."),
        (.code128, "%SS:BATCH:CLOSE", "CODE-128:%SS:BATCH:CLOSE"),
        (.qr, "CAL2#@[]{}\\|<>&\"?*()_'", "QR-Code:CAL2#@[]{}\\|<>&\"?*()_'"),
        (.gs1Code128, "[01]09501101530003[10]L7[21]Q", "CODE-128:010950110153000310L7\u{1D}21Q"),
    ]

    @Test(arguments: codes)
    func isReadBack(kind: PrintedBarcode.Kind, text: String, read: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            try PrintedBarcode(kind, text).pgm(scale: 3), to: "code.pgm")
        #expect(try Self.zbarimg(file) == read)
    }

    @Test func aCodeOfNothingIsRefused() {
        #expect(throws: PrintedBarcode.Failure.self) { try PrintedBarcode(.code128, "") }
        #expect(throws: PrintedBarcode.Failure.self) { try PrintedBarcode(.gs1Code128, "[01]1") }
    }

    @Test func anSVGIsAsLargeAsItSays() throws {
        let code = try PrintedBarcode(.code128, "A")
        let svg = code.svg(moduleMillimetres: 0.5)
        #expect(svg.contains("width=\"\(Double(code.width) / 2)mm\""))
        #expect(svg.contains("viewBox=\"0 0 \(code.width) \(code.height)\""))
    }

    private static func zbarimg(_ file: String) throws -> String {
        let child = try ChildProcess(["/usr/bin/zbarimg", "--quiet", "--nodbus", file])
        var text: [UInt8] = []
        while case let ready = try Poll.wait(readable: [child.output], timeout: .seconds(20)),
            ready.readable[0]
        {
            guard case .bytes(let bytes) = try child.output.read(limit: 4096) else { break }
            text += bytes
        }
        _ = try child.waitForEnd(patience: .seconds(5))
        return String(decoding: text.filter { $0 != 0x0A }, as: UTF8.self)
    }
}
