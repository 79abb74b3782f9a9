/// What a browser sends back of what it was told to keep: RFC 6265, section 4.2.
public enum CookieField {
    /// The value of one cookie; nil: it is not there.
    public static func value(_ name: String, in field: String) -> String? {
        for pair in field.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].drop(while: { $0 == " " }) == name else { continue }
            return String(parts[1])
        }
        return nil
    }
}
