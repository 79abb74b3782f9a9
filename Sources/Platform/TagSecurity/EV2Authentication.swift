/// Both sides prove that they know a key, and nobody who listens learns it
/// (NXP AN12196, section 6.6: AuthenticateEV2First of NTAG 424 DNA).
///
/// Pure. The reader's random number comes as an argument and is to be new each time.
public struct EV2Authentication: Sendable {
    /// What both sides share afterwards.
    public struct Session: Sendable, Equatable {
        public let encryptionKey: AESKey
        public let codeKey: AESKey
        /// The tag's name for this session, four bytes.
        public let transaction: [UInt8]
    }

    public enum Failure: Error, Equatable {
        /// An answer of the wrong length.
        case malformed
        /// The tag does not know the key.
        case wrongKey
    }

    private let key: AESKey
    private let readerRandom: [UInt8]
    private var tagRandom: [UInt8] = []

    /// `random`: sixteen bytes.
    public init(key: AESKey, random: [UInt8]) {
        precondition(random.count == 16, "bug: a challenge of another length")
        self.key = key
        readerRandom = random
    }

    /// The reader's answer to the tag's challenge, 32 bytes.
    public mutating func answer(to challenge: [UInt8]) throws(Failure) -> [UInt8] {
        guard challenge.count == 16, let random = key.decrypt(challenge),
            let answer = key.encrypt(readerRandom + random.rotated)
        else { throw .malformed }
        tagRandom = random
        return answer
    }

    /// Whether the tag knew the key, and what follows from it.
    public func session(from proof: [UInt8]) throws(Failure) -> Session {
        guard proof.count == 32, tagRandom.count == 16, let plain = key.decrypt(proof) else {
            throw .malformed
        }
        guard Array(plain[4..<20]).isSame(as: readerRandom.rotated) else { throw .wrongKey }
        return Self.session(
            key: key, readerRandom: readerRandom, tagRandom: tagRandom,
            transaction: Array(plain[0..<4]))
    }

    /// Section 6.6, table 15: the session vectors of both keys.
    static func session(
        key: AESKey, readerRandom: [UInt8], tagRandom: [UInt8], transaction: [UInt8]
    ) -> Session {
        let mixed = (2..<8).map { readerRandom[$0] ^ tagRandom[$0 - 2] }
        let tail = readerRandom[0..<2] + mixed + tagRandom[6...] + readerRandom[8...]
        guard let encryption = AESKey(key.code(for: [0xA5, 0x5A, 0x00, 0x01, 0x00, 0x80] + tail)),
            let code = AESKey(key.code(for: [0x5A, 0xA5, 0x00, 0x01, 0x00, 0x80] + tail))
        else { preconditionFailure("bug: an authentication code has another length") }
        return Session(encryptionKey: encryption, codeKey: code, transaction: transaction)
    }
}

/// The tag's side, for emulated badges.
public struct EV2Tag: Sendable {
    private let key: AESKey
    private var random: [UInt8] = []

    public init(key: AESKey) {
        self.key = key
    }

    /// `random`: sixteen bytes, new each time.
    public mutating func challenge(random: [UInt8]) -> [UInt8] {
        self.random = random
        return key.encrypt(random) ?? []
    }

    /// nil: the reader does not know the key.
    public mutating func proof(for answer: [UInt8], transaction: [UInt8]) -> [UInt8]? {
        defer { random = [] }
        guard answer.count == 32, random.count == 16, let plain = key.decrypt(answer),
            Array(plain[16...]).isSame(as: random.rotated)
        else { return nil }
        let capabilities = [UInt8](repeating: 0, count: 12)
        return key.encrypt(transaction + Array(plain[..<16]).rotated + capabilities)
    }
}
