import Glibc

/// Who sits at the shell: kept with what they decide.
public enum ShellUser {
    /// The person behind sudo, if it was used.
    public static var name: String {
        for variable in ["SUDO_USER", "USER", "LOGNAME"] {
            if let value = getenv(variable), value.pointee != 0 { return String(cString: value) }
        }
        return "uid \(getuid())"
    }
}
