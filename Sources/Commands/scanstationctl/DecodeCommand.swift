import ArgumentParser
import Barcodes
import CommandKit
import GS1
import LocalAPI

struct DecodeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "decode", abstract: "Take codes apart, without a station.",
        subcommands: [DecodeGS1.self, DecodeNDEF.self, DecodeImage.self, DecodeSpeech.self])

    /// Decodes one text, or with - each line of standard input to its end; exit 1 if any failed.
    static func each(of text: String, _ decode: (String) -> Bool) throws {
        var isAllGood = true
        if text == "-" {
            while let line = readLine() {
                if !decode(line) { isAllGood = false }
            }
        } else {
            isAllGood = decode(text)
        }
        if !isAllGood { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}

struct DecodeGS1: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gs1", abstract: "Take GS1 data apart and check it.",
        discussion: """
            Takes what a scanner sends with its AIM identifier, element strings with ^ or GS, \
            (01)... with brackets, GS1 Digital Links, and the digits of a GTIN or an SSCC. \
            Exit 1 when any is not valid.

            scanstationctl decode gs1 '(01)04006381333931(10)LOT7'
            scanstationctl decode gs1 ']C1010400638133393110LOT7' --json
            scanstationctl decode gs1 - --json < codes.txt
            """)

    @Argument(help: "The data, or - for one a line on standard input.") var text: String
    @OptionGroup var output: OutputOptions

    func run() throws {
        try DecodeCommand.each(of: text) { text in
            let report = GS1Report(text)
            output.show(report, as: \.text)
            return report.valid
        }
    }
}

/// What one text says in terms of GS1, or why it says nothing.
struct GS1Report: Encodable {
    var valid: Bool
    var symbology: String?
    var elements: [Element]?
    var error: Fault?

    struct Element: Encodable {
        var ai: String
        var value: String
        var title: String
    }

    struct Fault: Encodable {
        var code: String
        var position: Int
        var message: String
    }

    init(_ text: String) {
        do throws(SyntaxFault) {
            let reading = try Reading(text)
            valid = true
            symbology = reading.carrier?.symbology.rawValue
            elements = reading.elements.map {
                Element(ai: $0.ai, value: $0.value, title: $0.title)
            }
        } catch {
            valid = false
            self.error = Fault(
                code: error.code.rawValue, position: error.position, message: error.message)
        }
    }

    var text: String {
        if let error {
            return Paint.bad(error.message) + " (byte \(error.position)) [\(error.code)]"
        }
        guard let elements, !elements.isEmpty else { return "Valid, but no data of GS1's." }
        var table = Table("AI", "TITLE", "VALUE")
        for element in elements {
            table.add(.init(element.ai), .init(element.title), .init(element.value, .strong))
        }
        return table.text
    }
}
