import Foundation
import LinuxIO
import Simulating

/// This program several times side by side, each with its part of the seeds and on a processor of
/// its own.
struct Crew {
    private let members: [Member]
    private let stopsAtFirst: Bool

    init(count: Int, stopsAtFirst: Bool) throws {
        members = try (0..<count).map { try Member($0, of: count) }
        self.stopsAtFirst = stopsAtFirst
    }

    /// What went wrong in any of them; what they reached goes into `coverage`.
    func run(into coverage: Coverage) throws -> [String] {
        defer { members.forEach { $0.process.kill() } }
        var wrongs: [String] = []
        var working = members
        while !working.isEmpty, !stopsAtFirst || wrongs.isEmpty {
            let ready = try Poll.wait(
                readable: working.map(\.process.output), timeout: .seconds(3600)
            ).readable
            for (member, isReady) in zip(working, ready) where isReady {
                wrongs += try member.report(into: coverage)
            }
            working.removeAll { $0.hasEnded }
        }
        return wrongs
    }
}

/// One of them.
private final class Member {
    let process: ChildProcess
    private(set) var hasEnded = false
    private var received: [UInt8] = []

    /// One seed keeps one processor busy, and its threads wake each other all the time: that is
    /// cheaper when they stay together.
    init(_ number: Int, of count: Int) throws {
        let processor = number % ProcessInfo.processInfo.activeProcessorCount
        process = try ChildProcess(
            ["/usr/bin/taskset", "--cpu-list", "\(processor)"]
                + [URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path]
                + CommandLine.arguments.dropFirst()
                + ["--part", "\(number)", "--jobs", "\(count)"])
    }

    /// Passes on what it says is wrong, and takes over its counts.
    func report(into coverage: Coverage) throws -> [String] {
        switch try process.output.read(limit: 1 << 16) {
        case .wouldBlock: return []
        case .bytes(let bytes): received += bytes
        case .end:
            hasEnded = true
            let ending = try process.waitForEnd(patience: .seconds(60))
            let isGood = [.exited(status: 0), .exited(status: 1)].contains(ending)
            return isGood ? [] : ["a part did not end well"]
        }
        var wrongs: [String] = []
        while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
            let line = String(decoding: received[..<end], as: UTF8.self)
            received.removeSubrange(...end)
            let parts = line.split(separator: "\t", maxSplits: 1)
            if parts.count == 2, let count = Int(parts[0]) {
                coverage.note(String(parts[1]), count)
            } else {
                print(line)
                wrongs.append(line)
            }
        }
        fflush(nil)
        return wrongs
    }
}
