/// From the structure of a pattern to a program whose threads step together.
struct PatternCompiler {
    private(set) var instructions: [Pattern.Instruction] = []

    mutating func compile(_ node: PatternParser.Node) throws(PatternError) {
        try emit(.save(0))
        try add(node)
        try emit(.save(1))
        try emit(.matched)
    }

    private mutating func add(_ node: PatternParser.Node) throws(PatternError) {
        switch node {
        case .empty: break
        case .scalars(let set): try emit(.scalars(set))
        case .start: try emit(.start)
        case .end: try emit(.end)
        case .sequence(let nodes): for node in nodes { try add(node) }
        case .choice(let branches): try addChoice(branches[...])
        case .group(let node, let number?):
            try emit(.save(2 * number))
            try add(node)
            try emit(.save(2 * number + 1))
        case .group(let node, nil): try add(node)
        case .repeated(let node, let low, let high, let isLazy):
            for _ in 0..<low { try add(node) }
            if let high {
                try addOptional(node, times: high - low, isLazy)
            } else {
                try addLoop(node, isLazy)
            }
        }
    }

    private mutating func addChoice(
        _ branches: ArraySlice<PatternParser.Node>
    ) throws(PatternError) {
        guard let first = branches.first else { return }
        guard branches.count > 1 else { return try add(first) }
        let split = instructions.count
        try emit(.split(split + 1, 0))
        try add(first)
        let jump = instructions.count
        try emit(.jump(0))
        instructions[split] = .split(split + 1, instructions.count)
        try addChoice(branches.dropFirst())
        instructions[jump] = .jump(instructions.count)
    }

    private mutating func addLoop(
        _ node: PatternParser.Node, _ isLazy: Bool
    ) throws(PatternError) {
        let split = instructions.count
        try emit(.split(0, 0))
        try add(node)
        try emit(.jump(split))
        let (inside, after) = (split + 1, instructions.count)
        instructions[split] = isLazy ? .split(after, inside) : .split(inside, after)
    }

    private mutating func addOptional(
        _ node: PatternParser.Node, times: Int, _ isLazy: Bool
    ) throws(PatternError) {
        var splits: [Int] = []
        for _ in 0..<times {
            splits.append(instructions.count)
            try emit(.split(0, 0))
            try add(node)
        }
        let after = instructions.count
        for split in splits {
            instructions[split] = isLazy ? .split(after, split + 1) : .split(split + 1, after)
        }
    }

    private mutating func emit(_ instruction: Pattern.Instruction) throws(PatternError) {
        guard instructions.count < Pattern.instructionLimit else { throw .tooLarge }
        instructions.append(instruction)
    }
}
