/// A regular expression that takes no longer than its length times that of the text.
///
/// Literals, `.`, `[a-z]`, `[^…]`, `\d \w \s` and their opposites, `^ $`, groups, `|`, `* + ?`,
/// `{n,m}`, each lazy with `?` behind it. No back references and no look-around: those are what
/// makes others take for ever on a hostile text. It is run as a set of threads that step together
/// (Thompson 1968; Cox, "Regular Expression Matching: the Virtual Machine Approach", 2009).
public struct Pattern: Sendable, Equatable {
    /// In bytes.
    public static let lengthLimit = 512
    /// After repetitions are written out.
    public static let instructionLimit = 2000
    public static let groupLimit = 9
    public static let repeatLimit = 255

    public let text: String
    let program: [Instruction]
    let groupCount: Int

    public init(_ text: String) throws(PatternError) {
        guard text.utf8.count <= Self.lengthLimit else { throw .tooLong }
        var parser = PatternParser(text)
        let node = try parser.parse()
        var compiler = PatternCompiler()
        try compiler.compile(node)
        self.text = text
        program = compiler.instructions
        groupCount = parser.groupCount
    }

    enum Instruction: Sendable, Equatable {
        case scalars(ScalarSet)
        /// Goes on at both; the first is preferred.
        case split(Int, Int)
        case jump(Int)
        /// Keeps the place: even at a group's beginning, odd at its end.
        case save(Int)
        case start, end, matched
    }
}

/// What is wrong with a pattern, and where.
public enum PatternError: Error, Sendable, Equatable, CustomStringConvertible {
    case tooLong
    /// Too many repetitions of repetitions.
    case tooLarge
    case tooManyGroups
    /// From 1, in characters.
    case unexpected(Unicode.Scalar?, position: Int)
    case badRepeat(position: Int)

    public var description: String {
        switch self {
        case .tooLong: "it has more than \(Pattern.lengthLimit) bytes"
        case .tooLarge: "it stands for more than \(Pattern.instructionLimit) steps"
        case .tooManyGroups: "it has more than \(Pattern.groupLimit) groups"
        case .unexpected(let scalar?, let position):
            "'\(scalar)' can't stand at character \(position)"
        case .unexpected(nil, _): "its end is missing"
        case .badRepeat(let position):
            "the repetition at character \(position) is none, or over \(Pattern.repeatLimit)"
        }
    }
}

/// A set of characters, as ranges.
struct ScalarSet: Sendable, Equatable {
    var ranges: [ClosedRange<UInt32>]
    var isInverted = false

    static let any = ScalarSet(ranges: [], isInverted: true)
    static let digits = ScalarSet(ranges: [0x30...0x39])
    static let words = ScalarSet(ranges: [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A])
    static let spaces = ScalarSet(ranges: [0x09...0x0D, 0x20...0x20])

    init(ranges: [ClosedRange<UInt32>], isInverted: Bool = false) {
        self.ranges = ranges
        self.isInverted = isInverted
    }

    init(_ scalar: Unicode.Scalar) {
        self.init(ranges: [scalar.value...scalar.value])
    }

    var inverted: ScalarSet { ScalarSet(ranges: ranges, isInverted: !isInverted) }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        ranges.contains { $0.contains(scalar.value) } != isInverted
    }
}
