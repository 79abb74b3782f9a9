import ArgumentParser
import CommandKit
import Foundation
import LocalAPI

struct ExpectList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "expect",
        abstract: "Give the station a list of what should be there, and compare scans with it.",
        discussion: """
            CSV has a line of headings: item, and perhaps quantity, lot, unit (or sscc), place and \
            name. A line with a unit and no item expects the unit itself. JSON is one object as \
            POST /v1/lists takes it. '-' reads standard input.

            scanstationctl batch expect delivery.csv --code ASN-4711
            scanstationctl batch expect --none
            """)

    @Argument(help: "The file.", completion: .file()) var path: String?
    @Option(help: "Its name; otherwise that of the file.") var code: String?
    @Option(help: "asn, pick or count.") var kind: String?
    @Flag(help: "Only give it: work goes on as it was.") var later = false
    @Flag(help: "Compare with no list any more.") var none = false
    @OptionGroup var telling: Telling

    func validate() throws {
        guard none != (path != nil) else { throw ValidationError("Name a file, or say --none.") }
    }

    func run() async throws {
        guard let path else { return try await telling.tell("LIST:NONE") }
        let file = path == "-" ? "/dev/stdin" : path
        let bytes = try WholeFile.read(file, limitBytes: ExpectedListFile.sizeLimitBytes)
        let name = URL(filePath: path).deletingPathExtension().lastPathComponent
        var request = try ExpectedListFile.parse(bytes, path: path, code: code ?? name)
        if let code { request.code = code }
        request.kind = kind ?? request.kind
        let list = try await telling.station.client().post(
            "/lists", request, as: ExpectedListReport.self)
        guard later else { return try await telling.tell("LIST:\(list.code)") }
        telling.output.show(list) { BatchText.comparison($0) }
    }
}

struct ListExpected: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lists", abstract: "The expected lists that the station was given.")

    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let lists = try await station.client().get("/lists", as: ExpectedLists.self).lists
        output.show(each: lists) { lists in
            guard !lists.isEmpty else { return "No list yet." }
            var table = Table("LIST", "KIND", "GIVEN", "LINES", "PIECES", "")
            for list in lists {
                table.add(
                    .init(list.code), .init(list.kind), .init(Clock.dayAndTime(list.given)),
                    .init("\(list.lineCount)"), .init("\(list.pieces)"),
                    .init(list.isCurrent ? "current" : "", .good))
            }
            return table.text
        }
    }
}

struct CheckList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "How a list compares with what was scanned for it.",
        discussion: "Exit 1 when anything is missing, over, wrong or extra.")

    @Argument(help: "The list; otherwise the current one.") var code: String?
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try station.client()
        var list: ExpectedListReport?
        if let code {
            list = try await client.get("/lists/\(code.urlPart)", as: ExpectedListReport.self)
        } else {
            list = try await client.get("/batches/current", as: CurrentBatch.self).list
        }
        guard let list else {
            throw CommandFailure(code: "unknown-list", message: "scans are compared with no list")
        }
        output.show(list) { BatchText.comparison($0) }
        if list.comparison?.isExact != true { throw ExitCode(ExitStatus.failed.rawValue) }
    }
}
