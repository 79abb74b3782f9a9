/// Why bytes are no NDEF message.
public struct NDEFFault: Error, Sendable, Equatable {
    /// Stable and documented: docs/errors.md.
    public enum Code: String, Sendable, CaseIterable {
        case cutShort = "ndef-cut-short"
        case tooLong = "ndef-too-long"
        case noBeginning = "ndef-no-beginning"
        case secondBeginning = "ndef-second-beginning"
        case noEnd = "ndef-no-end"
        case afterEnd = "ndef-after-end"
        case chunk = "ndef-chunk"
        case typeNameFormat = "ndef-type-name-format"
        case typeLength = "ndef-type-length"
        case emptyRecord = "ndef-empty-record"
        case uri = "ndef-uri"
        case text = "ndef-text"
        case smartPoster = "ndef-smart-poster"
        case nesting = "ndef-nesting"
    }

    public var code: Code
    /// Where the record begins, in bytes from 0; of a nested record, in its smart poster.
    public var offset: Int
    /// One sentence.
    public var message: String

    init(_ code: Code, at offset: Int, _ message: String) {
        self.code = code
        self.offset = offset
        self.message = message
    }
}
