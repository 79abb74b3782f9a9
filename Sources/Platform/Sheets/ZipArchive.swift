import Gzip

/// Files in a zip archive, by its directory. No more is inflated than the directory announces,
/// and no more announced than `limitBytes`.
struct ZipArchive {
    static let mark: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let entryLimit = 10_000

    private struct Entry {
        var method: Int
        var packedBytes: Int
        var bytes: Int
        var offset: Int
    }

    private let file: [UInt8]
    private var entries: [String: Entry] = [:]

    init(_ file: [UInt8]) throws(SheetError) {
        self.file = file
        try readDirectory()
    }

    /// nil: there is no file of that name.
    func content(_ name: String, limitBytes: Int) throws(SheetError) -> [UInt8]? {
        guard let entry = entries[name] else { return nil }
        guard entry.bytes <= limitBytes else {
            throw .tooLarge(what: "bytes when unpacked", limit: limitBytes)
        }
        guard number(entry.offset, 4) == 0x0403_4B50 else {
            throw .notAWorkbook("\(name) is not where the archive says")
        }
        let start = entry.offset + 30 + number(entry.offset + 26, 2) + number(entry.offset + 28, 2)
        guard start <= file.count, entry.packedBytes <= file.count - start else {
            throw .notAWorkbook("\(name) is cut off")
        }
        let packed = file[start..<(start + entry.packedBytes)]
        switch entry.method {
        case 0: return Array(packed)
        case 8:
            do {
                return try Deflate.inflate(packed, toBytes: entry.bytes)
            } catch {
                throw .notAWorkbook("\(name) is damaged")
            }
        default: throw .notAWorkbook("\(name) is packed by method \(entry.method)")
        }
    }

    private mutating func readDirectory() throws(SheetError) {
        guard let end = directoryEnd else { throw .notAWorkbook("its directory is missing") }
        var at = number(end + 16, 4)
        let count = number(end + 10, 2)
        guard count <= Self.entryLimit else {
            throw .tooLarge(what: "files in it", limit: Self.entryLimit)
        }
        for _ in 0..<count {
            guard number(at, 4) == 0x0201_4B50 else {
                throw .notAWorkbook("its directory is damaged")
            }
            let nameBytes = number(at + 28, 2)
            guard at + 46 + nameBytes <= file.count else {
                throw .notAWorkbook("its directory is cut off")
            }
            let name = String(decoding: file[(at + 46)..<(at + 46 + nameBytes)], as: UTF8.self)
            entries[name] = Entry(
                method: number(at + 10, 2), packedBytes: number(at + 20, 4),
                bytes: number(at + 24, 4), offset: number(at + 42, 4))
            at += 46 + nameBytes + number(at + 30, 2) + number(at + 32, 2)
        }
    }

    /// The record at the very end, before a comment of up to 64 KiB.
    private var directoryEnd: Int? {
        guard file.count >= 22 else { return nil }
        let last = file.count - 22
        return stride(from: last, through: max(0, last - 0xFFFF), by: -1)
            .first { number($0, 4) == 0x0605_4B50 }
    }

    /// Little-endian; bytes behind the end are zeros.
    private func number(_ at: Int, _ bytes: Int) -> Int {
        (0..<bytes).reduce(0) { sum, index in
            let place = at + index
            return sum | (file.indices.contains(place) ? Int(file[place]) << (8 * index) : 0)
        }
    }
}
