import DriverKit
import LinuxIO
import Scans
import ServiceLifecycle

/// Scanners that are not there: one on a pseudo terminal, and recordings from a folder.
public struct Demo: Sendable {
    /// The program's own scanner: a day's work at a dock, told again and again.
    private static let story = [
        "%SS:MODE:RECEIVE", "LOC-DOCK-1", "4006381333931", "4006381333931", "5901234123457",
        "%SS:QTY:12", "9780201379624", "SN-000417", "%SS:BATCH:CLOSE", "%SS:MODE:COUNT",
        "LOC-A1", "4006381333931", "5901234123457", "5901234123457", "%SS:UNDO",
        "%SS:BATCH:CLOSE", "%SS:MODE:MOVE", "4006381333931", "LOC-B2",
    ]
    /// Beside a recording that decides on modes and places: goods alone.
    private static let goods = ["4006381333931", "5901234123457", "9780201379624"]
    private static let pause = Duration.seconds(1)
    /// Between goods, so that a recording's words stay together more often than not.
    private static let goodsPause = Duration.seconds(5)

    /// Recordings to be replayed as well; none is all right.
    private let recordings: [String]

    public init(recordings: [String]) {
        self.recordings = recordings
    }

    func devices(serial path: String) -> [ConfiguredDevice] {
        let serial = ConfiguredDevice(
            name: "demo-serial", driver: "serial", location: .path(path),
            options: ["framing": .text("cr")])
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
        recordings.isEmpty
            ? Player(terminal: terminal, lines: Self.story, pause: Self.pause)
            : Player(terminal: terminal, lines: Self.goods, pause: Self.goodsPause)
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
                }
            }
            try? await gracefulShutdown()  // The others end in their order.
        }
    }
}
