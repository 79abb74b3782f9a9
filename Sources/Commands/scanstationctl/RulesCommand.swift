import AllDrivers
import ArgumentParser
import Barcodes
import CommandKit
import ScanRules
import Scans
import Settings

struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "Show what the configuration's rules do with a code.",
        discussion: """
            scanstationctl rules test 'SUP-0042'
            scanstationctl rules test ']C0SUP-0042' --source dock-scanner
            """,
        subcommands: [TestRules.self])
}

struct TestRules: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Ask the rules about a code, step by step.",
        discussion: "Exit 1 when the code is refused.")

    @Argument(help: "What the scanner would send; with an AIM identifier, if it sends one.")
    var text: String
    @Option(help: "The device that it would come from.") var source = "test"
    @Option(help: "Its symbology, such as Code128 or QR, where no AIM identifier tells it.")
    var symbology: String?
    @Option(help: "The configuration file.", completion: .file(extensions: ["toml"]))
    var config: String?
    @OptionGroup(visibility: .hidden) var station: StationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard let symbology, Symbology(rawValue: symbology) == nil else { return }
        let names = Symbology.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--symbology is one of \(names)")
    }

    func run() throws {
        let settings = try read()
        let capture = Capture(
            device: DeviceName(rawValue: source), payload: .keystrokes(text),
            time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0))
        let ruling = settings.scanRules.apply(
            to: capture, reading: settings.rules,
            as: symbology.flatMap { Symbology(rawValue: $0) })
        let report = RulingReport(ruling, interpreter: Interpreter(rules: settings.rules))
        output.show(report) { $0.text }
        if report.error != nil { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private func read() throws -> StationConfig {
        do throws(ConfigError) {
            return try ConfigFile(catalogue: DriverCatalogue.kinds)
                .read(path: config ?? ConfigFile.defaultPath, isRequired: config != nil)
        } catch {
            throw CommandFailure(status: .usage, code: error.code.rawValue, message: "\(error)")
        }
    }
}

/// What the rules did, and what is understood of the rest.
struct RulingReport: Encodable {
    struct Step: Encodable {
        var rule: String
        var before: String
        var after: String
    }

    struct Fault: Encodable {
        var code: String
        var message: String
    }

    var steps: [Step]
    /// What is interpreted in the end.
    var result: String?
    /// `item`, `place`, `serial` or `command`.
    var meaning: String?
    var error: Fault?

    init(_ ruling: RuleSet.Ruling, interpreter: Interpreter) {
        steps = ruling.trace.map { step in
            Step(
                rule: step.rule, before: PrintableText(step.before).description,
                after: PrintableText(step.after).description)
        }
        switch ruling.outcome {
        case .rejected(let rejection): refuse(rejection)
        case .capture(let capture):
            switch interpreter.interpret(capture) {
            case .rejected(let rejection): refuse(rejection)
            case .scan(let scan):
                result = PrintableText(scan.text).description
                meaning = scan.meaning.word
            }
        }
    }

    private mutating func refuse(_ rejection: Rejection) {
        result = rejection.text
        error = Fault(code: rejection.code, message: rejection.message)
    }

    var text: String {
        let lines = steps.map { "\($0.rule): \($0.before) → \($0.after)" }
        let none = steps.isEmpty ? ["No rule is about this code."] : []
        let end = error.map { "Refused: \($0.message) [\($0.code)]" }
        return (lines + none + [end ?? "Read as \(meaning ?? "nothing"): \(result ?? "")"])
            .joined(separator: "\n")
    }
}

extension Meaning {
    fileprivate var word: String {
        switch self {
        case .item: "item"
        case .place: "place"
        case .serial: "serial"
        case .command: "command"
        }
    }
}
