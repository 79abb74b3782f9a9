import ArgumentParser
import CommandKit
import Foundation
import LocalAPI

struct PickCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pick", abstract: "Work through lists: pick, count, transfer, put away.",
        discussion: """
            scanstationctl pick load wave-7.csv          a list of lines; JSON is taken as well
            scanstationctl pick list
            scanstationctl pick start wave-7 --operator anna
            scanstationctl pick say check 49             then: pick 5, short 3, confirm, skip ...
            scanstationctl pick show                     what is asked now
            """,
        subcommands: [
            LoadAssignment.self, ListAssignments.self, StartAssignment.self, AnswerAssignment.self,
            ShowAssignment.self,
        ])
}

struct LoadAssignment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "load", abstract: "Give the station an assignment from a file.",
        discussion: """
            CSV has a line of headings: place, item and quantity, and perhaps check, lot, name, \
            unit, destination and destination-check. JSON is one object as POST /v1/assignments \
            takes it. '-' reads standard input.
            """)

    @Argument(help: "The file.", completion: .file()) var path: String
    @Option(help: "Its name; otherwise that of the file.") var code: String?
    @Option(help: "pick, count, transfer or receive.") var kind: String?
    @Option(help: "Where picked goods go; otherwise a place named as the assignment.")
    var order: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let file = path == "-" ? "/dev/stdin" : path
        let bytes = try WholeFile.read(file, limitBytes: AssignmentFile.sizeLimitBytes)
        let name = URL(filePath: path).deletingPathExtension().lastPathComponent
        var request = try AssignmentFile.parse(bytes, path: path, code: code ?? name)
        if let code { request.code = code }
        request.kind = kind ?? request.kind
        request.order = order ?? request.order
        let report = try await station.client().post(
            "/assignments", request, as: AnswerReport.self)
        try report.show(output)
    }
}

struct StartAssignment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: "Begin an assignment, or go on with it.")

    @Argument(help: "Its name.") var code: String
    @Option(help: "Who works on it.") var `operator`: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let report = try await station.client().post(
            "/assignments/\(code.urlPart)/start", StartRequest(operator: self.operator),
            as: AnswerReport.self)
        try report.show(output)
    }
}

struct AnswerAssignment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "say", abstract: "Answer what is asked, as a word or a scan would.",
        discussion: """
            check 49, number 5, pick 5, short 3, confirm, cancel, ready, skip, substitute, undo,
            repeat, where, how-many-left, help, pause, resume,
            slower, faster, louder, quieter, brief, full
            """)

    @Argument(help: "The answer.") var words: [String]
    @Option(help: "Of the question that is answered: for no other is the answer taken.")
    var turn: Int?
    @Option(help: "Who answers.") var `operator`: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = AnswerRequest(
            say: words.joined(separator: " "), turn: turn, operator: self.operator)
        let report = try await station.client().post(
            "/assignments/answer", request, as: AnswerReport.self)
        try report.show(output)
    }
}

struct ShowAssignment: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "What is asked now; or an assignment, with its lines.")

    @Argument(help: "An assignment's name.") var code: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try station.client()
        let report =
            if let code {
                try await client.get("/assignments/\(code.urlPart)", as: AssignmentReport.self)
            } else {
                try await client.get("/assignments/current", as: CurrentAssignment.self)
                    .assignment
            }
        guard let report else {
            throw CommandFailure(code: "no-assignment", message: "no assignment is worked on")
        }
        output.show(report, as: Self.text)
    }

    private static func text(_ report: AssignmentReport) -> String {
        var table = Table("LINE", "PLACE", "ITEM", "QUANTITY", "TAKEN", "STATE")
        for line in report.lines ?? [] {
            table.add(
                .init("\(line.number)"), .init(line.place), .init(line.name ?? line.item),
                .init("\(line.quantity)"), .init(line.taken.map { "\($0)" } ?? ""),
                .init(line.state, line.state == "short" ? .bad : .quiet))
        }
        return [table.text, report.question?.show].compactMap { $0 }.joined(separator: "\n\n")
    }
}

struct ListAssignments: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "The assignments that wait, and those that are done.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let list = try await station.client().get("/assignments", as: AssignmentList.self)
        output.show(each: list.assignments, as: Self.table)
    }

    private static func table(_ all: [AssignmentReport]) -> String {
        guard !all.isEmpty else { return "No assignment yet." }
        var table = Table("ASSIGNMENT", "KIND", "ORDER", "STAGE", "LINES", "DONE", "SHORT")
        for one in all {
            table.add(
                .init(one.code), .init(one.kind), .init(one.order),
                .init(one.stage, one.stage == "active" ? .good : .quiet),
                .init("\(one.lineCount)"), .init("\(one.done)"), .init("\(one.short)"))
        }
        return table.text
    }
}

extension AnswerReport {
    fileprivate func show(_ output: OutputOptions) throws {
        output.show(self) { report in
            let told = Paint(signal: report.signal)(report.message)
            let question = report.assignment?.question?.show
            return [told + (report.code.map { " [\($0)]" } ?? ""), question]
                .compactMap { $0 == report.message ? nil : $0 }.joined(separator: "\n")
        }
        if signal == "error" { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
