import CLinux
import Glibc

extension FileDescriptor {
    /// Writes what fits now and answers how many bytes that were. Copies nothing.
    public func write(memory: UnsafeRawBufferPointer) throws(LinuxError) -> Int {
        let count = retrying { Glibc.write(rawValue, memory.baseAddress, memory.count) }
        if count >= 0 { return count }
        if errno == EAGAIN { return 0 }
        throw .last("write", on: path)
    }

    /// Reads once, what fits; nil at the end.
    public func read(into memory: UnsafeMutableRawBufferPointer) throws(LinuxError) -> Int? {
        let count = retrying { Glibc.read(rawValue, memory.baseAddress, memory.count) }
        if count > 0 { return count }
        if count == 0 { return nil }
        if errno == EAGAIN { return 0 }
        throw .last("read", on: path)
    }

    /// Lets a pipe hold so many bytes; a system that forbids it keeps what it has.
    public func widenPipe(toBytes bytes: Int32) {
        _ = clinux_widen_pipe(rawValue, bytes)
    }
}
