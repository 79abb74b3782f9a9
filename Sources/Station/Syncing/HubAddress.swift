/// What the address of a hub says about the way to it.
public enum HubAddress {
    /// What a person should know before goods are told of over this address; nil: nothing.
    public static func warning(_ url: String) -> String? {
        let parts = url.lowercased().split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count > 1, parts[0] == "http:" else { return nil }
        guard !["localhost", "127.", "[::1]"].contains(where: { parts[1].hasPrefix($0) }) else {
            return nil
        }
        return "\(url) is plain HTTP: whoever is on the way reads what is scanned. Use https."
    }
}
