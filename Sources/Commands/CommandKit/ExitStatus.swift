/// What the shell, or the service manager, is told. 0 is all well.
public enum ExitStatus: Int32, Sendable {
    case failed = 1
    /// Wrong usage, or a wrong configuration: trying again does not help.
    case usage = 2
    case notRunning = 3
    case noPermission = 4
    case noDevice = 5
    /// Offline, or something is not sent yet.
    case unsent = 6
    /// It works, and somebody should look at something.
    case warned = 7
    /// To be started again.
    case newLife = 75
}

/// Something a program could not do, in words for a person and a code for programs.
public struct CommandFailure: Error, Sendable {
    public var status: ExitStatus
    /// From docs/errors.md; nil where the message has it.
    public var code: String?
    public var message: String

    public init(status: ExitStatus = .failed, code: String? = nil, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }
}
