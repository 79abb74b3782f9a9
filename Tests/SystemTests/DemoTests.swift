import Foundation
import Glibc
import LinuxIO
import Testing

/// `make run`: scans of both demo scanners reach the hub, and Ctrl-C leaves nothing behind.
@Suite struct DemoTests {
    static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../scripts/demo").standardized.path(percentEncoded: false)
    static let terminal = "/usr/bin/script"

    @Test(
        .enabled(if: access(terminal, X_OK) == 0, "a terminal needs script(1)"),
        .timeLimit(.minutes(1)))
    func ctrlCEndsItWholly() throws {
        let folder = try Folder()
        let demo = try Demo(in: folder)
        try demo.waitForLine(with: "operator's page", "http://127.0.0.1:")
        try demo.waitForLine(with: "demo-serial", "4006381333931")
        try demo.waitForLine(with: "demo-replay-1", "5012345678900")
        #expect(!folder.isEmpty)

        try demo.pressControlC()
        _ = try demo.child.waitForEnd(patience: .seconds(20))
        #expect(folder.isEmpty)
        #expect(folder.processes == [])
    }

    /// The demo on a terminal of its own, with a recording that begins at once.
    private final class Demo {
        let child: ChildProcess
        private var output = ""

        init(in folder: Folder) throws {
            let command = "'\(DemoTests.script)' --demo-folder '\(folder.recordings)'"
            child = try ChildProcess([
                "/usr/bin/env", "TMPDIR=\(folder.temporary)",
                "SCANSTATION_BINARIES=\(Programs.folder.path(percentEncoded: false))",
                DemoTests.terminal, "-qefc", command, "/dev/null",
            ])
        }

        func waitForLine(with parts: String...) throws {
            let deadline = SystemTime.monotonic + .seconds(30)
            while !output.split(whereSeparator: \.isNewline).contains(where: { line in
                parts.allSatisfy { line.contains($0) }
            }) {
                let left = deadline - SystemTime.monotonic
                guard left > .zero,
                    try Poll.wait(readable: [child.output], timeout: left).readable[0],
                    case .bytes(let bytes) = try child.output.read(limit: 1 << 16)
                else { throw Unexpected("no line with \(parts); there is: \(output)") }
                output += String(decoding: bytes, as: UTF8.self)
            }
        }

        /// As a key, which the terminal turns into SIGINT for all that run there.
        func pressControlC() throws {
            try child.input?.writeAll([0x03])
        }
    }

    private final class Folder {
        private let path: String

        init() throws {
            path = FileManager.default.temporaryDirectory.appending(
                path: "demo-\(UUID().uuidString.prefix(8))"
            )
            .path(percentEncoded: false)
            for folder in [temporary, recordings] {
                try FileManager.default.createDirectory(
                    atPath: folder, withIntermediateDirectories: true)
            }
            let recording = "wait 1s\nkeys 5 0 1 2 3 4 5 6 7 8 9 0 0 enter\nwait 2s\n"
            try Data(recording.utf8).write(to: URL(filePath: "\(recordings)/quick.recording"))
        }

        deinit {
            try? FileManager.default.removeItem(atPath: path)  // Only a temporary folder.
        }

        var temporary: String { "\(path)/tmp" }
        var recordings: String { "\(path)/recordings" }

        var isEmpty: Bool {
            // A folder that can't be read is not empty for all we know.
            (try? FileManager.default.contentsOfDirectory(atPath: temporary))?.isEmpty ?? false
        }

        /// The programs that were told of this folder and still run.
        var processes: [String] {
            let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
            return numbers.filter { Int($0) != nil }.compactMap { number in
                // Processes come and go meanwhile.
                guard let data = FileManager.default.contents(atPath: "/proc/\(number)/cmdline")
                else { return nil }
                let command = String(decoding: data, as: UTF8.self)
                return command.contains(path) ? command : nil
            }
        }
    }
}
