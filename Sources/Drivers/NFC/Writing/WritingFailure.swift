/// Why a tag was not written, and what is on it now.
public struct WritingFailure: Error, Sendable, Equatable {
    /// Stable and documented: docs/errors.md.
    public enum Code: String, Sendable, CaseIterable {
        case noTag = "nfc-no-tag"
        case locked = "nfc-locked"
        case tooSmall = "nfc-too-small"
        case notWritable = "nfc-not-writable"
        case torn = "nfc-write-torn"
        case differs = "nfc-write-differs"
        case notLocked = "nfc-not-locked"
    }

    /// What the tag holds after the failure.
    public enum Remainder: String, Sendable {
        case unchanged = "what it held before"
        /// The length was taken away first, so no part can be read as the whole.
        case empty = "an empty message"
        case written = "the new message"
        case unknown = "something that must be read to be known"
    }

    public var code: Code
    public var remainder: Remainder
    /// One sentence, with what is on the tag.
    public var message: String

    init(_ code: Code, _ remainder: Remainder, _ message: String) {
        self.code = code
        self.remainder = remainder
        self.message = "\(message) The tag holds \(remainder.rawValue)."
    }

    static func torn(_ remainder: Remainder) -> WritingFailure {
        WritingFailure(.torn, remainder, "The tag left while it was written.")
    }
}

/// A tag as its kind is written.
protocol WritableTag {
    /// Begins with what makes the old message unreadable, ends with what makes the new one whole.
    ///
    /// Each step may be repeated.
    func steps(for message: [UInt8]) throws(PreparationFault) -> [WritingStep]
    /// What makes it read-only for ever.
    func lockSteps() throws(PreparationFault) -> [WritingStep]
    func message() throws(ReadingFailure) -> [UInt8]?
    /// Asked of the tag itself.
    func isLocked() throws(ReadingFailure) -> Bool
}

struct WritingStep: Equatable {
    var command: TagCommand
    /// What is on the tag once this is done.
    var leaves: WritingFailure.Remainder
}

/// Why there are no steps: the tag won't have them, or it was torn while it was looked at.
enum PreparationFault: Error {
    case failure(WritingFailure)
    case reading(ReadingFailure)
}
