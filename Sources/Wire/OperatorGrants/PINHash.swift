import Crypto
import CryptoExtras
import FoundationEssentials

/// A PIN as it is kept: scrypt (RFC 7914) with a block size of 8 and no parallelism.
///
/// A million PINs of six digits are soon tried by who has the hash, whatever it costs: it slows
/// a thief down, and a longer PIN stops one.
public struct PINHash: Sendable, Equatable {
    /// 32 MiB of memory, and some 100 ms of a small machine.
    public static let standardRounds: UInt32 = 1 << 15
    /// What others may make this machine spend.
    static let roundsLimits: ClosedRange<UInt32> = 1 << 10...1 << 17
    static let saltBytes = 16
    static let hashBytes = 32
    private static let blockSize = 8

    public let salt: [UInt8]
    public let rounds: UInt32
    let hash: [UInt8]

    /// Of a new PIN, with a salt of its own.
    public init(_ pin: PIN, rounds: UInt32 = standardRounds) throws {
        salt = (0..<Self.saltBytes).map { _ in UInt8.random(in: 0...255) }
        self.rounds = rounds
        hash = try Self.derive(pin, salt, rounds)
    }

    /// nil: no hash of this form, or one that asks for too much or too little work.
    public init?(salt: [UInt8], rounds: UInt32, hash: [UInt8]) {
        guard salt.count == Self.saltBytes, hash.count == Self.hashBytes,
            rounds.nonzeroBitCount == 1, Self.roundsLimits.contains(rounds)
        else { return nil }
        (self.salt, self.rounds, self.hash) = (salt, rounds, hash)
    }

    /// Takes as long whatever the answer. Blocks for some 100 ms: for threads of our own.
    public func matches(_ pin: PIN) throws -> Bool {
        let derived = try Self.derive(pin, salt, rounds)
        return zip(derived, hash).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    public var bytes: [UInt8] { hash }

    private static func derive(
        _ pin: PIN, _ salt: [UInt8], _ rounds: UInt32
    ) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: pin.digits, salt: salt, outputByteCount: hashBytes, rounds: Int(rounds),
            blockSize: blockSize, parallelism: 1)
        return key.withUnsafeBytes { Array($0) }
    }
}
