public import Crypto
import FoundationEssentials
import LinuxIO
import Synchronization

/// The station's Ed25519 key. It is made here and never leaves this machine.
///
/// Beside it lies at times the key that is to take its place: it does as soon as the hub has
/// heard it.
public final class StationKey: Sendable {
    private struct Keys {
        var current: Curve25519.Signing.PrivateKey
        var next: Curve25519.Signing.PrivateKey?
    }

    private let path: String
    private let keys: Mutex<Keys>

    /// Reads the key at `path`, or makes one there that only this user can read.
    public init(at path: String) throws {
        self.path = path
        let nextPath = path + Self.nextSuffix
        guard let current = try StationKey.read(path) else {
            let new = Curve25519.Signing.PrivateKey()
            try StationKey.write(new, path)
            keys = Mutex(Keys(current: new))
            return
        }
        var next = try StationKey.read(nextPath)
        if next?.rawRepresentation == current.rawRepresentation {
            // The last change was cut short behind its end.
            try StationKey.remove(nextPath)
            next = nil
        }
        keys = Mutex(Keys(current: current, next: next))
    }

    private static let nextSuffix = ".next"

    public var privateKey: Curve25519.Signing.PrivateKey { keys.withLock { $0.current } }

    public var publicKeyBytes: [UInt8] { Array(privateKey.publicKey.rawRepresentation) }

    /// The key that is to take the place of this one; nil: none is.
    public var next: Curve25519.Signing.PrivateKey? { keys.withLock { $0.next } }

    /// Makes the key that is to take the place of this one, unless there is one.
    public func prepareNext() throws {
        try keys.withLock { keys in
            guard keys.next == nil else { return }
            let new = Curve25519.Signing.PrivateKey()
            try StationKey.write(new, path + Self.nextSuffix)
            keys.next = new
        }
    }

    /// The hub has heard the next key: it is the key now.
    func useNext() throws {
        try keys.withLock { keys in
            guard let next = keys.next else { return }
            try StationKey.write(next, path)
            keys.current = next
            try StationKey.remove(path + Self.nextSuffix)
            keys.next = nil
        }
    }

    /// The hub can't change keys.
    func discardNext() throws {
        try keys.withLock { keys in
            try StationKey.remove(path + Self.nextSuffix)
            keys.next = nil
        }
    }

    /// When the key was made, microseconds since 1970 by this machine's clock.
    func made() -> Int64? {
        // Whose age can't be told isn't changed for it.
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.modificationDate] as? Date).map {
            Int64($0.timeIntervalSince1970 * 1_000_000)
        }
    }

    private static func read(_ path: String) throws -> Curve25519.Signing.PrivateKey? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try Curve25519.Signing.PrivateKey(
                rawRepresentation: Data(contentsOf: URL(filePath: path)))
        } catch is CryptoKitError {
            throw SyncError.keyDamaged(path)
        }
    }

    /// Whole or not at all: a torn key would cut the station off from its hub.
    private static func write(_ key: Curve25519.Signing.PrivateKey, _ path: String) throws {
        do {
            try DurableFile.write(Array(key.rawRepresentation), to: path)
        } catch {
            throw SyncError.keyFile("\(error)")
        }
    }

    private static func remove(_ path: String) throws {
        do {
            try DurableFile.remove(path)
        } catch {
            throw SyncError.keyFile("\(error)")
        }
    }
}
