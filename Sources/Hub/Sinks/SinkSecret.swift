import FoundationEssentials
import Glibc
import LinuxIO

/// What a sink proves itself with: a file that only this user may read.
///
/// It is read anew for every request, so that it can be changed while the hub runs, and stands
/// neither in the database nor in the log.
public struct SinkSecret: Sendable {
    static let lengthLimitBytes = 4096
    private static let keyPrefix = "whsec_"
    /// Standard Webhooks, "Signature scheme": from 24 to 64 bytes.
    private static let keyLengths = 24...64

    public let path: String

    public init(path: String) {
        self.path = path
    }

    /// Makes a key for signing at `path`, and answers with it.
    public static func makeKey(at path: String) throws -> String {
        let bytes = (0..<32).map { _ in UInt8.random(in: 0...255) }
        let text = keyPrefix + Data(bytes).base64EncodedString()
        try DurableFile.write(Array((text + "\n").utf8), to: path)
        return text
    }

    /// The keys that requests are signed with, one a line: two while one takes the other's place.
    public func keys() throws(SinkSetupError) -> [[UInt8]] {
        var keys: [[UInt8]] = []
        for line in try text().split(separator: "\n") {
            guard line.hasPrefix(Self.keyPrefix),
                let key = Data(base64Encoded: String(line.dropFirst(Self.keyPrefix.count))),
                Self.keyLengths.contains(key.count)
            else { throw .secret(path, why: "a line is not whsec_ and 24 to 64 bytes in base64") }
            keys.append(Array(key))
        }
        guard !keys.isEmpty else { throw .secret(path, why: "there is no key in it") }
        return keys
    }

    /// A token or a password.
    public func word() throws(SinkSetupError) -> String {
        let text = try text()
        let word = String(text.drop { $0 == "\n" }.prefix { $0 != "\n" })
        guard !word.isEmpty, word.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw .secret(path, why: "its first line is empty or has a control character")
        }
        return word
    }

    private func text() throws(SinkSetupError) -> String {
        let bytes: [UInt8]
        let file: FileDescriptor
        do throws(LinuxError) {
            file = try FileDescriptor(opening: path, O_RDONLY | O_NONBLOCK)
            guard case .bytes(let read) = try file.read(limit: Self.lengthLimitBytes + 1) else {
                throw LinuxError.failed("read", on: path, number: ENODATA)
            }
            bytes = read
        } catch {
            throw .secret(path, why: "\(error)")
        }
        try check(file)
        guard bytes.count <= Self.lengthLimitBytes else {
            throw .secret(path, why: "it is longer than \(Self.lengthLimitBytes) bytes")
        }
        return String(decoding: bytes, as: UTF8.self).replacing("\r\n", with: "\n")
    }

    private func check(_ file: FileDescriptor) throws(SinkSetupError) {
        var status = stat()
        guard fstat(file.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw .secret(path, why: "it is no plain file")
        }
        guard status.st_mode & 0o077 == 0 else {
            throw .secret(path, why: "others may read it: chmod 600")
        }
    }
}
