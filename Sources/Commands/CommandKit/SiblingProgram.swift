import Glibc

/// A program of this project that stands beside the running one.
public struct SiblingProgram {
    public let name: String

    public init(_ name: String) {
        self.name = name
    }

    /// Where it would be.
    public var path: String { Self.folder() + "/" + name }

    /// Becomes that program. Returns only by throwing: it is not installed, or can't be started.
    public func replaceThisProcess(_ arguments: [String]) throws(CommandFailure) -> Never {
        let path = path
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) }
        words.append(nil)
        execv(path, words)
        let reason = String(cString: strerror(errno))
        for word in words { free(word) }
        throw CommandFailure(
            code: "program-missing",
            message: "'\(name)' can't be started (\(reason)). It comes with the package of its "
                + "driver: install that.")
    }

    private static func folder() -> String {
        guard let program = realpath("/proc/self/exe", nil) else { return "." }
        defer { free(program) }
        let path = String(cString: program)
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
