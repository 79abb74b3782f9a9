import Accounts
import ArgumentParser
import CommandKit
import Hub
import HubStorage
import Replication
import Sinks

/// Other systems that get what the log holds: `docs/sinks.md`.
struct SinksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sinks",
        abstract: "Other systems that get what happened: webhooks, MQTT, EPCIS.",
        discussion: """
            scanhub sinks add webhook erp https://erp.example.com/scans --data ./hub
            scanhub sinks add mqtt home mqtt://127.0.0.1 --data ./hub
            scanhub sinks add epcis trace https://epcis.example.com/capture --data ./hub
            scanhub sinks list --data ./hub

            Each gets everything, in order, at least once; the id of an operation tells it what it \
            had before. A running hub notices within a second what is changed here.
            """,
        subcommands: [
            SinksAddCommand.self, List.self, Show.self, Pause.self, Resume.self, Retry.self,
            Skip.self, Remove.self,
        ])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "How far each is, what waits, and what went wrong last.")

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let store = try data.existingStore()
            let standings = try await store.tenant(tenant.tenant).sinkStandings()
            try store.close()
            let now = WallClock.microseconds()
            let reports = standings.map { SinkReport($0, now: now) }
            guard !output.json else { return reports.forEach { print(JSONForm.text($0)) } }
            guard !reports.isEmpty else { return print("There is no sink: scanhub sinks add") }
            for line in SinkTable.lines(reports) { print(line) }
        }
    }

    struct Show: AsyncParsableCommand {
        private static let limit = 1000

        static let configuration = CommandConfiguration(
            abstract: "What a sink refused, and what was done to it, the newest first.")

        @OptionGroup var named: NamedSink
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let (parked, audit) = try await named.with { tenant, name in
                let details = try await tenant.sinkDetails(name, limit: Self.limit)
                return (
                    details.parked.map { ParkedReport($0) },
                    details.audit.map { SinkAuditReport($0) }
                )
            }
            guard !output.json else {
                return print(JSONForm.text(SinkDetails(parked: parked, audit: audit)))
            }
            print(parked.isEmpty ? "Nothing is set aside." : "Set aside:")
            for line in SinkTable.lines(parked) { print(line) }
            print("What was done:")
            for line in SinkTable.lines(audit) { print(line) }
        }
    }

    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send nothing until it is resumed. Nothing is lost.")

        @OptionGroup var named: NamedSink

        func run() async throws {
            try await named.with(doing: "paused") { tenant, name in
                try await tenant.pauseSink(
                    name, by: ShellUser.name, now: WallClock.microseconds())
            }
        }
    }

    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Go on with one that was paused, or failed.")

        @OptionGroup var named: NamedSink

        func run() async throws {
            try await named.with(doing: "resumed") { tenant, name in
                try await tenant.resumeSink(
                    name, by: ShellUser.name, now: WallClock.microseconds())
            }
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Try again now, and send what was set aside once more.")

        @OptionGroup var named: NamedSink
        @Argument(help: "One of the operations that were set aside. Default: all of them.")
        var operation: String?

        func run() async throws {
            let count = try await named.with(doing: "retried") { tenant, name in
                try await tenant.retrySink(
                    name, operation: operation, by: ShellUser.name, now: WallClock.microseconds())
            }
            print(
                count == 0 ? "It is tried again now." : "\(count) set aside are sent once more.")
        }
    }

    struct Skip: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Set the next operation aside, or give up one that is.")

        @OptionGroup var named: NamedSink
        @Argument(help: "One that was set aside: it is given up.") var operation: String?

        func run() async throws {
            let (who, now) = (ShellUser.name, WallClock.microseconds())
            let skipped = try await named.with(doing: "skipped") { [operation] tenant, name in
                guard let operation else {
                    return try await tenant.skipNext(ofSink: name, by: who, now: now).description
                }
                try await tenant.dropParked(operation, ofSink: name, by: who, now: now)
                return operation
            }
            print(operation == nil ? "Set aside: \(skipped)" : "Given up: \(skipped)")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget a sink: its place in the log, what was set aside, and its key.")

        @OptionGroup var named: NamedSink

        func run() async throws {
            let store = try named.data.existingStore()
            try await SinkSetup(store: store, tenant: named.tenant.tenant).remove(
                named.name, by: ShellUser.name, now: WallClock.microseconds())
            try await store.noteShell(
                .sinkChanged, "\(named.name): removed", tenant: named.tenant.tenant)
            try store.close()
        }
    }
}

/// Which sink is meant.
struct NamedSink: ParsableArguments {
    @Argument(help: "The sink.") var name: String
    @OptionGroup var data: DataOptions
    @OptionGroup var tenant: TenantOptions

    /// `doing`: what the log says of it; nil: it changes nothing.
    func with<T: Sendable>(
        doing what: String? = nil, _ body: (TenantStore, String) async throws -> T
    ) async throws -> T {
        let store = try data.existingStore()
        let answer = try await body(try store.tenant(tenant.tenant), name)
        if let what {
            try await store.noteShell(.sinkChanged, "\(name): \(what)", tenant: tenant.tenant)
        }
        try store.close()
        return answer
    }
}

/// `scanhub sinks show --json`.
private struct SinkDetails: Encodable {
    var parked: [ParkedReport]
    var audit: [SinkAuditReport]
}
