import Glibc

/// The folder in which everything of a station lives.
enum StateDirectory {
    /// The owner's, and to be read by the group.
    private static let mode: mode_t = 0o750

    /// Makes the folder and those above it, as far as they are missing.
    static func make(_ path: String) throws(StationFailure) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, mode) != 0, errno != EEXIST else { continue }
            let number = errno
            // On the way there may be folders that can be passed and not be written to.
            guard access(made, F_OK) != 0 else { continue }
            throw .stateDirectory(path, errno: number)
        }
        guard access(path, R_OK | W_OK | X_OK) == 0 else {
            throw .stateDirectory(path, errno: errno)
        }
    }
}
