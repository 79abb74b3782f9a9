/// A parser that strangers feed, and what must hold whatever they feed it.
public struct FuzzTarget: Sendable {
    /// In bytes; what is longer shows nothing new and takes longer.
    public static let lengthLimit = 2048

    public let name: String
    private let check: @Sendable (ByteSource) throws -> Void

    init(_ name: String, _ check: @escaping @Sendable (ByteSource) throws -> Void) {
        self.name = name
        self.check = check
    }

    /// Throws `Broken` where something does not hold; a refusal by the parser is an answer too.
    public func run(_ bytes: [UInt8]) throws {
        try check(ByteSource(bytes))
    }

    /// Something that must hold did not.
    public struct Broken: Error, CustomStringConvertible {
        public let description: String
    }

    static func require(_ holds: Bool, _ rule: @autoclosure () -> String) throws {
        guard holds else { throw Broken(description: rule()) }
    }

    /// Each with the corpus of its name.
    public static let all = [
        reportDescriptor, reportDecoder, keystrokes, serial, elementStrings, ndef, wireFrames,
        configuration, patterns, csv,
    ]
}

extension FuzzTarget {
    /// Breaks when it is fed a NUL: to see whether that would be seen.
    package static let brittle = FuzzTarget("brittle") { source in
        try require(!source.rest.contains(0), "a NUL")
    }
}
