import HubStorage
import Replication
import Synchronization

/// What each station said when it last said hello. Lost at a restart: stations say it again.
final class Greetings: Sendable {
    private let held = Mutex<[StationCode: HeldOperations]>([:])

    func note(_ operations: HeldOperations, from station: StationCode) {
        held.withLock { $0[station] = operations }
    }

    func held(by station: StationCode) -> HeldOperations? {
        held.withLock { $0[station] }
    }
}
