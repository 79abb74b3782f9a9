import Devices
import DriverKit
import Foundation
import LinuxIO
import ScanTesting
import Scans
import Testing

/// What goes wrong with one device stays with it: the others are read, each code of theirs.
@Suite struct MisbehaviourTests {
    /// A driver process that dies at once, again and again.
    @Test func aCrashLoopEndsInQuarantineAndTheOthersAreRead() async throws {
        let bench = try Bench(program: ["/bin/sh", "-c", "exit 3"])
        let (bad, good) = (
            PluggedScanner(link: bench.folder + "/bad"),
            PluggedScanner(link: bench.folder + "/good")
        )
        try bad.plug()
        try good.plug()
        await bench.supervisor.start([
            serial("bad", at: bad.link, placement: .process), serial("good", at: good.link),
        ])
        for number in 1...20 {
            try good.scan("\(number)")
            #expect(try await soon { bench.texts("good").last == "\(number)" })
        }
        #expect(
            try await soon {
                await bench.status("bad")?.reason.contains("again and again") == true
            })
        #expect(await bench.status("bad")?.state == .failed(.driverExited))
        #expect(await bench.status("bad")?.fix.isEmpty == false)
        try good.scan("after")
        #expect(try await soon { bench.texts("good").last == "after" })
        #expect(bench.states("good") == ["ready", "reading"])
        await bench.supervisor.stop()
    }

    /// Noise without an end, as fast as the kernel takes it.
    @Test func aFloodIsRefusedAndTheOthersAreRead() async throws {
        let bench = try Bench()
        let good = PluggedScanner(link: bench.folder + "/good")
        try good.plug()
        let flood = try PseudoTerminal()
        try flood.controller.setNonBlocking()
        await bench.supervisor.start([
            serial("flood", at: flood.path), serial("good", at: good.link),
        ])
        #expect(try await soon { bench.states("flood").last == "reading" })
        let noise = [UInt8](repeating: 0x41, count: 4096)
        for number in 1...50 {
            for _ in 0..<20 { _ = try flood.controller.write(noise) }
            try good.scan("\(number)")
            #expect(try await soon { bench.texts("good").last == "\(number)" })
        }
        #expect(bench.texts("good") == (1...50).map { "\($0)" })
        #expect(bench.texts("flood") == [])
        #expect(Set(bench.refusals) == ["line-too-long"])
        await bench.supervisor.stop()
    }
}
