public import Barcodes

/// A code that is believed to stand in a picture, and what speaks for it.
public struct CodeReading: Sendable, Equatable {
    public var symbology: Symbology
    /// As ISO/IEC 15424 has it.
    public var aim: String
    public var bytes: [UInt8]
    public var text: String
    public var place: Quadrilateral
    public var evidence: Evidence

    /// Who read it, and how often.
    public struct Evidence: Sendable, Equatable {
        public var engines: Set<Engine>
        /// How many looks at the picture (as it is, larger, sharper, turned...) showed it.
        public var looks: Int
        /// How many lines agreed, over all looks; 1 a look for a matrix code.
        public var lines: Int
        /// Whether its last digit follows from the others, or it corrects its own errors.
        public var isSelfChecking: Bool
    }
}
