public import Crypto
import FoundationEssentials
import Glibc

/// The station's Ed25519 key. It is made here and never leaves this machine.
public struct StationKey: Sendable {
    public let privateKey: Curve25519.Signing.PrivateKey

    /// Reads the key at `path`, or makes one there that only this user can read.
    public init(at path: String) throws {
        if let bytes = try StationKey.read(path) {
            do {
                privateKey = try Curve25519.Signing.PrivateKey(rawRepresentation: bytes)
            } catch {
                throw SyncError.keyDamaged(path)
            }
        } else {
            privateKey = Curve25519.Signing.PrivateKey()
            try StationKey.write(privateKey.rawRepresentation, path)
        }
    }

    public var publicKeyBytes: [UInt8] { Array(privateKey.publicKey.rawRepresentation) }

    private static func read(_ path: String) throws -> Data? {
        guard access(path, F_OK) == 0 else { return nil }
        return try Data(contentsOf: URL(filePath: path))
    }

    /// Whole or not at all: a torn key would cut the station off from its hub.
    private static func write(_ bytes: Data, _ path: String) throws {
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SyncError.keyFile(path, errno: errno) }
        defer { close(descriptor) }
        let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard written == bytes.count, fsync(descriptor) == 0, rename(draft, path) == 0 else {
            throw SyncError.keyFile(path, errno: errno)
        }
        try syncFolder(of: path)
    }

    /// The name of a file is its folder's: without this a power cut may take the key away after
    /// a hub got to know it.
    private static func syncFolder(of path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw SyncError.keyFile(path, errno: errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw SyncError.keyFile(path, errno: errno) }
    }
}
