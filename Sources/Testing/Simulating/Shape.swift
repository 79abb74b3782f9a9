/// How large a simulation is. Follows from the seed, as all else does.
struct Shape {
    /// The seed with which one station has been alone for long.
    static let backlogSeed: UInt64 = 100_000

    var stations: ClosedRange<Int>
    var steps: Int
    var keys = KeyRange.few
    /// Operations that the first station made before it spoke to the hub.
    var backlog = 0

    init(seed: UInt64) {
        switch seed {
        case Self.backlogSeed: (stations, steps, keys, backlog) = (3...3, 40, .many, 100_000)
        case _ where seed % 50 == 7: (stations, steps) = (100...100, 100)
        case _ where seed % 10 == 0: (stations, steps) = (2...12, 90)
        default: (stations, steps) = (2...8, 34)
        }
    }
}
