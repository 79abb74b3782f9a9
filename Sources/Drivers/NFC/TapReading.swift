import TagSecurity

/// What came of one tap.
enum TapReading: Equatable {
    case content(TagContent)
    /// A tag that has proved that it knows its key.
    case provenBadge
    /// It is there, and does not answer wholly.
    case unreadable

    init(of tag: Tag, by reader: any NFCReader, badges: NFCOptions.BadgeRule) throws(ReaderFault) {
        if case .dna(let master) = badges, tag.speaksISO, !tag.hasRandomUID,
            try BadgeProof(reader: reader, uid: tag.uid, master: master).holds()
        {
            self = .provenBadge
        } else {
            self = .content(try TagReading(reader: reader, tag: tag).content())
        }
    }
}

extension Tag {
    fileprivate var speaksISO: Bool {
        if case .a(let sak) = technology { sak & 0x20 != 0 } else { false }
    }
}

/// The challenge to a badge (NXP AN12196, section 6.6).
struct BadgeProof {
    /// Of NTAG 424 DNA: the name of its application, and which key opens it to badges.
    private static let application: [UInt8] = [0xD2, 0x76, 0x00, 0x00, 0x85, 0x01, 0x01]
    private static let keyNumber: UInt8 = 0x00
    /// What a badge's own key is made of, beside its number and the master key.
    static let purpose: (application: [UInt8], system: [UInt8]) = (
        [0x53, 0x53, 0x42], Array("ScanStation".utf8)
    )

    let reader: any NFCReader
    let uid: [UInt8]
    let master: AESKey

    static func key(of uid: [UInt8], master: AESKey) -> AESKey {
        master.diversified(uid: uid, application: purpose.application, system: purpose.system)
    }

    /// false: it is no badge of ours. A badge that was torn away throws.
    func holds() throws(ReaderFault) -> Bool {
        let select = [0x00, 0xA4, 0x04, 0x0C, UInt8(Self.application.count)] + Self.application
        guard try reader.perform(.apdu(select + [0x00])).suffix(2) == [0x90, 0x00] else {
            return false
        }
        let challenge = try reader.perform(
            .apdu([0x90, 0x71, 0x00, 0x00, 0x02, Self.keyNumber, 0x00, 0x00]))
        guard challenge.suffix(2) == [0x91, 0xAF] else { return false }
        var authentication = EV2Authentication(
            key: Self.key(of: uid, master: master), random: Self.random())
        guard let answer = try? authentication.answer(to: challenge.dropLast(2)) else {
            return false  // A challenge of another length is none.
        }
        let proof = try reader.perform(.apdu([0x90, 0xAF, 0x00, 0x00, 0x20] + answer + [0x00]))
        guard proof.suffix(2) == [0x91, 0x00] else { return false }
        // What it throws means the same: this badge does not know the key.
        return (try? authentication.session(from: proof.dropLast(2))) != nil
    }

    private static func random() -> [UInt8] {
        (0..<16).map { _ in UInt8.random(in: 0...255) }
    }
}
