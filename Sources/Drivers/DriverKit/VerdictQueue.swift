import Scans

/// Answers in the order of the captures, whatever order they were given in.
struct VerdictQueue {
    private var entries: [Feedback?] = []
    private var firstID: UInt64 = 1
    /// How many entries at the front have been taken; they are cleared away now and then.
    private var taken = 0

    var nextID: UInt64 { firstID + UInt64(entries.count) }

    /// A capture waits for its verdict, or a verdict to be taken.
    var isAwaiting: Bool { taken < entries.count }

    /// A place in the queue for a capture that is answered later.
    mutating func open() -> UInt64 {
        defer { entries.append(nil) }
        return nextID
    }

    mutating func answer(_ id: UInt64, _ feedback: Feedback) {
        guard id >= firstID, id < nextID else { return }
        entries[Int(id - firstID)] = feedback
    }

    /// The oldest verdict, once it is there.
    mutating func next() -> Verdict? {
        guard taken < entries.count, let feedback = entries[taken] else { return nil }
        let verdict = Verdict(id: firstID + UInt64(taken), feedback: feedback)
        taken += 1
        if taken >= 64 || taken == entries.count {
            entries.removeFirst(taken)
            firstID += UInt64(taken)
            taken = 0
        }
        return verdict
    }
}
