import Foundation
import LinuxIO
import ScanTesting
import Testing

@Suite struct ChildProcessTests {
    @Test func isFoundInPathAndReadsAndWrites() throws {
        let child = try ChildProcess(["cat"])
        try child.input?.writeAll(Array("4006381333931\n".utf8))
        child.closeInput()
        #expect(child.input == nil)
        #expect(try text(of: child) == "4006381333931\n")
        #expect(try child.waitForEnd(patience: .seconds(10)) == .exited(status: 0))
    }

    static let endings: [(script: String, ending: ChildProcess.Ending)] = [
        ("exit 0", .exited(status: 0)), ("exit 255", .exited(status: 255)),
        ("kill -TERM $$", .killed(signal: 15)), ("kill -KILL $$", .killed(signal: 9)),
    ]

    @Test(arguments: endings)
    func tellsHowItEnded(script: String, ending: ChildProcess.Ending) throws {
        let child = try ChildProcess(["/bin/sh", "-c", script])
        #expect(try child.waitForEnd(patience: .seconds(10)) == ending)
        #expect(try child.waitForEnd(patience: .zero) == ending)
        #expect(child.kill() == ending)
    }

    @Test func waitingHasAnEnd() throws {
        let child = try ChildProcess(["sleep", "600"])
        #expect(try child.waitForEnd(patience: .milliseconds(10)) == nil)
        #expect(child.kill() == .killed(signal: 9))
        #expect(child.kill() == .killed(signal: 9))
    }

    @Test func killLeavesNoZombie() throws {
        let child = try ChildProcess(["sleep", "600"])
        #expect(isInProcessTable(child.processID))
        child.kill()
        #expect(!isInProcessTable(child.processID))
    }

    @Test func lettingGoKillsAndReaps() throws {
        var child: ChildProcess? = try ChildProcess(["sleep", "600"])
        let process = try #require(child?.processID)
        child = nil
        #expect(!isInProcessTable(process))
    }

    @Test func killsWhatHearsNoSignal() throws {
        let child = try ChildProcess([
            "/bin/sh", "-c", "trap '' TERM INT HUP; echo ready; sleep 600",
        ])
        #expect(
            eventually { (try? child.output.read(limit: 100)) == .bytes(Array("ready\n".utf8)) })
        #expect(child.kill() == .killed(signal: 9))
    }

    @Test func aMissingProgramIsAnError() {
        #expect(throws: LinuxError.failed("start", on: "no-such-program", number: 2)) {
            try ChildProcess(["no-such-program"])
        }
        #expect(throws: LinuxError.self) { try ChildProcess([]) }
    }

    @Test func writingToOneThatHasGoneIsAnErrorToo() throws {
        let child = try ChildProcess(["true"])
        #expect(try child.waitForEnd(patience: .seconds(10)) == .exited(status: 0))
        #expect(throws: LinuxError.self) { try child.input?.writeAll([1, 2, 3]) }
    }

    @Test func aChildThatDoesNotReadBlocksNobodyForEver() throws {
        let child = try ChildProcess(["sleep", "600"])
        let much = [UInt8](repeating: 0, count: 1 << 20)
        #expect(throws: LinuxError.self) {
            try child.input?.writeAll(much, patience: .milliseconds(50))
        }
    }

    @Test func inheritsNothing() throws {
        let folder = try TemporaryFolder()
        let secret = try FileDescriptor(
            opening: folder.write("secret", to: "secret"), 0)
        let child = try ChildProcess(["ls", "-l", "/proc/self/fd"])
        let listing = try text(of: child)
        #expect(!listing.contains(secret.path))
        #expect(listing.contains("pipe:"))
    }

    private func text(of child: ChildProcess) throws -> String {
        var bytes: [UInt8] = []
        let hasEnded = try eventually {
            switch try child.output.read(limit: 4096) {
            case .bytes(let more): bytes += more
            case .wouldBlock: break
            case .end: return true
            }
            return false
        }
        #expect(hasEnded)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func isInProcessTable(_ process: Int32) -> Bool {
        FileManager.default.fileExists(atPath: "/proc/\(process)")
    }
}
