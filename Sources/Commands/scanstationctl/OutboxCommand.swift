import ArgumentParser
import CommandKit
import LocalAPI
import Reporting

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show and steer what the hub does not have yet.",
        discussion: """
            scanstationctl outbox
            scanstationctl outbox --wait 30     until all is sent; exit 6 when it is not by then
            scanstationctl outbox --dead        operations that the hub refused, and why
            scanstationctl outbox hold "stocktake is not checked yet"
            """,
        subcommands: [
            Show.self, Preview.self, Hold.self, Release.self, Retry.self, Edit.self, Discard.self,
            Audit.self,
        ],
        defaultSubcommand: Show.self)

    static func text(_ outbox: OutboxReport) -> String {
        var parts = [outbox.waiting == 0 ? "empty" : "\(outbox.waiting) waiting"]
        if let oldest = outbox.oldest { parts.append("the oldest for \(Clock.age(oldest))") }
        if let last = outbox.lastAcknowledged {
            parts.append("the hub last took something \(Clock.age(last)) ago")
        }
        if outbox.deadLetters > 0 {
            parts.append(Paint.bad("\(outbox.deadLetters) refused: scanstationctl outbox --dead"))
        }
        if let held = outbox.held {
            parts.append(
                Paint.notable(
                    "HELD by \(held.operator) since \(Clock.dayAndTime(held.since)): "
                        + held.reason))
        }
        return parts.joined(separator: ", ")
    }
}

extension OutboxCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Say how much waits; with --dead, what the hub refused.")

        @Option(help: "Wait so many seconds until nothing is left.") var wait: Int?
        @Flag(help: "List the operations that the hub refused.") var dead = false
        @Flag(help: "With --dead: those that were dealt with as well.") var all = false
        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let client = try station.client()
            if dead {
                let list = try await client.get("/outbox/dead?all=\(all)", as: DeadLetterList.self)
                return output.show(each: list.deadLetters, as: Self.table)
            }
            let outbox = try await client.outbox(emptyWithin: wait)
            output.show(outbox, as: OutboxCommand.text)
            if wait != nil, outbox.waiting > 0 { throw ExitCode(ExitStatus.unsent.rawValue) }
        }

        private static func table(_ letters: [DeadLetterReport]) -> String {
            guard !letters.isEmpty else { return "The hub refused nothing that waits for you." }
            var table = Table("OPERATION", "WHEN", "WHAT", "SCANNED", "CODE", "WHY")
            for letter in letters {
                let done = letter.settled.map { " (\($0.action) by \($0.operator))" } ?? ""
                table.add(
                    .init(letter.id), .init(Clock.dayAndTime(letter.time)),
                    .init(safe(letter.operation.sentence)), .init(letter.scanned ?? ""),
                    .init(letter.code, .bad), .init(letter.message + done))
            }
            return table.text + "\nPut one right: scanstationctl outbox edit OPERATION --item CODE"
        }
    }

    struct Preview: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what will be sent, in that order.")

        @Option(help: "At most so many; 0: all.") var limit = 50
        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        private static let pageLimit = 500

        /// A page at a time, so that a million operations fit into any memory.
        func run() async throws {
            let client = try station.client()
            var left = limit == 0 ? Int.max : limit
            var after: String?
            while left > 0 {
                let mark = after.map { "&after=\($0.urlPart)" } ?? ""
                let page = try await client.get(
                    "/outbox/preview?limit=\(min(left, Self.pageLimit))\(mark)",
                    as: OutboxPage.self)
                for operation in page.operations {
                    output.show(operation) {
                        "\($0.id)  \(Clock.dayAndTime($0.time))  \(safe($0.sentence))"
                    }
                }
                left -= page.operations.count
                guard let next = page.next else { return }
                after = next
            }
            if !output.json { print("... and more: --limit 0 lists all") }
        }
    }

    struct Audit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List what people did to the outbox, the newest first.")

        @Option(help: "At most so many.") var limit = 100
        @OptionGroup var station: StationOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let list = try await station.client().get(
                "/outbox/audit?limit=\(limit)", as: AuditList.self)
            output.show(each: list.entries) { entries in
                guard !entries.isEmpty else { return "Nobody has touched the outbox." }
                var table = Table("WHEN", "WHO", "WHAT", "OPERATION", "MADE INSTEAD", "WHY")
                for entry in entries {
                    table.add(
                        .init(Clock.dayAndTime(entry.time)), .init(safe(entry.operator)),
                        .init(entry.action), .init(entry.operation ?? ""),
                        .init(entry.newOperation ?? ""), .init(safe(entry.reason)))
                }
                return table.text
            }
        }
    }
}

extension StationClient {
    private static let pause = Duration.milliseconds(200)

    /// Asks until nothing waits, or for so long. Without a time, asks once.
    func outbox(emptyWithin seconds: Int?) async throws -> OutboxReport {
        guard let seconds else { return try await get("/outbox", as: OutboxReport.self) }
        let deadline = ContinuousClock.now + .seconds(seconds)
        return try await Progress.during("Waiting for the hub") {
            while true {
                let outbox = try await get("/outbox", as: OutboxReport.self)
                if outbox.waiting == 0 || ContinuousClock.now >= deadline { return outbox }
                try await Task.sleep(for: Self.pause)
            }
        }
    }
}
