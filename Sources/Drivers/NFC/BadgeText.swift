import TagSecurity

/// A badge as the text of a capture.
enum BadgeText {
    static let prefix = "%SS:BADGE:"

    static func text(for uid: [UInt8]) -> String { prefix + uid.hexadecimal }
}

/// For whoever makes badges.
public enum BadgeKey {
    /// The key of one badge. Throws where the master key can't be read.
    public static func hexadecimal(uid: [UInt8], masterFile: String) throws -> String {
        let master = try NFCOptions.key(in: masterFile)
        return BadgeProof.key(of: uid, master: master).hexadecimal
    }
}
