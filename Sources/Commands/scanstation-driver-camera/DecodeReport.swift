import BarcodeReading
import Barcodes
import FoundationEssentials
import Glibc
import LinuxIO
import Pictures
import Scans

/// What is in one picture, or why it is none.
struct DecodeReport: Encodable {
    struct Code: Encodable {
        var symbology: String
        var aim: String
        var text: String
        var bytesBase64: String
        /// `zbar`, `zxing`, or `both`.
        var engine: String
        var corners: [[Int]]
        /// How many looks at the picture, and how many lines in them, showed it.
        var looks: Int
        var lines: Int

        /// For a terminal.
        var printable: String { PrintableText(text).description }
    }

    struct Fault: Encodable {
        var code: String
        var message: String
    }

    var file: String
    var codes: [Code] = []
    var milliseconds: Double = 0
    var error: Fault?

    init(_ path: String, with reader: StillReader) {
        file = path
        let start = SystemTime.monotonic
        do {
            let picture = try GreyPicture(decoding: Self.bytes(of: path))
            codes = reader.codes(in: picture).map(Code.init)
        } catch {
            self.error = Fault(error)
        }
        let taken = SystemTime.monotonic - start
        milliseconds = Double(taken.microseconds) / 1000
    }

    /// One byte more than is allowed is read, so that a file that is too long is known as such.
    private static func bytes(of path: String) throws -> [UInt8] {
        let file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        var bytes: [UInt8] = []
        while bytes.count <= GreyPicture.fileLimitBytes {
            guard case .bytes(let more) = try file.read(limit: 1_048_576) else { break }
            bytes += more
        }
        return bytes
    }
}

extension DecodeReport.Code {
    init(_ reading: CodeReading) {
        let engines = reading.evidence.engines
        self.init(
            symbology: reading.symbology.rawValue, aim: reading.aim, text: reading.text,
            bytesBase64: Data(reading.bytes).base64EncodedString(),
            engine: engines.count > 1 ? "both" : engines.first?.rawValue ?? "",
            corners: reading.place.corners.map { [Int($0.x.rounded()), Int($0.y.rounded())] },
            looks: reading.evidence.looks, lines: reading.evidence.lines)
    }
}

extension DecodeReport.Fault {
    init(_ error: any Error) {
        let code = (error as? PictureError)?.code ?? "file-unreadable"
        self.init(code: code, message: "\(error)")
    }
}
