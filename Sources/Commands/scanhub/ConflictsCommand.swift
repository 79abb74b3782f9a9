import Accounts
import ArgumentParser
import CommandKit
import Hub
import HubStorage
import LedgerStore
import Replication
import Reporting

struct ConflictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "Where stations disagree: who said what, and what can be done.",
        discussion: """
            scanhub conflicts --data ./hub
            scanhub conflicts resolve 3k9qf2m0ab --choose 1 --data ./hub
            scanhub conflicts tasks --data ./hub        what somebody has to go and do

            What is decided here while the hub serves, its stations hear within half a minute;
            over HTTP (docs/hub-api.md) at once.
            """,
        subcommands: [List.self, Resolve.self, Tasks.self], defaultSubcommand: List.self)

    static let limit = 1000

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let entries = try await ConflictsCommand.entries(data, tenant)
            guard !output.json else { return entries.forEach { print(JSONForm.text($0)) } }
            guard !entries.isEmpty else { return print("Nobody disagrees.") }
            for line in entries.flatMap({ $0.lines }) { print(TerminalText.safe(line)) }
        }
    }

    struct Tasks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what somebody has to go and do; the scan that does it ends it.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let tasks = try await ConflictsCommand.entries(data, tenant).compactMap(\.task)
            guard !output.json else { return tasks.forEach { print(JSONForm.text($0)) } }
            guard !tasks.isEmpty else { return print("Nothing is to be done.") }
            for task in tasks {
                let station = task.station.map { "  (\($0))" } ?? ""
                print(TerminalText.safe("\(task.id)  \(task.sentence)\(station)"))
            }
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settle one, by an operation like any other.")

        @Argument(help: "The conflict, as it is listed.") var id: String
        @Option(help: "The number of a choice.") var choose: Int?
        @Option(help: "How many there are.") var quantity: Int64?
        @Option(help: "Who decides. Default: the user of this shell.") var by: String?
        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try data.existingStore()
            let made = try await store.tenant(tenant.tenant).resolve(
                id, try decision(), operator: by ?? ShellUser.name, now: WallClock.microseconds())
            let sentence = OperationContent(made.operation).sentence
            try await store.noteShell(.decided, sentence, tenant: tenant.tenant)
            try store.close()
            let report = ResolutionReport(
                conflict: id, operation: made.id.description,
                sentence: sentence)
            guard !output.json else { return print(JSONForm.text(report)) }
            print("Settled: \(TerminalText.safe(report.sentence)) (\(report.operation))")
        }

        private func decision() throws -> ConflictDecision {
            switch (choose, quantity) {
            case (let number?, nil): .choice(number)
            case (nil, let quantity?): .quantity(quantity)
            default: throw ValidationError("Either --choose N or --quantity N is wanted.")
            }
        }

    }

    private static func entries(
        _ data: DataOptions, _ tenant: TenantOptions
    ) async throws -> [ConflictEntry] {
        let store = try data.existingStore()
        let conflicts = try await store.tenant(tenant.tenant).conflictDetails(limit: limit)
        try store.close()
        return conflicts.map { ConflictEntry($0) }
    }
}
