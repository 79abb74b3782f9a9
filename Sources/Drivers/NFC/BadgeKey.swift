import TagSecurity

/// For whoever makes badges.
public enum BadgeKey {
    /// The key of one badge. Throws where the master key can't be read.
    public static func hexadecimal(uid: [UInt8], masterFile: String) throws -> String {
        let master = try NFCOptions.key(in: masterFile)
        return BadgeProof.key(of: uid, master: master).hexadecimal
    }
}
