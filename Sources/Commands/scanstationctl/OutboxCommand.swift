import ArgumentParser
import CommandKit
import LocalAPI

struct OutboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outbox", abstract: "Show what the hub does not have yet.",
        discussion: """
            scanstationctl outbox
            scanstationctl outbox --wait 30     until all is sent; exit 6 when it is not by then
            scanstationctl outbox --dead        operations that the hub refused, and why
            """)

    @Option(help: "Wait so many seconds until nothing is left.") var wait: Int?
    @Flag(help: "List the operations that the hub refused.") var dead = false
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let client = try station.client()
        if dead {
            let list = try await client.get("/outbox/dead", as: DeadLetterList.self)
            return output.show(each: list.deadLetters, as: Self.table)
        }
        let outbox = try await client.outbox(emptyWithin: wait)
        output.show(outbox, as: Self.text)
        if wait != nil, outbox.waiting > 0 { throw ExitCode(ExitStatus.unsent.rawValue) }
    }

    static func text(_ outbox: OutboxReport) -> String {
        var parts = [outbox.waiting == 0 ? "empty" : "\(outbox.waiting) waiting"]
        if let oldest = outbox.oldest { parts.append("the oldest for \(Clock.age(oldest))") }
        if let last = outbox.lastAcknowledged {
            parts.append("the hub last took something \(Clock.age(last)) ago")
        }
        if outbox.deadLetters > 0 {
            parts.append(Paint.bad("\(outbox.deadLetters) refused: scanstationctl outbox --dead"))
        }
        return parts.joined(separator: ", ")
    }

    private static func table(_ letters: [DeadLetterReport]) -> String {
        guard !letters.isEmpty else { return "The hub refused nothing." }
        var table = Table("OPERATION", "WHEN", "CODE", "WHY")
        for letter in letters {
            table.add(
                .init(letter.id), .init(Clock.dayAndTime(letter.time)), .init(letter.code, .bad),
                .init(letter.message))
        }
        return table.text
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
