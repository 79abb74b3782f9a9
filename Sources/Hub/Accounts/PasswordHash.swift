import Crypto
import CryptoExtras
public import FoundationEssentials

/// A password as it is kept: scrypt (RFC 7914) with a block size of 8 and no parallelism.
public struct PasswordHash: Sendable, Equatable {
    /// 64 MiB of memory a try, and some 150 ms.
    public static let standardRounds: UInt32 = 1 << 16
    /// What a row of the database may make this machine spend.
    static let roundsLimits: ClosedRange<UInt32> = 1 << 10...1 << 18
    static let saltBytes = 16
    static let hashBytes = 32
    private static let blockSize = 8

    public let salt: Data
    public let rounds: UInt32
    public let hash: Data

    /// Of a new password, with a salt of its own. Takes as long as a try.
    public init(_ password: Password, rounds: UInt32 = standardRounds) throws {
        salt = Data((0..<Self.saltBytes).map { _ in UInt8.random(in: 0...255) })
        self.rounds = rounds
        hash = try Self.derive(password, salt, rounds)
    }

    /// nil: no hash of this form, or one that asks for too much or too little work.
    public init?(salt: Data, rounds: UInt32, hash: Data) {
        guard salt.count == Self.saltBytes, hash.count == Self.hashBytes,
            rounds.nonzeroBitCount == 1, Self.roundsLimits.contains(rounds)
        else { return nil }
        (self.salt, self.rounds, self.hash) = (salt, rounds, hash)
    }

    /// One that no password has, to try where there is nobody: it takes as long.
    public static func nobody(rounds: UInt32 = standardRounds) -> PasswordHash {
        PasswordHash(unmatched: rounds)
    }

    private init(unmatched rounds: UInt32) {
        salt = Data((0..<Self.saltBytes).map { _ in UInt8.random(in: 0...255) })
        self.rounds = rounds
        hash = Data((0..<Self.hashBytes).map { _ in UInt8.random(in: 0...255) })
    }

    /// Takes as long whatever the answer, and blocks for that time.
    public func matches(_ password: Password) throws -> Bool {
        let derived = try Self.derive(password, salt, rounds)
        return zip(derived, hash).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func derive(
        _ password: Password, _ salt: Data, _ rounds: UInt32
    ) throws -> Data {
        let key = try KDF.Scrypt.deriveKey(
            from: password.bytes, salt: salt, outputByteCount: hashBytes, rounds: Int(rounds),
            blockSize: blockSize, parallelism: 1)
        return key.withUnsafeBytes { Data($0) }
    }
}
