import Foundation
import Simulating
import Synchronization

/// This program several times side by side, each with its part of the seeds and on a processor of
/// its own.
struct Crew {
    let count: Int
    let stopsAtFirst: Bool

    /// What went wrong in any of them; what they reached goes into `coverage`.
    func run(into coverage: Coverage) async throws -> [String] {
        let members = try (0..<count).map { try Member($0, of: count) }
        defer { members.forEach { $0.stop() } }
        return await withTaskGroup(of: [String].self) { group in
            for member in members { group.addTask { await member.report(into: coverage) } }
            var wrongs: [String] = []
            for await found in group {
                wrongs += found
                if stopsAtFirst, !found.isEmpty { members.forEach { $0.stop() } }
            }
            return wrongs
        }
    }
}

/// One of them.
private final class Member: Sendable {
    private let process: Process
    private let output = Pipe()

    /// One seed keeps one processor busy, and its threads wake each other all the time: that is
    /// cheaper when they stay together.
    init(_ number: Int, of count: Int) throws {
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
        let processor = number % ProcessInfo.processInfo.activeProcessorCount
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/taskset")
        process.arguments =
            ["--cpu-list", "\(processor)", program] + CommandLine.arguments.dropFirst()
            + ["--part", "\(number)", "--jobs", "\(count)"]
        process.standardOutput = output
        try process.run()
    }

    func stop() {
        if process.isRunning { process.terminate() }
    }

    /// Passes on what it says as it comes, but for its counts.
    func report(into coverage: Coverage) async -> [String] {
        var wrongs: [String] = []
        for await line in lines {
            let parts = line.split(separator: "\t", maxSplits: 1)
            if parts.count == 2, let count = Int(parts[0]) {
                coverage.note(String(parts[1]), count)
            } else {
                print(line)
                wrongs.append(line)
            }
        }
        process.waitUntilExit()
        if process.terminationStatus > 1 || process.terminationReason == .uncaughtSignal {
            wrongs.append("a part ended with \(process.terminationStatus)")
        }
        return wrongs
    }

    private var lines: AsyncStream<String> {
        AsyncStream { continuation in
            let rest = Mutex(Data())
            output.fileHandleForReading.readabilityHandler = { handle in
                let data = handle.availableData
                guard !data.isEmpty else {
                    handle.readabilityHandler = nil
                    return continuation.finish()
                }
                rest.withLock { rest in
                    rest += data
                    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                        continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                        rest = Data(rest[(end + 1)...])
                    }
                }
            }
        }
    }
}
