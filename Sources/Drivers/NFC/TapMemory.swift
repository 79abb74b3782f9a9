import Glibc
import LinuxIO
import SeparateDrivers
import TagSecurity

/// Which tags lie on the reader, kept outside of this process: a tag that was read is no new tap
/// because libnfc crashed.
///
/// Lives in a folder that a restart of the machine empties. Without one there is no memory.
struct TapMemory {
    private static let sizeLimitBytes = 4096
    private let path: String?

    /// `folder`: of the service, or of the user's session.
    init(device: String, folder: String? = TapFolder.path) {
        path = folder.map { "\($0)/nfc-\(device).taps" }
    }

    /// What lay there when the last process died; none when it ended in order.
    func recall() -> [[UInt8]] {
        // No file is no memory, and a file that can't be read is as good.
        guard let path, let file = try? FileDescriptor(opening: path, O_RDONLY),
            case .bytes(let bytes)? = try? file.read(limit: Self.sizeLimitBytes)
        else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
            .compactMap { [UInt8](hexadecimal: $0) }
    }

    func keep(_ uids: [[UInt8]]) {
        guard let path else { return }
        guard !uids.isEmpty else { return forget() }
        let draft = path + ".new"
        let text = uids.map { $0.hexadecimal + "\n" }.joined()
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC
        let number = Glibc.open(draft, flags, 0o600)
        guard number >= 0 else { return }
        let file = FileDescriptor(owning: number, path: draft)
        // Without memory, the worst is a tap that counts twice after a crash.
        guard (try? file.writeAll(Array(text.utf8))) != nil else { return }
        rename(draft, path)
    }

    func forget() {
        if let path { unlink(path) }
    }
}
