import CLinux
import Glibc
import Synchronization

/// Another program, its input and output in our hands. Letting go of it kills and reaps it.
public final class ChildProcess: Sendable {
    public enum Ending: Sendable, Equatable, CustomStringConvertible {
        case exited(status: Int32)
        case killed(signal: Int32)

        public var description: String {
            switch self {
            case .exited(let status): "exit status \(status)"
            case .killed(let signal): "signal \(signal)"
            }
        }
    }

    public let processID: Int32
    /// What we write, it reads. Non-blocking. nil once closed.
    public var input: FileDescriptor? { writer.withLock { $0 } }
    /// What it writes, we read. Non-blocking.
    public let output: FileDescriptor
    private let writer: Mutex<FileDescriptor?>
    private let exitSignal: FileDescriptor
    private let ending = Mutex<Ending?>(nil)

    /// Starts `command`, whose first word is a path or found in PATH. Errors go where ours go.
    public init(_ command: [String]) throws(LinuxError) {
        let name = command.first ?? "nothing"
        BrokenPipes.ignore()
        let (childInput, input) = try Self.pipe(name)
        let (output, childOutput) = try Self.pipe(name)
        try input.setNonBlocking()
        try output.setNonBlocking()

        processID = try Self.spawn(command, input: childInput, output: childOutput)
        self.output = output
        writer = Mutex(input)
        exitSignal = try Self.watch(processID, name)
    }

    deinit {
        kill()
    }

    /// The program reads the end of its input.
    public func closeInput() {
        writer.withLock { $0 = nil }
    }

    /// Ends it at once, whatever it is doing, and leaves no zombie.
    @discardableResult
    public func kill() -> Ending {
        ending.withLock { ending in
            if let ending { return ending }
            let result = reap()
            ending = result
            return result
        }
    }

    /// Waits for its end, not longer than `patience`. nil: it still runs.
    public func waitForEnd(patience: Duration) throws(LinuxError) -> Ending? {
        if let known = ending.withLock({ $0 }) { return known }
        let ready = try Poll.wait(readable: [exitSignal], timeout: patience)
        guard ready.readable[0] else { return nil }
        return ending.withLock { ending in
            if let ending { return ending }
            let result = reap()
            ending = result
            return result
        }
    }

    /// Takes what it started along: until it is reaped, its process group cannot be another's.
    private func reap() -> Ending {
        Glibc.kill(-processID, SIGKILL)
        var status: Int32 = 0
        _ = retrying { waitpid(processID, &status, 0) }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status: (status >> 8) & 0xFF) : .killed(signal: signal)
    }

    /// A child that cannot be watched is not left running.
    private static func watch(_ process: Int32, _ name: String) throws(LinuxError) -> FileDescriptor
    {
        let number = clinux_pidfd_open(process)
        if number >= 0 { return FileDescriptor(owning: number, path: name) }
        let failure = LinuxError.last("watch", on: name)
        Glibc.kill(-process, SIGKILL)
        _ = retrying { waitpid(process, nil, 0) }
        throw failure
    }

    private static func pipe(
        _ name: String
    ) throws(LinuxError) -> (reading: FileDescriptor, writing: FileDescriptor) {
        var ends: [Int32] = [0, 0]
        guard clinux_pipe(&ends) == 0 else { throw .last("make pipe to", on: name) }
        return (
            FileDescriptor(owning: ends[0], path: name), FileDescriptor(owning: ends[1], path: name)
        )
    }

    private static func spawn(
        _ command: [String], input: FileDescriptor, output: FileDescriptor
    ) throws(LinuxError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.rawValue, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output.rawValue, STDOUT_FILENO)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setSignals(&attributes)

        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var process: pid_t = 0
        let number = posix_spawnp(
            &process, command.first ?? "", &actions, &attributes, &arguments, environ)
        guard number == 0 else {
            throw .failed("start", on: command.first ?? "nothing", number: number)
        }
        return process
    }

    /// Our threads block signals and ignore broken pipes: no business of the child's. A process
    /// group of its own keeps the terminal's Ctrl+C from it, so that we can stop it in order.
    private static func setSignals(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        var defaults = sigset_t()
        sigemptyset(&defaults)
        sigaddset(&defaults, SIGPIPE)
        posix_spawnattr_setsigdefault(&attributes, &defaults)
        posix_spawnattr_setpgroup(&attributes, 0)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }
}
