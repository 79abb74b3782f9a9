import Replication
import SyncProtocol

/// State from operations, in memory: what a test, a trial or an audit does.
struct FoldSection {
    let bench: Bench

    func run() async throws -> Report {
        var report = Report(
            title: "fold: state from operations, in memory",
            about: """
                A million operations of eight stations on 5,000 balances, merged one by one, then \
                asked for every balance; processor time of one core. Floor: a Swift dictionary \
                from balance to sum, to which each quantity is added: no counts, no undo, no \
                repeats, no serials.
                """,
            columns: ["", "operations/s a core", "of the dictionary"])
        let operations = ranked(bench.operations(1_000_000, quick: 20_000))
        let standings = try await Race.run(
            [
                Contender("Inventory") { fold(operations) },
                Contender("dictionary of sums") { sum(operations) },
            ], rounds: bench.rounds(5))
        for standing in standings {
            report.rows.append([
                standing.name, Figure.of(standing.rate),
                Figure.ratio(standing.ratio(to: standings[1])),
            ])
        }
        let rate = standings[0].rate
        report.expect("\(Figure.of(rate)) operations/s a core, goal 1,000,000", rate >= 1_000_000)
        return report
    }

    private func ranked(_ count: Int) -> [RankedOperation] {
        let warehouse = Warehouse()
        var shifts = (1...8).map {
            Shift(station: StationCode("st-\($0)"), number: $0, warehouse: warehouse)
        }
        var result: [RankedOperation] = []
        result.reserveCapacity(count)
        while result.count < count {
            let base = FeedPosition(max(0, result.count - 8 * 100))
            let run = shifts[result.count / 100 % 8].run(100, base: base)
            for entry in run.operations {
                let position = FeedPosition(result.count + 1)
                let standing = Standing(
                    position: position, rank: entry.operation.clock.rawValue)
                result.append(RankedOperation(entry.operation, standing))
            }
        }
        return result
    }

    private func fold(_ operations: [RankedOperation]) -> Lap {
        var seen = 0
        let time = Stopwatch.processorTime {
            var inventory = Inventory()
            for operation in operations { inventory.merge(operation) }
            seen = inventory.quantities.count
        }
        precondition(seen > 0)
        return Lap(operations: operations.count, nanoseconds: Double(time))
    }

    private func sum(_ operations: [RankedOperation]) -> Lap {
        var sums: [StockKey: Int64] = [:]
        let time = Stopwatch.processorTime {
            for operation in operations {
                switch operation.operation.kind {
                case .adjust(let key, let quantity), .count(let key, let quantity),
                    .move(let key, _, let quantity), .pick(let key, _, let quantity):
                    sums[key, default: 0] += quantity
                default: break
                }
            }
        }
        precondition(!sums.isEmpty)
        return Lap(operations: operations.count, nanoseconds: Double(time))
    }
}
