import Glibc

extension FileDescriptor {
    /// Carries what writers put into it, and ends when the last of them goes.
    public var isFIFO: Bool {
        var status = stat()
        return fstat(rawValue, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    }
}
