import FoundationEssentials

/// One of the acoustic model's files of Gaussians (`means`, `variances`): Sphinx-3 format, little
/// endian, one codebook a sound, several streams a codebook.
struct ModelFile {
    let codebooks: Int
    let streams: Int
    let densities: Int
    /// Of a stream; all of ours have 13.
    let width: Int
    var values: [Float]

    private static let byteOrder: UInt32 = 0x1122_3344
    /// Many times the models there are.
    private static let valuesLimit = 50_000_000

    init(reading path: String) throws(SpeechError) {
        guard let data = try? Data(contentsOf: URL(filePath: path)),  // Said below.
            let end = data.firstRange(of: Data("endhdr\n".utf8))
        else { throw .modelUnusable(path) }
        let bytes = Array(data[end.upperBound...])
        func word(_ index: Int) -> Int {
            let start = index * 4
            guard start + 4 <= bytes.count else { return 0 }
            return (0..<4).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
        }
        (codebooks, streams, densities, width) = (word(1), word(2), word(3), word(4))
        let count = word(4 + streams)
        guard word(0) == Self.byteOrder, (1...16).contains(streams), width > 0,
            count <= Self.valuesLimit, count == codebooks * streams * densities * width,
            bytes.count >= (5 + streams + count) * 4
        else { throw .modelUnusable(path) }
        let start = 5 + streams
        values = (0..<count).map { Float(bitPattern: UInt32(word(start + $0))) }
    }

    /// Without a checksum, which PocketSphinx does not ask for.
    func write(to path: String) throws(SpeechError) {
        var bytes = Array("s3\nversion 1.0\nendhdr\n".utf8)
        func append(_ word: UInt32) {
            for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
        }
        for word in [Int(Self.byteOrder), codebooks, streams, densities]
            + Array(repeating: width, count: streams) + [values.count]
        {
            append(UInt32(word))
        }
        for value in values { append(value.bitPattern) }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .voiceUnwritable(path, reason: "\(error)")
        }
    }
}

/// The names of the model's sounds, in the order of its codebooks.
enum ModelSounds {
    private static let namesLimit = 1000

    static func names(reading path: String) throws(SpeechError) -> [String] {
        guard let data = try? Data(contentsOf: URL(filePath: path)),  // Said here.
            data.starts(with: Data("BMDF".utf8)), data.count > 12
        else { throw .modelUnusable(path) }
        let bytes = Array(data)
        func word(_ start: Int) -> Int {
            guard start >= 0, start + 4 <= bytes.count else { return 0 }
            return (0..<4).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
        }
        let table = 12 + word(8)
        let count = word(table)
        guard (1...namesLimit).contains(count), table + 40 < bytes.count else {
            throw .modelUnusable(path)
        }
        let names = bytes[(table + 40)...].split(
            separator: 0, maxSplits: count, omittingEmptySubsequences: false)
        return names.prefix(count).map { String(decoding: $0, as: UTF8.self) }
    }
}
