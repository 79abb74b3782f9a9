import Devices
import DriverKit
import Foundation
import Glibc
import LinuxIO
import ScanTesting
import Scans
import Testing

/// A driver in a process of its own may die; its device comes back.
@Suite struct ProcessPlacementTests {
    /// Where the build puts every program: beside the test bundle, whichever way it is run.
    static var program: String? {
        let bundle = Bundle.main.bundleURL
        let folders = [bundle, bundle.deletingLastPathComponent()]
        return folders.map { $0.appendingPathComponent("scanstation-driver").path }
            .first { access($0, X_OK) == 0 }
    }

    @Test func aKilledDriverProcessComesBack() async throws {
        let program = try #require(Self.program, "scanstation-driver is not built")
        let bench = try Bench(program: [program])
        let scanner = PluggedScanner(link: bench.folder + "/apart")
        try scanner.plug()
        await bench.supervisor.start([serial("apart", at: scanner.link, placement: .process)])
        for number in 1...3 {
            let isReading = try await soon { await bench.status("apart")?.state == .reading }
            #expect(isReading, "before \(number)")
            try scanner.scan("\(number)")
            #expect(try await soon { bench.texts("apart").last == "\(number)" })
            let child = try #require(Self.child(running: program))
            kill(child, SIGKILL)
            let isGone = try await soon { await bench.status("apart")?.state != .reading }
            #expect(isGone)
        }
        #expect(bench.texts("apart") == ["1", "2", "3"])
        await bench.supervisor.stop()
    }

    /// A driver of a program of its own crashes at what strangers show it: that is no reason to put it
    /// into quarantine.
    @Test func aSeparateDriverIsStartedForEver() async throws {
        let file = NSTemporaryDirectory() + "starts-" + UUID().uuidString
        try Data().write(to: URL(filePath: file))
        defer { unlink(file) }
        let bench = try Bench(program: ["/bin/sh", "-c", #"echo started >> "$0""#, file])
        let device = ConfiguredDevice(name: "tags", driver: "nfc", location: .path(file))
        await bench.supervisor.start([device])
        let beyond = RestartPolicy.Limits.quick.failureLimit + 3
        #expect(
            try await soon {
                try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count
                    >= beyond
            })
        await bench.supervisor.stop()
    }

    /// The one child of this process that runs `program`.
    private static func child(running program: String) -> pid_t? {
        // A process that ends while it is looked at is none.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.first { process in
            guard
                let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
                let fields = line.split(separator: ")").last?.split(separator: " "),
                fields.count > 1, fields[0] != "Z", pid_t(fields[1]) == getpid(),
                let command = try? String(
                    contentsOfFile: "/proc/\(process)/cmdline", encoding: .utf8)
            else { return false }
            return command.hasPrefix(program)
        }
    }
}
