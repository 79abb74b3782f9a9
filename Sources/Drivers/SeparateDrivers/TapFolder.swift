import Glibc

/// Where an NFC driver keeps what lies on its reader: a folder of its own, for the one around it holds
/// what is none of its business. A restart of the machine empties it.
public enum TapFolder {
    private static let name = "scanstation-taps"

    /// nil: there is no place that a restart empties.
    public static var path: String? {
        for variable in ["RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR"] {
            // Of several folders the first is the service's own.
            guard let value = getenv(variable).map({ String(cString: $0) }), value.hasPrefix("/")
            else { continue }
            return value.split(separator: ":").first.map { "\($0)/\(name)" }
        }
        return nil
    }

    /// The same, and it is there. nil: it can't be made.
    static var made: String? {
        guard let path, mkdir(path, 0o700) == 0 || errno == EEXIST else { return nil }
        return path
    }
}
