import ArgumentParser
import BarcodeReading
import Camera
import CommandKit
import DriverKit
import Glibc
import LinuxIO

@main
struct CameraProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanstation-driver-camera",
        abstract: "The camera driver of scanstationd, in a process of its own.",
        version: ProgramVersion.text,
        subcommands: [Serve.self, DecodeCommand.self, ReadForOthers.self],
        defaultSubcommand: Serve.self)

    /// Talks to the daemon until it ends.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "camera", abstract: "Serves the daemon over standard input and output.")

        func run() throws {
            let kind = CameraDriver.kind(zxingProgram: CameraProgram.zxing)
            if case .failed = try DriverHost.run(kind) {
                throw ExitCode(ExitStatus.failed.rawValue)
            }
        }
    }

    /// The process in which ZXing runs, for whoever starts this program by its name.
    struct ReadForOthers: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "zxing", abstract: "Serves the other commands.", shouldDisplay: false)

        func run() throws {
            try ZXingServer.run()
        }
    }

    /// This program again, as the process for ZXing: a picture may end it.
    static let zxing = ["/proc/self/exe", "zxing"]

    static func main() {
        guard isForZXing else { return runToEndAlone() }
        do {
            try ZXingServer.run()
        } catch {
            // Its words go nowhere; whoever started it starts it again.
            Glibc.exit(ExitStatus.failed.rawValue)
        }
    }

    /// By the path that started it: a process that a confined one starts can't ask for its words.
    private static var isForZXing: Bool { ProgramStart.path == zxing.first }
}
