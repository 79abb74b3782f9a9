import Glibc
public import LinuxIO
public import Pictures

/// JPEG pictures one after the other out of a FIFO, as `rpicam-vid --codec mjpeg` writes them.
public final class PictureStream {
    /// A picture that has grown longer than this has lost its end.
    public static let pictureLimitBytes = 8 * 1024 * 1024
    private static let readLimitBytes = 262_144

    public let descriptor: FileDescriptor
    public private(set) var damagedFrames = 0
    public private(set) var skippedFrames = 0
    private var splitter = JPEGSplitter()
    private let jpeg = JPEGReading()

    public init(opening path: String) throws {
        // Held open for writing too, so that the stream does not end when its writer is restarted.
        descriptor = try FileDescriptor(opening: path, O_RDWR | O_NONBLOCK)
    }

    /// The newest picture of all that have arrived; nil: none is whole.
    public func newestFrame() throws -> GreyPicture? {
        var newest: [UInt8]?
        var room = Self.pictureLimitBytes
        while room > 0, case .bytes(let bytes) = try descriptor.read(limit: Self.readLimitBytes) {
            room -= bytes.count
            let pictures = splitter.push(bytes)
            skippedFrames += max(pictures.count - (newest == nil ? 1 : 0), 0)
            newest = pictures.last ?? newest
        }
        guard let newest else { return nil }
        // A damaged picture is no news: the next one comes.
        let picture = try? newest.withUnsafeBufferPointer { try jpeg.wholePicture($0) }
        if picture == nil { damagedFrames += 1 }
        return picture
    }
}

/// Cuts a stream of bytes into JPEG pictures.
///
/// Pure. Inside a picture 0xFF is always followed by a marker or by 0, so the end cannot be
/// mistaken, but for thumbnails in an APP segment: these are stepped over by their length.
struct JPEGSplitter {
    private var bytes: [UInt8] = []
    /// Up to here there is no end.
    private var position = 0

    mutating func push(_ more: [UInt8]) -> [[UInt8]] {
        bytes += more
        var pictures: [[UInt8]] = []
        while let picture = next() { pictures.append(picture) }
        if bytes.count > PictureStream.pictureLimitBytes { (bytes, position) = ([], 0) }
        return pictures
    }

    private mutating func next() -> [UInt8]? {
        guard findStart() else { return nil }
        while position + 1 < bytes.count {
            guard bytes[position] == 0xFF else {
                position += 1
                continue
            }
            switch bytes[position + 1] {
            case 0xD9: return cut(position + 2)
            case 0xC0...0xCF, 0xDA...0xDD, 0xE0...0xEF, 0xFE:
                guard position + 3 < bytes.count else { return nil }
                let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
                guard position + 2 + length < bytes.count else { return nil }
                position += 2 + length
            case 0xFF: position += 1
            default: position += 2
            }
        }
        return nil
    }

    /// Drops what stands before the next picture.
    private mutating func findStart() -> Bool {
        if position > 0 { return true }
        let start = bytes.indices.dropLast().first {
            bytes[$0] == 0xFF && bytes[$0 + 1] == 0xD8
        }
        guard let start else {
            bytes.removeFirst(max(bytes.count - 1, 0))
            return false
        }
        bytes.removeFirst(start)
        position = 2
        return true
    }

    private mutating func cut(_ end: Int) -> [UInt8] {
        defer {
            bytes.removeFirst(end)
            position = 0
        }
        return Array(bytes.prefix(end))
    }
}
