import Foundation
import LinuxIO
import ScanTesting
import Testing

/// The main promise, against SIGKILL: what got a good answer is at the hub exactly once.
///
/// `ORDEAL=full` runs it in full, `ORDEAL_SEED` repeats a run.
@Suite struct OrdealTests {
    struct Size {
        var codes: Int
        var stationKills: Int
        var hubKills: Int
    }

    static let size: Size =
        ProcessInfo.processInfo.environment["ORDEAL"] == "full"
        ? Size(codes: 10_000, stationKills: 20, hubKills: 5)
        : Size(codes: 1500, stationKills: 4, hubKills: 2)

    static let seed: UInt64 =
        ProcessInfo.processInfo.environment["ORDEAL_SEED"].flatMap { UInt64($0) }
        ?? UInt64.random(in: 0..<1_000_000)

    @Test(.timeLimit(.minutes(10)))
    func whatWasAnsweredIsAtTheHubExactlyOnce() async throws {
        let rig = try Rig()
        let scanner = try PlayedScanner(link: "\(rig.folder)/scanner")
        let configuration = scanner.configuration("gun") + "[sync]\nbackoff-limit-seconds = 1\n"
        try rig.startHub()
        try rig.startStation(configuration)
        try rig.enrol()

        let sent = try scan(with: scanner, in: rig, configuration)
        if rig.hub == nil { try rig.startHub() }
        try rig.synchronise()
        let operations = try await rig.hubOperations()
        try check(operations, sent: sent, accepted: scanner.accepted)
        #expect(try rig.station?.stop() == .exited(status: 0))
        #expect(try rig.hub?.stop() == .exited(status: 0))
    }

    /// Sends codes until enough were accepted, killing as the seed says. Answers how many it sent.
    private func scan(
        with scanner: PlayedScanner, in rig: Rig, _ configuration: String
    ) throws -> Int {
        var random = SplitMix64(seed: Self.seed)
        var kills = killings(&random)
        print("ordeal: seed \(Self.seed), \(Self.size)")
        var sent = 0
        let deadline = SystemTime.monotonic + .seconds(480)
        while scanner.accepted.count < Self.size.codes {
            guard SystemTime.monotonic < deadline else {
                throw Unexpected("seed \(Self.seed): \(scanner.accepted.count) codes after 8 min")
            }
            try scanner.send(
                {
                    sent += 1; return Self.code(sent)
                }, until: deadline)
            while let next = kills.last, scanner.accepted.count >= next.after {
                kills.removeLast()
                try carryOut(next.kill, rig, scanner, configuration)
            }
        }
        try scanner.waitForAnswers(within: .seconds(30))
        #expect(scanner.refused.isEmpty, "seed \(Self.seed)")
        return sent
    }

    private enum Kill {
        case station, hub, restartOfHub
    }

    /// The last one comes first.
    private func killings(_ random: inout SplitMix64) -> [(after: Int, kill: Kill)] {
        let codes = Self.size.codes
        var kills: [(after: Int, kill: Kill)] = (0..<Self.size.stationKills).map { _ in
            (Int.random(in: 1..<codes, using: &random), .station)
        }
        for _ in 0..<Self.size.hubKills {
            let after = Int.random(in: 1..<codes, using: &random)
            kills.append((after, .hub))
            kills.append((after + Int.random(in: 1...codes / 10, using: &random), .restartOfHub))
        }
        return kills.sorted { $0.after > $1.after }
    }

    private func carryOut(
        _ kill: Kill, _ rig: Rig, _ scanner: PlayedScanner, _ configuration: String
    ) throws {
        switch kill {
        case .station:
            rig.killStation()
            try scanner.replug()
            try rig.startStation(configuration)
        case .hub: rig.killHub()
        case .restartOfHub: if rig.hub == nil { try rig.startHub() }
        }
    }

    private func check(_ operations: [HubOperation], sent: Int, accepted: [String]) throws {
        let received = operations.filter { $0.kind == "adjust" }
        let numbers = received.compactMap { $0.item.flatMap(Self.number) }
        let context = Comment("seed \(Self.seed), \(sent) sent, \(accepted.count) accepted")

        #expect(numbers.count == received.count, context)
        #expect(received.allSatisfy { $0.delta == 1 && $0.device == "gun" }, context)
        #expect(Set(numbers).count == numbers.count, "a code is there twice; \(context)")
        #expect(Set(accepted.compactMap(Self.number)).subtracting(numbers) == [], context)
        #expect(numbers.allSatisfy { $0 <= sent }, context)
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }, "order; \(context)")
        #expect(Set(operations.map(\.id)).count == operations.count, context)
    }

    private static func code(_ number: Int) -> String { "ITEM-\(number)" }

    private static func number(of code: String) -> Int? {
        Int(code.replacing("ITEM-", with: ""))
    }
}
