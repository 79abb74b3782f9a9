import CLinux
import Glibc

/// The input and output that this process was started with, kept from everybody else in it.
///
/// A library that prints to standard output prints to standard error from now on, so that it
/// cannot break into what we say.
public struct StandardStreams: Sendable {
    public let input: FileDescriptor
    public let output: FileDescriptor

    public static func takeOver() throws(LinuxError) -> StandardStreams {
        let input = try duplicate(STDIN_FILENO, "standard input")
        let output = try duplicate(STDOUT_FILENO, "standard output")
        let nothing = try FileDescriptor(opening: "/dev/null", O_RDONLY)
        try replace(STDIN_FILENO, by: nothing.rawValue, "standard input")
        try replace(STDOUT_FILENO, by: STDERR_FILENO, "standard output")
        return StandardStreams(input: input, output: output)
    }

    private static func duplicate(
        _ number: Int32, _ name: String
    ) throws(LinuxError) -> FileDescriptor {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 3)
        guard copy >= 0 else { throw .last("duplicate", on: name) }
        return FileDescriptor(owning: copy, path: name)
    }

    private static func replace(
        _ number: Int32, by other: Int32, _ name: String
    ) throws(LinuxError) {
        guard retrying({ dup2(other, number) }) >= 0 else { throw .last("replace", on: name) }
    }
}
