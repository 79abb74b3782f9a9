public import Barcodes

/// One rule: what it is about, and what becomes of the text.
///
/// Actions are carried out in the order in which they stand here, whatever the order in the file.
public struct ScanRule: Sendable, Equatable {
    public enum Case: String, Sendable, CaseIterable {
        case upper, lower
    }

    public enum Verdict: Sendable, Equatable {
        /// What is left is interpreted.
        case pass
        /// The operator hears the error signal, and this sentence.
        case reject(String)
        /// The text is this command, as it stands behind the command prefix.
        case command(String)
    }

    public struct Padding: Sendable, Equatable {
        public var length: Int
        public var filler: Unicode.Scalar

        public init(length: Int, filler: Unicode.Scalar) {
            self.length = length
            self.filler = filler
        }
    }

    /// For people: in the trace and in errors.
    public var name: String

    /// Names of devices; `*` at the end takes any rest. Empty: every device.
    public var sources: [String] = []
    /// Empty: every symbology, and codes without.
    public var symbologies: Set<Symbology> = []
    /// In characters.
    public var length: ClosedRange<Int> = 0...Int.max
    /// Must fit somewhere in the text.
    public var pattern: Pattern?

    /// Takes white space off both ends.
    public var trims = false
    /// Characters taken off the beginning and the end.
    public var stripStart = 0
    public var stripEnd = 0
    /// Takes the place of what the pattern found; `$1` is its first group, `$0` all of it.
    public var replacement: String?
    public var letterCase: Case?
    /// Filled up at the beginning to so many characters.
    public var padding: Padding?
    /// Put before and behind what is left.
    public var prefix = ""
    public var suffix = ""
    public var verdict = Verdict.pass
    /// Whether the rules after it are asked too.
    public var goesOn = false

    public init(name: String) {
        self.name = name
    }
}
