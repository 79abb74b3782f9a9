import ArgumentParser
import NDEF
import Scans

struct DecodeNDEF: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ndef", abstract: "Take the NDEF message of an NFC tag apart.",
        discussion: """
            Exit 1 when any message is malformed.

            scanstationctl decode ndef d101075402656e54455854
            scanstationctl decode ndef - --json < messages.txt
            """)

    @Argument(help: "The message in hexadecimal, or - for one a line on standard input.")
    var hex: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        try DecodeCommand.each(of: hex) { text in
            let report = NDEFReport(text)
            output.show(report, as: \.text)
            return report.error == nil
        }
    }
}

/// What one message says, or why it is none.
struct NDEFReport: Encodable {
    var records: [NDEFRecordReport]?
    var error: Fault?

    struct Fault: Encodable {
        var code: String
        var message: String
    }

    init(_ hex: String) {
        guard let bytes = [UInt8](hexadecimal: hex) else {
            error = Fault(
                code: "not-hexadecimal", message: "An even number of hexadecimal digits is wanted.")
            return
        }
        do throws(NDEFFault) {
            records = try NDEFMessage(decoding: bytes).records.map(NDEFRecordReport.init)
        } catch {
            self.error = Fault(
                code: error.code.rawValue, message: "\(error.message) (byte \(error.offset))")
        }
    }

    var text: String {
        if let error { return Paint.bad(error.message) + " [\(error.code)]" }
        guard let records, !records.isEmpty else { return "An empty tag." }
        var table = Table("KIND", "TYPE", "SAYS")
        for record in records {
            table.add(
                .init(record.kind), .init(PrintableText(record.type).description),
                .init(PrintableText(record.summary).description, .strong))
        }
        return table.text
    }
}

extension [UInt8] {
    /// Spaces and colons between bytes are passed over.
    fileprivate init?(hexadecimal text: String) {
        let digits = text.filter { !$0.isWhitespace && $0 != ":" }.map(\.hexDigitValue)
        guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
        let values = digits.compactMap { $0 }
        self = stride(from: 0, to: values.count, by: 2).map {
            UInt8(values[$0] << 4 | values[$0 + 1])
        }
    }
}
