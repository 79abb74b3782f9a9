/// Takes out of a text what nobody else should read: what was scanned, keys, tokens.
public struct Redaction: Sendable {
    static let secret = "[redacted]"
    static let scanned = "[scanned]"
    /// Shorter texts stand in too many words.
    static let scannedLeast = 4

    private static let secretWords = [
        "key", "secret", "token", "password", "passphrase", "code", "pin", "user",
    ]

    private let scans: [String]

    /// `scans`: what was read lately, as it may stand in a sentence.
    public init(scans: some Sequence<String>) {
        // The longest first, so that no rest of one stays behind.
        self.scans = Set(scans).filter { $0.count >= Self.scannedLeast }
            .sorted { ($1.count, $0) < ($0.count, $1) }
    }

    public func apply(to text: String) -> String {
        let plain = scans.reduce(text) { $0.replacing($1, with: Self.scanned) }
        return plain.replacing(/sha256\/\/[A-Za-z0-9+\/=]+/, with: Self.secret)
            .replacing(/[A-Za-z0-9+\/_-]{40,}={0,2}|[0-9a-fA-F]{32,}/, with: Self.secret)
            .replacing(/(https?:\/\/)[^\/@\s"]+@/) { "\($0.1)\(Self.secret)@" }
            .replacing(/([?&#](?:code|pin|token)=)[^&\s"]+/) { "\($0.1)\(Self.secret)" }
    }

    /// Of TOML: the values of keys that sound like secrets go as well, comments stay.
    public func apply(toConfiguration text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let match = line.prefixMatch(of: /\s*([A-Za-z0-9_.-]+)\s*=\s*/),
                Self.secretWords.contains(where: { match.1.lowercased().contains($0) })
            else { return String(line) }
            return "\(match.0)\"\(Self.secret)\""
        }
        return apply(to: lines.joined(separator: "\n"))
    }
}
