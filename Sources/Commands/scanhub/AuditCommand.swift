import Accounts
import ArgumentParser
import CommandKit
import Hub
import HubStorage

/// The log of what people did.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "What people did, and whether the log of it is whole.",
        discussion: """
            scanhub audit list --data ./hub
            scanhub audit verify --data ./hub                prints the end of the log
            scanhub audit verify --data ./hub --since 41:9f2c...

            The log is only appended to, and each entry holds the hash of all before it. Write the \
            end down elsewhere: with --since it shows that nothing was cut off or made anew.
            """,
        subcommands: [List.self, Verify.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what people did, the newest first.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions
        @Option(help: "Only what stands before this entry.") var before: Int64?
        @Option(help: "At most so many.") var limit = 100

        func validate() throws {
            guard (1...1_000_000).contains(limit) else {
                throw ValidationError("--limit is between 1 and 1000000")
            }
        }

        func run() async throws {
            let reports = try await data.withStore {
                try await $0.registry.activities(
                    of: tenant.tenant, before: before ?? .max, limit: limit)
            }.map { ActivityReport($0) }
            guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
            guard !reports.isEmpty else { return print("Nobody did anything yet.") }
            var table = TextTable([
                ("NO.", .right), ("TIME", .left), ("WHO", .left), ("WHAT", .left),
                ("OF WHAT", .left), ("FROM", .left),
            ])
            for report in reports {
                table.add([
                    "\(report.number)", report.time, report.who, report.kind, report.detail,
                    report.address ?? "",
                ])
            }
            for line in table.lines { print(line) }
        }
    }

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follow the chain through all of the log, of all tenants.")

        @OptionGroup var data: DataOptions
        @Option(help: "An end of the log that was written down: NUMBER:HASH.")
        var since: LogEnd?

        func run() async throws {
            let head = try await data.withStore {
                try await $0.registry.verifyActivities(since: since?.head)
            }
            print("The log is whole: \(head.number) entries. Its end is")
            print(head.text)
        }
    }
}

struct LogEnd: ExpressibleByArgument {
    let head: ActivityHead

    init?(argument: String) {
        guard let head = ActivityHead(argument) else { return nil }
        self.head = head
    }
}
