import ArgumentParser
import BarcodePrinting
import CommandKit
import Scans
import Wedge

struct SheetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sheet", abstract: "Print a sheet of barcodes, as a page for a browser.",
        discussion: """
            scanstationctl sheet calibration > calibration.html
            scanstationctl sheet commands > commands.html
            """,
        subcommands: [CalibrationSheet.self, CommandSheet.self])
}

struct CalibrationSheet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calibration",
        abstract: "Three codes that tell a scanner's keyboard layout: identify --calibrate.")

    func run() throws {
        let codes = CalibrationCode.allCases.map { code in
            switch code {
            case .letters, .symbols:
                SheetPage.Code(kind: .code128, content: code.text, label: code.text)
            case .separator:
                SheetPage.Code(
                    kind: .gs1Code128, content: CalibrationCode.separatorElements,
                    label: CalibrationCode.separatorElements)
            }
        }
        let page = SheetPage(
            title: "Calibration",
            introduction: "Run <code>scanstationctl identify --calibrate</code>, then scan these "
                + "codes in any order. Print without scaling.",
            codes: codes)
        print(try page.html())
    }
}

struct CommandSheet: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "commands", abstract: "The codes that work the station without a keyboard.")

    @Option(help: "The command prefix of the configuration.") var prefix = "%SS:"

    private static let commands: [Command] =
        [.openBatch, .closeBatch, .cancelBatch, .undo] + Mode.allCases.map { .mode($0) }
        + BatchProfile.all.map { .profile($0.name) } + [.profile(nil), .list(nil)]
        + UnitStep.allCases.map { .unit($0) }
        + [2, 3, 5, 10].map { .quantity($0) } + answers.map { .answer($0) }
    /// What a picker with a scanner alone answers.
    private static let answers = [
        "ready", "confirm", "cancel", "skip", "short", "repeat", "pause", "resume",
    ].map { SpokenPhrase(verb: $0) }

    func run() throws {
        let grammar = CommandGrammar(prefix: prefix)
        let page = SheetPage(
            title: "Commands", introduction: "Each code does what it says.",
            codes: Self.commands.map { command in
                let text = grammar.text(for: command)
                return SheetPage.Code(kind: .code128, content: text, label: text)
            })
        print(try page.html())
    }
}

/// Barcodes under one another on a page that needs nothing from anywhere.
struct SheetPage {
    struct Code {
        var kind: PrintedBarcode.Kind
        var content: String
        var label: String
    }

    /// The narrowest bar; any scanner reads it from hand's length.
    private static let moduleMillimetres = 0.38

    var title: String
    /// HTML.
    var introduction: String
    var codes: [Code]

    func html() throws -> String {
        let figures = try codes.map { code in
            let barcode = try drawn(code)
            return """
                <figure>\(barcode.svg(moduleMillimetres: Self.moduleMillimetres))
                <figcaption>\(Self.escaped(code.label))</figcaption></figure>
                """
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
            <style>
            body { font: 12pt sans-serif; margin: 10mm }
            figure { margin: 0 0 8mm; break-inside: avoid }
            figcaption { font-family: monospace; margin-left: 4mm }
            </style></head><body>
            <h1>\(title)</h1>
            <p>\(introduction)</p>
            \(figures.joined(separator: "\n"))
            </body></html>
            """
    }

    private func drawn(_ code: Code) throws -> PrintedBarcode {
        do throws(PrintedBarcode.Failure) {
            return try PrintedBarcode(code.kind, code.content)
        } catch {
            throw CommandFailure(
                code: "not-printable", message: "'\(code.content)' can't be a barcode: \(error)")
        }
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }
}
