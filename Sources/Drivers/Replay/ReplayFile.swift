import Glibc
import LinuxIO

/// What is played: a file from its beginning, or a FIFO.
struct ReplayFile {
    /// Of one read. Small, so that a player who is asked to stop has little left to hand over.
    private static let readLimitBytes = 4096

    let descriptor: FileDescriptor
    /// Ends with its writer and not with its content.
    let isStream: Bool

    init(opening path: String) throws {
        descriptor = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
        isStream = descriptor.isFIFO
    }

    /// nil: the end.
    func read() throws -> [UInt8]? {
        switch try descriptor.read(limit: Self.readLimitBytes) {
        case .bytes(let bytes): bytes
        case .wouldBlock: []
        case .end: nil
        }
    }
}
