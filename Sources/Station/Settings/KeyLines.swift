/// On which line of a valid TOML text each key stands; the parser keeps this to itself.
///
/// Pure. Keys inside of inline tables and lists count as standing where the outer key stands.
struct KeyLines {
    private var lines: [[String]: Int] = [:]
    private var tableCounts: [[String]: Int] = [:]
    private var table: [String] = []
    private var bytes: [UInt8]
    private var index = 0
    private var line = 1
    /// The first mistake that the parser would take for one of its own, and end the program.
    private(set) var fault: Fault?

    struct Fault {
        var line: Int
        var sentence: String
    }

    /// The step of a path that names one table of an array of tables.
    static func step(_ index: Int) -> String { "[\(index)]" }

    init(_ text: String) {
        bytes = Array(text.utf8)
        if bytes.starts(with: Self.byteOrderMark) { index = Self.byteOrderMark.count }
        while index < bytes.count { readStatement() }
        bytes = []
    }

    /// The line of a key, else that of the closest table around it.
    func line(of path: [String]) -> Int? {
        var path = path[...]
        while !path.isEmpty {
            if let line = lines[Array(path)] { return line }
            path = path.dropLast()
        }
        return nil
    }

    private mutating func readStatement() {
        skipBlanks()
        switch next {
        case nil: return
        case UInt8(ascii: "\n"): advance()
        case UInt8(ascii: "#"): skipLine()
        case UInt8(ascii: "["): readHeader()
        default: readAssignment()
        }
    }

    private mutating func readHeader() {
        let isArray = bytes[index...].starts(with: "[[".utf8)
        let start = line
        advance(isArray ? 2 : 1)
        while next == 0x20 || next == 0x09 { advance() }
        if let next, !Self.mayBeginName(next) { note("a table needs a name", start) }
        let keys = readKeys(until: UInt8(ascii: "]"))
        var path = resolve(keys.dropLast()) + keys.suffix(1)
        if isArray {
            let count = tableCounts[path, default: 0]
            tableCounts[path] = count + 1
            path.append(Self.step(count))
        }
        table = path
        record(path, start)
        skipLine()
    }

    private mutating func readAssignment() {
        let start = line
        let keys = readKeys(until: UInt8(ascii: "="))
        for length in keys.indices { record(table + keys[...length], start) }
        skipValue()
    }

    private mutating func note(_ sentence: String, _ line: Int) {
        if fault == nil { fault = Fault(line: line, sentence: sentence) }
    }

    private mutating func record(_ path: [String], _ line: Int) {
        if lines[path] == nil { lines[path] = line }
    }

    /// Puts the latest table in for each array of tables on the way.
    private func resolve(_ keys: ArraySlice<String>) -> [String] {
        keys.reduce(into: []) { path, key in
            path.append(key)
            if let count = tableCounts[path] { path.append(Self.step(count - 1)) }
        }
    }
}

extension KeyLines {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// A bare key, a quoted one; or the bracket itself, which the parser understands.
    private static func mayBeginName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-_\"']".utf8.contains(byte)
        }
    }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where index < bytes.count {
            if bytes[index] == UInt8(ascii: "\n") { line += 1 }
            index += 1
        }
    }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0D { advance() }
    }

    private mutating func skipLine() {
        while let byte = next, byte != UInt8(ascii: "\n") { advance() }
    }

    private mutating func readKeys(until end: UInt8) -> [String] {
        var keys: [String] = []
        while let byte = next, byte != end, byte != UInt8(ascii: "\n") {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): keys.append(readString(byte))
            case 0x20, 0x09, UInt8(ascii: "."): advance()
            default: keys.append(readBareKey())
            }
        }
        advance()
        return keys
    }

    private mutating func readBareKey() -> String {
        let start = index
        repeat { advance() } while next.map { !" \t.=]\n".utf8.contains($0) } ?? false
        return String(decoding: bytes[start..<index], as: UTF8.self)
    }

    /// A string of any of the four kinds; what it says, but for escapes.
    private mutating func readString(_ quote: UInt8) -> String {
        let long = [quote, quote, quote]
        let isLong = bytes[index...].starts(with: long)
        let mark = isLong ? long : [quote]
        advance(mark.count)
        let start = index
        while index < bytes.count, !bytes[index...].starts(with: mark) {
            advance(quote == UInt8(ascii: "\"") && next == UInt8(ascii: "\\") ? 2 : 1)
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        advance(mark.count)
        // Up to two more quotes may stand before the closing three.
        while isLong, next == quote { advance() }
        return text
    }

    /// To the end of the line on which the last bracket closes.
    private mutating func skipValue() {
        var open: [UInt8] = []
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = readString(byte)
            case UInt8(ascii: "#"): skipLine()
            case UInt8(ascii: "\n") where open.isEmpty: return
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                open.append(byte)
                advance()
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if byte == UInt8(ascii: "}"), open.last != UInt8(ascii: "{") {
                    note("'}' closes nothing", line)
                }
                _ = open.popLast()
                advance()
            default: advance()
            }
        }
    }
}
