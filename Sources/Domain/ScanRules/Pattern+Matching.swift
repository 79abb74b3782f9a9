extension Pattern {
    /// Where a pattern fits: the whole of it, then each group; nil for a group that took no part.
    package struct Match: Equatable {
        package var ranges: [Range<Int>?]
    }

    /// The first place where it fits, in scalars; nil where it fits nowhere.
    package func firstMatch(in scalars: [Unicode.Scalar]) -> Match? {
        var current = ThreadList(size: program.count)
        var following = ThreadList(size: program.count)
        var best: [Int]?
        for place in 0...scalars.count {
            if best == nil {
                add(0, [Int](repeating: -1, count: 2 * (groupCount + 1)), place, scalars, &current)
            }
            if best != nil, current.threads.isEmpty { break }
            for thread in current.threads {
                if case .matched = program[thread.instruction] {
                    best = thread.saved
                    break  // Those behind it are less preferred.
                }
                guard case .scalars(let set) = program[thread.instruction],
                    place < scalars.count, set.contains(scalars[place])
                else { continue }
                add(thread.instruction + 1, thread.saved, place + 1, scalars, &following)
            }
            swap(&current, &following)
            following.clear()
        }
        return best.map(Self.match)
    }

    private static func match(_ saved: [Int]) -> Match {
        Match(
            ranges: stride(from: 0, to: saved.count, by: 2).map { index in
                saved[index] < 0 || saved[index + 1] < 0 ? nil : saved[index]..<saved[index + 1]
            })
    }

    /// Follows everything that takes no character. Each instruction once a place: this is what
    /// bounds the time.
    private func add(
        _ instruction: Int, _ saved: [Int], _ place: Int, _ scalars: [Unicode.Scalar],
        _ list: inout ThreadList
    ) {
        var pending = [(instruction, saved)]
        while let (instruction, saved) = pending.popLast() {
            guard list.mark(instruction) else { continue }
            switch program[instruction] {
            case .jump(let target): pending.append((target, saved))
            case .split(let first, let second):
                pending.append((second, saved))
                pending.append((first, saved))
            case .save(let slot):
                var saved = saved
                saved[slot] = place
                pending.append((instruction + 1, saved))
            case .start: if place == 0 { pending.append((instruction + 1, saved)) }
            case .end: if place == scalars.count { pending.append((instruction + 1, saved)) }
            case .scalars, .matched:
                list.threads.append(.init(instruction: instruction, saved: saved))
            }
        }
    }
}

/// The threads at one place of the text, the most preferred first.
private struct ThreadList {
    struct Thread {
        var instruction: Int
        var saved: [Int]
    }

    var threads: [Thread] = []
    private var isMarked: [Bool]

    init(size: Int) {
        isMarked = [Bool](repeating: false, count: size)
    }

    /// false: it is there already.
    mutating func mark(_ instruction: Int) -> Bool {
        guard !isMarked[instruction] else { return false }
        isMarked[instruction] = true
        return true
    }

    mutating func clear() {
        threads.removeAll(keepingCapacity: true)
        for index in isMarked.indices { isMarked[index] = false }
    }
}
