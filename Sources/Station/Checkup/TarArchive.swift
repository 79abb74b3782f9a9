/// A tar file in the making: POSIX.1-1988, which every tar reads.
public struct TarArchive: Sendable {
    /// In bytes, of a name with its folder.
    public static let nameLimit = 99
    private static let block = 512

    private var content: [UInt8] = []
    /// Seconds since 1970, of all files.
    private let time: Int64

    public init(time: Int64) {
        self.time = time
    }

    /// `name` is ASCII and no longer than `nameLimit`.
    public mutating func add(_ name: String, _ text: String) {
        precondition(name.utf8.count <= Self.nameLimit)
        let bytes = Array(text.utf8)
        content += header(name, bytes.count) + bytes
        content += Array(repeating: 0, count: -bytes.count & (Self.block - 1))
    }

    /// Two empty blocks end it.
    public var bytes: [UInt8] { content + Array(repeating: 0, count: 2 * Self.block) }

    private func header(_ name: String, _ count: Int) -> [UInt8] {
        let fields: [(at: Int, text: String)] = [
            (0, name), (100, "0000644\0"), (108, "0000000\0"), (116, "0000000\0"),
            (124, octal(Int64(count), digits: 11)), (136, octal(time, digits: 11)),
            (148, "        "), (156, "0"), (257, "ustar\0" + "00"),
        ]
        var header = [UInt8](repeating: 0, count: Self.block)
        for field in fields {
            header.replaceSubrange(
                field.at..<field.at + field.text.utf8.count, with: field.text.utf8)
        }
        let sum = header.reduce(Int64(0)) { $0 + Int64($1) }
        header.replaceSubrange(148..<156, with: Array((octal(sum, digits: 6) + " ").utf8))
        return header
    }

    private func octal(_ number: Int64, digits: Int) -> String {
        let text = String(max(0, number), radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text + "\0"
    }
}
