import Replication
import StationStorage

/// A station that has worked for long without its hub.
enum Backlog {
    private static let transactionOperations = 500

    /// Adds `count` operations of `shift` to the store, as a life of their own.
    static func add(_ count: Int, of shift: inout Shift, to store: StationStore) throws {
        let life = Life(random: shift.incarnation.rawValue)
        var left = count
        var wall: Int64 = 1_760_000_000_000_000
        while left > 0 {
            let kinds = (0..<min(left, transactionOperations)).map { _ in shift.kind() }
            try store.write { transaction in
                for kind in kinds {
                    wall += 4_000_000
                    try transaction.append(
                        [kind], life: life, by: Author(device: "scanner", operator: "ann"),
                        wallMicroseconds: wall)
                }
            }
            left -= kinds.count
        }
    }
}
