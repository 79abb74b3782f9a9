import DriverKit
import LinuxIO
import Scans
import ServiceLifecycle

/// Scanners that are not there: one on a pseudo terminal, and recordings from a folder.
public struct Demo: Sendable {
    /// The program's own scanner: a delivery at the dock, a count of a shelf, a move, and one
    /// label that was misread.
    private static let story = [
        "%SS:MODE:RECEIVE", "LOC-DOCK-1", "4006381333931", "4006381333931", "%SS:QTY:12",
        "9780201379624", "SN-000417", "%SS:MODE:COUNT", "LOC-A1", "5901234123457",
        "5901234123457", "5901234123457", "%SS:UNDO", "%SS:BATCH:CLOSE", "%SS:MODE:MOVE",
        "LOC-DOCK-1", "4006381333931", "LOC-B2", "]E04006381333932",
    ]
    /// The story comes round every 64 s, as the recording does that takes its turn meanwhile.
    private static let silence = Duration.milliseconds(35_500)
    private static let pause = Duration.milliseconds(1500)

    /// Recordings to be replayed as well; none is all right.
    private let recordings: [String]
    /// Plays a reader of tags, where it is installed.
    private let tagProgram: String

    public init(recordings: [String], tagProgram: String) {
        self.recordings = recordings
        self.tagProgram = tagProgram
    }

    /// nil: the NFC driver is not installed.
    func tags(in folder: String) -> DemoTags? { DemoTags(program: tagProgram, folder: folder) }

    func devices(serial path: String) -> [ConfiguredDevice] {
        let serial = ConfiguredDevice(
            name: "demo-serial", driver: "serial", location: .path(path),
            options: ["ending": .text("cr")])
        let replayed = recordings.enumerated().map { index, recording in
            ConfiguredDevice(
                name: DeviceName(rawValue: "demo-replay-\(index + 1)"), driver: "replay",
                location: .path(recording),
                options: ["repeat": .boolean(true)])
        }
        return [serial] + replayed
    }

    /// Plays the story into the terminal's end until the daemon ends.
    func player(_ terminal: PseudoTerminal) -> some Service {
        Player(terminal: terminal, lines: Self.story, pause: Self.pause)
    }

    private struct Player: Service, CustomStringConvertible {
        let terminal: PseudoTerminal
        let lines: [String]
        let pause: Duration

        var description: String { "demo" }

        func run() async throws {
            try terminal.controller.setNonBlocking()
            // Being asked to end is how this ends.
            try? await cancelWhenGracefulShutdown {
                while true {
                    for line in lines {
                        try await Task.sleep(for: pause)
                        // Nobody reads it yet, or its answers were not taken: the story goes on.
                        _ = try? terminal.controller.read(limit: 4096)
                        try? terminal.controller.writeAll(Array("\(line)\r".utf8))
                    }
                    try await Task.sleep(for: Demo.silence)
                }
            }
            try? await gracefulShutdown()  // The others end in their order.
        }
    }
}
