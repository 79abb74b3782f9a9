import ArgumentParser
import LocalAPI
import Reporting

struct ConflictsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "Where stations disagree: who said what, and what can be done.",
        discussion: """
            scanstationctl conflicts
            scanstationctl conflicts resolve 3k9qf2m0ab --choose 1
            scanstationctl conflicts resolve 3k9qf2m0ab --quantity 92    what was counted
            scanstationctl conflicts tasks                               what is to be done
            """,
        subcommands: [List.self, Resolve.self, Tasks.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List them.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let report = try await station.client().get("/conflicts", as: ConflictReport.self)
            output.show(report) { report in
                guard !report.conflicts.isEmpty else { return "Nobody disagrees." }
                return report.conflicts.flatMap { $0.lines }.map(safe).joined(separator: "\n")
            }
        }
    }

    struct Resolve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Settle one, by an operation like any other.")

        @Argument(help: "The conflict, as it is listed.") var id: String
        @Option(help: "The number of a choice.") var choose: Int?
        @Option(help: "How many there are.") var quantity: Int64?
        @OptionGroup var decision: DecisionOptions
        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (choose == nil) != (quantity == nil) else {
                throw ValidationError("Either --choose N or --quantity N is wanted.")
            }
        }

        func run() async throws {
            let request = ResolveRequest(
                choose: choose, quantity: quantity, operator: decision.name)
            let report = try await station.client().post(
                "/conflicts/\(id.urlPart)/resolve", request, as: ResolutionReport.self)
            output.show(report) { "Settled: \(safe($0.sentence)) (\($0.operation))" }
        }
    }

    struct Tasks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what somebody has to go and do; the scan that does it ends it.")

        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let list = try await station.client().get("/tasks", as: TaskList.self)
            output.show(each: list.tasks) { tasks in
                guard !tasks.isEmpty else { return "Nothing is to be done." }
                return tasks.map { safe("\($0.id)  \($0.sentence)") }.joined(separator: "\n")
            }
        }
    }
}
