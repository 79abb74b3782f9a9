import Replication
import Testing

@testable import HubStorage

/// `rank = max(min(clock - offset, received + 60 s), greatest rank seen + 1, rank before + 1)`
@Suite struct RankingTests {
    static let received: Int64 = 1_000_000_000

    static let rules: [(rule: String, clock: Int64, offset: Int64, seen: Int64, rank: Int64)] = [
        ("the clock decides", 500, 0, 0, 500),
        ("less its offset", 500, 200, 0, 300),
        ("which may be negative", 500, -200, 0, 700),
        ("but comes after what was seen", 500, 0, 500, 501),
        ("and never far in the future", received + 60_000_001, 0, 0, received + 60_000_000),
        ("however wrong the clock", .max, .min, 0, 1),
        ("in either direction", .min, .max, 0, 1),
    ]

    @Test(arguments: rules)
    func follows(rule: String, clock: Int64, offset: Int64, seen: Int64, rank: Int64) throws {
        var ranking = Ranking(
            offsetMicroseconds: offset, receivedMicroseconds: Self.received, head: 9,
            maximumRank: { _ in seen })

        #expect(try ranking.rank(of: operation(clock: clock, base: 7), previous: 0) == rank)
    }

    @Test func growsAlongALineage() throws {
        var ranking = Ranking(
            offsetMicroseconds: 0, receivedMicroseconds: Self.received, head: 9,
            maximumRank: { _ in 0 })
        var previous: Int64 = 0
        for clock: Int64 in [100, 100, 50, 200] {
            let rank = try ranking.rank(of: operation(clock: clock, base: 0), previous: previous)
            #expect(rank > previous)
            previous = rank
        }
        #expect(previous == 200)
    }

    @Test func asksOnceForABase() throws {
        var asked: [FeedPosition] = []
        var ranking = Ranking(
            offsetMicroseconds: 0, receivedMicroseconds: Self.received, head: 2,
            maximumRank: {
                asked.append($0)
                return 0
            })
        // Beyond the head the feed grows while the request is taken in.
        for base: FeedPosition in [1, 1, 2, 2, 1, 3, 3] {
            _ = try ranking.rank(of: operation(clock: 1, base: base), previous: 0)
        }
        #expect(asked == [1, 2, 1, 3, 3])
    }

    private func operation(clock: Int64, base: FeedPosition) -> Operation {
        Operation(
            id: OperationID(incarnation: Incarnation(rawValue: 1), sequence: 1), station: "s",
            clock: HybridTime(rawValue: clock), base: base, kind: .unknown)
    }
}
