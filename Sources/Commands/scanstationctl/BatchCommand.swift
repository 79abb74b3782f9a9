import ArgumentParser
import CommandKit
import CurlHTTP
import Foundation
import LocalAPI

struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Work with what is scanned together: groups, units, expected lists, reports.",
        discussion: """
            scanstationctl batch profile receiving
            scanstationctl batch expect delivery.csv     compare with it from now on
            scanstationctl batch show                    what is open, and what is missing
            scanstationctl batch undo                    the last line, or: undo LINE
            scanstationctl batch close
            scanstationctl batch report --html > report.html
            """,
        subcommands: [
            ShowBatch.self, ReportBatch.self, ExpectList.self, ListExpected.self, CheckList.self,
            ChooseProfile.self, OpenBatch.self, CloseBatch.self, CancelBatch.self, UndoLine.self,
            StepUnit.self,
        ])
}

struct ShowBatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "The open batch, or else the last one, and its list.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let current = try await station.client().get("/batches/current", as: CurrentBatch.self)
        output.show(current) { BatchText.current($0) }
    }
}

struct ReportBatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "A batch for the file: as text, or to print.",
        discussion: "Without a code: the open batch, or else the last one.")

    @Argument(help: "The batch.") var code: String?
    @Flag(help: "As a page for a browser, which prints it.") var html = false
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try station.client()
        var code = code ?? ""
        if code.isEmpty { code = try await newest(client) }
        guard html else {
            let batch = try await client.get("/batches/\(code.urlPart)", as: BatchReport.self)
            let list = try await batch.list.asyncMap {
                try await client.get("/lists/\($0.urlPart)", as: ExpectedListReport.self)
            }
            return output.show(batch) { BatchText.report($0, list) }
        }
        let page = try await client.page("/batches/\(code.urlPart)/paper")
        FileHandle.standardOutput.write(Data(page))
    }

    private func newest(_ client: StationClient) async throws -> String {
        let current = try await client.get("/batches/current", as: CurrentBatch.self)
        guard let batch = current.batch else {
            throw CommandFailure(code: "no-batch", message: "there is no batch yet")
        }
        return batch.code
    }
}

extension StationClient {
    /// What is no JSON.
    fileprivate func page(_ path: String) async throws -> [UInt8] {
        let request = request("GET", path)
        let response = try await reached { try await http.send(request) }
        guard response.status == 200 else { throw Self.problem(response.status, response.body) }
        return response.body
    }
}

extension Optional {
    fileprivate func asyncMap<T>(_ body: (Wrapped) async throws -> T) async rethrows -> T? {
        if let self { try await body(self) } else { nil }
    }
}

struct ChooseProfile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "profile",
        abstract: "Work by a profile: mode, repeats, what labels should say.",
        discussion: "receiving, stocktake, returns, tool-crib, or none.")

    @Argument(help: "Its name.") var name: String
    @OptionGroup var telling: Telling

    func run() async throws { try await telling.tell("PROFILE:\(name.uppercased())") }
}

struct OpenBatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open", abstract: "Begin a batch; the one before closes.")

    @OptionGroup var telling: Telling

    func run() async throws { try await telling.tell("BATCH:OPEN") }
}

struct CloseBatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "End the open batch.")

    @OptionGroup var telling: Telling

    func run() async throws { try await telling.tell("BATCH:CLOSE") }
}

struct CancelBatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "Take back every line of the open batch.")

    @OptionGroup var telling: Telling

    func run() async throws { try await telling.tell("BATCH:CANCEL") }
}

struct UndoLine: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take back the last line, or the one that is named.",
        discussion: "'batches CODE' names the lines.")

    @Argument(help: "The line, a1b2c3d4e5f60718:42.") var line: String?
    @OptionGroup var telling: Telling

    func run() async throws { try await telling.tell(line.map { "UNDO:\($0)" } ?? "UNDO") }
}

struct StepUnit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unit", abstract: "Go into a logistic unit, or out of it.",
        discussion: """
            scanstationctl batch unit in     the next unit that is scanned goes into this one
            scanstationctl batch unit out    on with the unit around it
            """)

    @Argument(help: "in or out.") var step: String
    @OptionGroup var telling: Telling

    func run() async throws { try await telling.tell("UNIT:\(step.uppercased())") }
}

/// Gives the station a command and prints what it says.
struct Telling: ParsableArguments {
    @Option(help: "Who gives it.") var `operator`: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func tell(_ command: String) async throws {
        let receipt = try await station.client().post(
            "/commands", CommandRequest(command: command, operator: self.operator),
            as: ReceiptReport.self)
        try receipt.show(output)
    }
}
