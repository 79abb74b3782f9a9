public import TagSecurity

/// What an NTAG 424 DNA does beyond files: proves that it knows a key, and writes a new message into
/// its URI at each reading (NXP AN12196).
public struct EmulatedDNA: EmulatedApplication {
    private let uid: [UInt8]
    private let key: AESKey
    /// What stands before `?e=` in the URI; empty: the file stays as it is.
    private let base: String
    private var authentication: EV2Tag
    private(set) var counter: UInt32 = 0
    private var random: SystemRandomNumberGenerator = .init()

    /// One key is all of its keys.
    public init(uid: [UInt8], key: AESKey, base: String = "") {
        self.uid = uid
        self.key = key
        self.base = base
        authentication = EV2Tag(key: key)
    }

    public mutating func reset() {
        authentication = EV2Tag(key: key)
    }

    public mutating func execute(
        _ command: [UInt8], files: inout [UInt16: [UInt8]], selected: UInt16?
    ) -> [UInt8]? {
        switch (command[0], command[1]) {
        case (0x90, 0x71): return authentication.challenge(random: randomBytes(16)) + [0x91, 0xAF]
        case (0x90, 0xAF):
            let answer = Array(EmulatedType4.value(of: command) ?? [])
            let proof = authentication.proof(for: answer, transaction: randomBytes(4))
            return proof.map { $0 + [0x91, 0x00] } ?? [0x91, 0xAE]
        case (0x00, 0xB0) where selected == 0xE104 && command[2] == 0 && command[3] == 0:
            mirror(in: &files)
            return nil
        default: return nil
        }
    }

    /// Counts the reading, and says so in the URI.
    private mutating func mirror(in files: inout [UInt16: [UInt8]]) {
        guard !base.isEmpty, let size = files[0xE104]?.count else { return }
        counter += 1
        let count = [
            UInt8(counter & 0xFF), UInt8(counter >> 8 & 0xFF), UInt8(counter >> 16 & 0xFF),
        ]
        let sealed = key.encrypt([0xC7] + uid + count + randomBytes(5)) ?? []
        let code = SUNMessage.code(uid: uid, counter: count, key: key)
        let uri = "\(base)?e=\(sealed.hexadecimal)&c=\(code.hexadecimal)"
        let payload = [0x00] + Array(uri.utf8)
        let message = [0xD1, 0x01, UInt8(payload.count), 0x55] + payload
        files[0xE104] = EmulatedType4.file(message, size)
    }

    private mutating func randomBytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
}
