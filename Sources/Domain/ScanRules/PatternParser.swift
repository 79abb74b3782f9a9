/// From the text of a pattern to its structure.
struct PatternParser {
    indirect enum Node {
        case empty
        case scalars(ScalarSet)
        case start, end
        case sequence([Node])
        case choice([Node])
        case group(Node, number: Int?)
        case repeated(Node, from: Int, to: Int?, isLazy: Bool)
    }

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0
    private(set) var groupCount = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func parse() throws(PatternError) -> Node {
        let node = try choice()
        guard index == scalars.count else { throw unexpected }
        return node
    }

    private mutating func choice() throws(PatternError) -> Node {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> Node {
        var nodes: [Node] = []
        while let scalar = peek, scalar != "|", scalar != ")" {
            nodes.append(try repetition(of: try atom()))
        }
        return nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom() throws(PatternError) -> Node {
        let position = index
        guard let scalar = next() else { throw unexpected }
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .scalars(.any)
        case "[": return .scalars(try set())
        case "(": return try group()
        case "\\": return .scalars(try escape())
        case "*", "+", "?", "{":
            index = position
            throw unexpected
        default: return .scalars(ScalarSet(scalar))
        }
    }

    private mutating func group() throws(PatternError) -> Node {
        var number: Int?
        if take("?") {
            guard take(":") else { throw unexpected }
        } else {
            groupCount += 1
            guard groupCount <= Pattern.groupLimit else { throw .tooManyGroups }
            number = groupCount
        }
        let node = try choice()
        guard take(")") else { throw unexpected }
        return .group(node, number: number)
    }

    private mutating func repetition(of node: Node) throws(PatternError) -> Node {
        let position = index
        let bounds: (Int, Int?)
        switch peek {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{":
            index += 1
            bounds = try countedBounds(at: position)
            index -= 1
        default: return node
        }
        index += 1
        guard bounds.1.map({ $0 >= bounds.0 }) ?? true else {
            throw .badRepeat(position: position + 1)
        }
        return .repeated(node, from: bounds.0, to: bounds.1, isLazy: take("?"))
    }

    /// Behind `{`; ends at `}`, after which one more character is skipped.
    private mutating func countedBounds(
        at position: Int
    ) throws(PatternError) -> (Int, Int?) {
        guard let low = number() else { throw .badRepeat(position: position + 1) }
        var high: Int? = low
        if take(",") { high = peek == "}" ? nil : number() ?? -1 }
        guard peek == "}", low <= Pattern.repeatLimit,
            high.map({ (0...Pattern.repeatLimit).contains($0) }) ?? true
        else { throw .badRepeat(position: position + 1) }
        index += 1
        return (low, high)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let scalar = peek, ("0"..."9").contains(scalar), digits.count < 4 {
            digits.unicodeScalars.append(scalar)
            index += 1
        }
        return Int(digits)
    }

    private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func next() -> Unicode.Scalar? {
        defer { index += 1 }
        return peek
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        index += 1
        return true
    }

    private var unexpected: PatternError { .unexpected(peek, position: index + 1) }
}

extension PatternParser {
    /// Behind `\`: a kind of character, a control character, or the character itself.
    private mutating func escape() throws(PatternError) -> ScalarSet {
        guard let scalar = next() else { throw unexpected }
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .words
        case "W": return ScalarSet.words.inverted
        case "s": return .spaces
        case "S": return ScalarSet.spaces.inverted
        case "t": return ScalarSet("\t")
        case "x": return ScalarSet(try hexadecimal())
        default:
            let isWord = ScalarSet.words.contains(scalar)
            guard !isWord else {
                index -= 1
                throw unexpected
            }
            return ScalarSet(scalar)
        }
    }

    /// Two digits: `\x1D` is GS.
    private mutating func hexadecimal() throws(PatternError) -> Unicode.Scalar {
        var value: UInt32 = 0
        for _ in 0..<2 {
            guard let digit = peek,
                let number = UInt32(String(digit), radix: 16)
            else { throw unexpected }
            value = value << 4 | number
            index += 1
        }
        return Unicode.Scalar(UInt8(value))
    }

    /// Behind `[`.
    private mutating func set() throws(PatternError) -> ScalarSet {
        var set = ScalarSet(ranges: [], isInverted: take("^"))
        var isFirst = true
        while isFirst || peek != "]" {
            isFirst = false
            let low = try member()
            guard peek == "-", index + 1 < scalars.count, scalars[index + 1] != "]",
                let from = low.single
            else {
                guard !low.isInverted else { throw unexpected }
                set.ranges += low.ranges
                continue
            }
            index += 1
            guard let to = try member().single, from <= to else { throw unexpected }
            set.ranges.append(from...to)
        }
        index += 1
        return set
    }

    private mutating func member() throws(PatternError) -> ScalarSet {
        guard let scalar = next() else { throw unexpected }
        return scalar == "\\" ? try escape() : ScalarSet(scalar)
    }
}

extension ScalarSet {
    /// The only character in it.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, !isInverted, ranges[0].count == 1 else { return nil }
        return ranges[0].lowerBound
    }
}
