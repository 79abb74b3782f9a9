/// One line of a recording: something that a device did, or what must have come of it.
///
/// ```text
/// # A number sign at the beginning: for people.
/// keys 4 0 enter         a keyboard, in the words of KeyScript
/// bytes 4006381333931\r  a serial port; \r \n \t \\ and \x1D as in C
/// wait 20ms              silence, in ms or s
/// expect 4006381333931   the code that has come out by now, written as after "bytes"
/// ```
public enum RecordingLine: Sendable, Equatable {
    case keys([InputEvent])
    case bytes([UInt8])
    case wait(Duration)
    /// For tests. Who plays the recording passes over it.
    case expect([UInt8])

    /// nil: a comment or an empty line.
    public init?(_ line: String) throws(RecordingError) {
        let line = line.last == "\r" ? line.dropLast() : line[...]
        guard !line.isEmpty, line.first != "#" else { return nil }
        let (word, rest) = Self.split(line)
        switch word {
        case "keys": self = .keys(try Self.keys(rest))
        case "bytes": self = .bytes(try Self.bytes(rest))
        case "wait": self = .wait(try Self.duration(rest))
        case "expect": self = .expect(try Self.bytes(rest))
        default: throw .unknownWord(String(word))
        }
    }

    /// Every line of a whole recording.
    public static func all(in text: String) throws(RecordingError) -> [RecordingLine] {
        var lines: [RecordingLine] = []
        for line in text.split(whereSeparator: \.isNewline) {
            if let line = try RecordingLine(String(line)) { lines.append(line) }
        }
        return lines
    }
}

/// What is wrong with a line of a recording.
public enum RecordingError: Error, Equatable, CustomStringConvertible {
    case unknownWord(String)
    case unknownKey(String)
    case badEscape(String)
    case badDuration(String)

    public var description: String {
        switch self {
        case .unknownWord(let word):
            "a line begins with keys, bytes, wait, expect or #, not '\(word)'"
        case .unknownKey(let word): "'\(word)' is no key name"
        case .badEscape(let text): "'\(text)' is no escape; write \\xNN, \\r, \\n, \\t or \\\\"
        case .badDuration(let text): "'\(text)' is no time such as 20ms or 2s, up to an hour"
        }
    }
}

extension RecordingLine {
    private static func split(_ line: Substring) -> (word: Substring, rest: Substring) {
        guard let space = line.firstIndex(of: " ") else { return (line, "") }
        return (line[..<space], line[line.index(after: space)...])
    }

    private static func keys(_ text: Substring) throws(RecordingError) -> [InputEvent] {
        do {
            return try KeyScript(String(text)).events
        } catch {
            throw .unknownKey(error.word)
        }
    }

    private static let waitLimit = Duration.seconds(3600)

    private static func duration(_ text: Substring) throws(RecordingError) -> Duration {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let units = ["ms": Duration.milliseconds(1), "s": .seconds(1)]
        guard let unit = units[String(text.dropFirst(digits.count))], let number = Int32(digits),
            unit * number <= waitLimit
        else { throw .badDuration(String(text)) }
        return unit * number
    }

    private static func bytes(_ text: Substring) throws(RecordingError) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            bytes.append(byte == UInt8(ascii: "\\") ? try escape(&rest) : byte)
        }
        return bytes
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "r"): 0x0D, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "t"): 0x09,
        UInt8(ascii: "\\"): 0x5C,
    ]

    private static func escape(_ rest: inout ArraySlice<UInt8>) throws(RecordingError) -> UInt8 {
        guard let letter = rest.popFirst() else { throw .badEscape("\\") }
        if let byte = escapes[letter] { return byte }
        let digits = String(decoding: rest.prefix(2), as: UTF8.self)
        guard letter == UInt8(ascii: "x"), digits.utf8.count == 2, digits.first != "+",
            let byte = UInt8(digits, radix: 16)
        else {
            throw .badEscape("\\" + String(decoding: [letter] + rest.prefix(2), as: UTF8.self))
        }
        rest = rest.dropFirst(2)
        return byte
    }
}
