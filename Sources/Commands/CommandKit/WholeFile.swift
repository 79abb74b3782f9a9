import Glibc
import LinuxIO

/// A file that is there whole or not at all, also after a stick was pulled.
public enum WholeFile {
    private static let chunkBytes = 1 << 16

    /// Writes the pieces that `body` gives out and answers with how many bytes they were. Throws
    /// `CommandFailure` for what is the file's fault.
    public static func write(
        _ path: String, _ body: (([UInt8]) throws -> Void) async throws -> Void
    ) async throws -> Int {
        let draft = path + ".part"
        var count = 0
        do {
            let file = try FileDescriptor(
                opening: draft, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
            try await body { bytes in
                try file.writeAll(bytes)
                count += bytes.count
            }
            guard fsync(file.rawValue) == 0, rename(draft, path) == 0 else {
                throw failure(path, String(cString: strerror(errno)))
            }
        } catch {
            unlink(draft)
            throw (error as? LinuxError).map { failure(path, "\($0)") } ?? error
        }
        return count
    }

    public static func read(_ path: String, limitBytes: Int) throws -> [UInt8] {
        do {
            let file = try FileDescriptor(opening: path, O_RDONLY)
            var bytes: [UInt8] = []
            while bytes.count <= limitBytes,
                case .bytes(let more) = try file.read(limit: chunkBytes)
            {
                bytes += more
            }
            guard bytes.count <= limitBytes else {
                throw failure(path, "longer than \(limitBytes) bytes")
            }
            return bytes
        } catch let error as LinuxError {
            throw failure(path, "\(error)")
        }
    }

    private static func failure(_ path: String, _ why: String) -> CommandFailure {
        CommandFailure(code: "file-failed", message: "\(path): \(why)")
    }
}
