import FoundationEssentials

/// Reads the part of RFC 8941 structured fields that signatures and digests need.
struct FieldScanner {
    private let bytes: [UInt8]
    private var index = 0
    private let header: String

    /// No header of ours is longer.
    static let lengthLimitBytes = 4096

    init(_ text: String, header: String) throws(SignatureError) {
        bytes = Array(text.utf8)
        self.header = header
        guard bytes.count <= FieldScanner.lengthLimitBytes else {
            throw .malformed(header: header, "longer than \(FieldScanner.lengthLimitBytes) bytes")
        }
        skipSpaces()
    }

    /// `label=("a" "b");created=1, other=(...)`
    mutating func signatureInputs() throws(SignatureError) -> [(String, SignatureInput)] {
        try members { scanner throws(SignatureError) in try scanner.signatureInput() }
    }

    /// `label=:base64:, other=:base64:`
    mutating func byteSequences() throws(SignatureError) -> [(String, [UInt8])] {
        try members { scanner throws(SignatureError) in try scanner.byteSequence() }
    }

    private mutating func members<Value>(
        _ value: (inout FieldScanner) throws(SignatureError) -> Value
    ) throws(SignatureError) -> [(String, Value)] {
        var members: [(String, Value)] = []
        while index < bytes.count {
            let label = try key()
            try expect("=")
            members.append((label, try value(&self)))
            skipSpaces()
            guard index < bytes.count else { break }
            try expect(",")
            skipSpaces()
            guard index < bytes.count else { throw failure("a comma at the end") }
        }
        return members
    }

    private mutating func signatureInput() throws(SignatureError) -> SignatureInput {
        var components: [String] = []
        try expect("(")
        while true {
            skipSpaces()
            if take(")") { break }
            components.append(try string())
            guard index < bytes.count,
                bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: ")")
            else { throw failure("no space between two components, or a component's parameter") }
        }
        var input = SignatureInput(components: components, parameters: [])
        while take(";") {
            skipSpaces()
            let name = try key()
            try expect("=")
            input.parameters.append((name, try parameter()))
        }
        return input
    }

    private mutating func parameter() throws(SignatureError) -> SignatureInput.Value {
        guard index < bytes.count else { throw failure("a parameter without a value") }
        if bytes[index] == UInt8(ascii: "\"") { return .string(try string()) }
        let start = index
        if bytes[index] == UInt8(ascii: "-") { index += 1 }
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) { index += 1 }
        guard index - start <= 16, let number = Int64(text(start..<index)) else {
            throw failure("a parameter that is neither text nor number")
        }
        return .integer(number)
    }

    private mutating func byteSequence() throws(SignatureError) -> [UInt8] {
        try expect(":")
        guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ":")),
            let data = Data(base64Encoded: text(index..<end))
        else { throw failure("bytes that are no base64") }
        index = end + 1
        return Array(data)
    }

    private mutating func key() throws(SignatureError) -> String {
        let start = index
        while index < bytes.count, FieldScanner.isKey(bytes[index], first: index == start) {
            index += 1
        }
        guard index > start else { throw failure("a name is expected at byte \(index)") }
        return text(start..<index)
    }

    private mutating func string() throws(SignatureError) -> String {
        try expect("\"")
        var result: [UInt8] = []
        while index < bytes.count {
            var byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return String(decoding: result, as: UTF8.self) }
            if byte == UInt8(ascii: "\\") {
                guard index < bytes.count else { break }
                byte = bytes[index]
                index += 1
            }
            guard (0x20..<0x7F).contains(byte) else { throw failure("a text that is not ASCII") }
            result.append(byte)
        }
        throw failure("a text without its end")
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(SignatureError) {
        guard take(character) else { throw failure("\(character) is expected at byte \(index)") }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipSpaces() {
        while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
    }

    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private func failure(_ why: String) -> SignatureError {
        .malformed(header: header, why)
    }

    private static func isKey(_ byte: UInt8, first: Bool) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "*"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            !first
        default: false
        }
    }
}
