/// An input, cut into the choices and pieces that a target needs.
struct ByteSource {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
    }

    var isEmpty: Bool { rest.isEmpty }

    /// 0 after the end.
    mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

    mutating func pick<T>(_ choices: [T]) -> T { choices[Int(byte()) % choices.count] }

    /// As many bytes as the next one says, or as there are.
    mutating func piece() -> [UInt8] { take(Int(byte())) }

    /// The same with two bytes, the smaller first.
    mutating func longPiece() -> [UInt8] { take(Int(byte()) | Int(byte()) << 8) }

    private mutating func take(_ count: Int) -> [UInt8] {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
    }

    var text: String { String(decoding: rest, as: UTF8.self) }
}
