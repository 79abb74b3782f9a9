import HubStorage
import Replication
import SyncProtocol

/// Runs without end, the stations in turn; each knows the feed up to what it sent last.
struct RunSource {
    private let stations: [StationRecord]
    private var shifts: [Shift]
    private var count = 0

    init(_ stations: [StationRecord]) {
        let warehouse = Warehouse()
        self.stations = stations
        shifts = stations.enumerated().map {
            Shift(station: $1.code, number: UInt64($0) + 1, warehouse: warehouse)
        }
    }

    var operations: Int { count * IntakeSection.runOperations }

    mutating func next() -> (station: StationRecord, run: Run) {
        let station = count % shifts.count
        let known = max(0, count - shifts.count) * IntakeSection.runOperations
        count += 1
        let run = shifts[station].run(IntakeSection.runOperations, base: FeedPosition(known))
        return (stations[station], run)
    }
}
