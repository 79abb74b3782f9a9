import ArgumentParser
import CommandKit
import DriverKit
import Glibc
import NFC

@main
struct NFCProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstation-driver-nfc",
        abstract: "The nfc driver of scanstationd, in a process of its own.",
        version: ProgramVersion.text,
        subcommands: [
            Serve.self, ReadCommand.self, WriteCommand.self, WatchCommand.self,
            BadgeKeyCommand.self, EmulateCommand.self, EmulateCardCommand.self,
        ], defaultSubcommand: Serve.self)

    /// Talks to the daemon until it ends.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "nfc")

        func run() throws {
            if case .failed = try DriverHost.run(NFCDriver.kind) { throw ExitCode.failure }
        }
    }

    static func main() {
        fillStandardStreams()
        runToEndAlone(explaining: Self.explain)
    }

    /// A reader that became descriptor 0 would be taken by libnfc for a pipe of its own.
    private static func fillStandardStreams() {
        var descriptor = open("/dev/null", O_RDWR)
        while (0...2).contains(descriptor) { descriptor = open("/dev/null", O_RDWR) }
        close(descriptor)
    }

    private static func explain(_ error: any Error) -> CommandFailure? {
        switch error {
        case let fault as DriverFault:
            CommandFailure(
                status: ExitStatus(fault.code), code: fault.code.rawValue,
                message: "\(fault.message). \(fault.fix)")
        case let failure as WritingFailure:
            CommandFailure(code: failure.code.rawValue, message: failure.message)
        default: nil
        }
    }
}

extension ExitStatus {
    fileprivate init(_ code: DriverFault.Code) {
        switch code {
        case .missing, .unplugged: self = .noDevice
        case .noPermission: self = .noPermission
        case .badOption: self = .usage
        default: self = .failed
        }
    }
}
