import ArgumentParser
import Foundation

/// Runs sections and prints what they found.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Measure scan station and hub beside floors measured in the same run.",
        discussion: """
            A rate alone says more about the machine than about the program, so read the ratios. \
            docs/PERFORMANCE.md says what each section is.
            """)

    @Argument(help: "What to measure; all of it when nothing is named.")
    var sections: [Section] = []

    @Option(help: "A folder on the disk to measure.")
    var folder = FileManager.default.temporaryDirectory.path

    @Option(help: "Where scanhub and scanstationd are. Default: beside this program.")
    var programs: String?

    @Option(help: "Operations (enqueue: commits) a round, instead of each section's own number.")
    var operations: Int?

    @Option(help: "Rounds, instead of each section's own number.")
    var rounds: Int?

    @Flag(help: "A moment of each, to see that it works. The figures are worth nothing.")
    var quick = false

    @Flag(help: "Print Markdown.")
    var markdown = false

    @Option(help: "Put the figures into this page, between its scanbench marks.")
    var into: String?

    @Flag(help: "Exit with 1 when a goal was missed.")
    var strict = false

    func validate() throws {
        guard operations ?? 1000 >= 1000, rounds ?? 1 >= 1 else {
            throw ValidationError("--operations is at least 1000, --rounds at least 1")
        }
    }

    func run() async throws {
        let bench = Bench(
            folder: try Folder(in: folder), programs: programs ?? MeasureCommand.ownFolder,
            isQuick: quick, operations: operations, rounds: rounds)
        let machine = Machine.line(folder: folder)
        var page = Page(machine: machine)
        if !markdown { print(machine, terminator: "\n\n") }
        for section in sections.isEmpty ? Section.allCases : sections {
            let report = try await section.run(bench)
            page.reports.append(report)
            if !markdown { print(report.text, terminator: "\n\n") }
            fflush(nil)
        }
        if markdown { print(page.markdown) }
        if let into { try page.write(into: into) }
        if strict, !page.missed.isEmpty { throw ExitCode.failure }
    }

    private static var ownFolder: String {
        let link = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        // Without /proc there are no sections that start programs either.
        return URL(filePath: link ?? ".").deletingLastPathComponent().path
    }
}
