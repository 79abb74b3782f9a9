import Syncing

/// How large a simulation is. Follows from the seed, as all else does.
struct Shape {
    /// The seed with which one station has been alone for long.
    static let backlogSeed: UInt64 = 100_000

    var stations: ClosedRange<Int>
    var steps: Int
    var keys = KeyRange.few
    /// Operations that the first station made before it spoke to the hub.
    var backlog = 0
    var limits = SteppedSession.Limits.ofStations
    /// Whether people settle conflicts at the hub.
    var decides = false
    /// Whether a copy of a running machine may go on beside it, in the same life.
    var forksLives = false
    /// Whether such a copy is copied again, once it has made something of its own.
    var copiesCopies = false
    /// Whether a machine is put back with its memory, and goes on in the life that it had.
    var putsMemoryBack = false

    init(seed: UInt64) {
        switch seed {
        case Self.backlogSeed: (stations, steps, keys, backlog) = (3...3, 40, .many, 100_000)
        case _ where seed % 250 == 7: (stations, steps) = (100...100, 100)
        case _ where seed % 10 == 0: (stations, steps) = (2...12, 90)
        default: (stations, steps) = (2...8, 34)
        }
        // The other seeds are as they were when they found something.
        decides = seed % 5 == 2
        guard seed % 3 == 1, seed != Self.backlogSeed else { return }
        forksLives = seed % 9 != 7
        if seed % 7 == 1 {
            // Who goes on in a life alone must never be told that it forked.
            putsMemoryBack = !seed.isMultiple(of: 2)
            if putsMemoryBack { forksLives = false }
            copiesCopies = forksLives
        }
        limits = .init(page: 7, snapshotFloor: seed % 9 == 1 ? .max : 5, audits: true)
    }
}
