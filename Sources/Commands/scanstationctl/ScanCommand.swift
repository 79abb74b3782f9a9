import ArgumentParser
import CommandKit
import LocalAPI

struct ScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Take a code as if a scanner had read it.",
        discussion: """
            Returns when the scan is on the disk. Exit 1 when it was refused.

            scanstationctl scan 4006381333931
            scanstationctl scan LOC-A1 --operator anna
            """)

    @Argument(help: "The code.") var code: String
    @Option(help: "Who scans.") var `operator`: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = ScanRequest(code: code, operator: self.operator)
        let receipt = try await station.client().post(
            "/scans", request, as: ReceiptReport.self)
        try receipt.show(output)
    }
}

struct SayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "command", abstract: "Give the station a command, as a command code does.",
        discussion: """
            scanstationctl command BATCH:OPEN        BATCH:CLOSE, BATCH:CANCEL
            scanstationctl command MODE:COUNT        RECEIVE, MOVE, LOOK-UP
            scanstationctl command PLACE:LOC-A1
            scanstationctl command QTY:12
            scanstationctl command UNDO              UNDO:OPERATION takes back any line
            scanstationctl command UNIT:IN           UNIT:OUT: between logistic units
            scanstationctl command PROFILE:RECEIVING STOCKTAKE, RETURNS, TOOL-CRIB, NONE
            scanstationctl command LIST:ASN-1        compares with a list; NONE: with none
            scanstationctl command SAY:CONFIRM       answers what an assignment or a repeat asks
            """)

    @Argument(help: "The text of the command.") var text: String
    @Option(help: "Who gives it.") var `operator`: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = CommandRequest(command: text, operator: self.operator)
        let receipt = try await station.client().post(
            "/commands", request, as: ReceiptReport.self)
        try receipt.show(output)
    }
}

extension ReceiptReport {
    func show(_ output: OutputOptions) throws {
        output.show(self) {
            Paint(signal: $0.signal)($0.message) + ($0.code.map { " [\($0)]" } ?? "")
        }
        if signal == "error" { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
