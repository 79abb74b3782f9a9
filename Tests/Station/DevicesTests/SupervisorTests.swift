import Devices
import DriverKit
import Foundation
import LinuxIO
import ScanTesting
import Scans
import Testing

/// With real terminals, whose drivers open, read and lose them as they would a scanner's.
@Suite struct SupervisorTests {
    @Test func aScannerThatComesLateIsReadWithinTwoSeconds() async throws {
        let bench = try Bench()
        let scanner = PluggedScanner(link: bench.folder + "/late")
        await bench.supervisor.start([serial("late", at: scanner.link)])
        #expect(await bench.status("late")?.state == .missing)
        #expect(await bench.status("late")?.fix.isEmpty == false)

        try scanner.plug()

        #expect(
            try await soon(within: .seconds(2)) {
                await bench.status("late")?.state == .reading
            })
        try scanner.scan("4006381333931")
        #expect(try await soon { bench.texts("late") == ["4006381333931"] })
        #expect(bench.states("late") == ["missing", "ready", "reading"])
        await bench.supervisor.stop()
    }

    @Test func aScannerThatIsPulledTwentyTimesComesBackEachTime() async throws {
        let bench = try Bench()
        let scanner = PluggedScanner(link: bench.folder + "/pulled")
        try scanner.plug()
        await bench.supervisor.start([serial("pulled", at: scanner.link)])
        for number in 1...20 {
            let isBack = try await soon(within: .seconds(2)) {
                await bench.status("pulled")?.state == .reading
            }
            #expect(isBack, "after \(number) times")
            try scanner.scan("\(number)")
            #expect(try await soon { bench.texts("pulled").last == "\(number)" })
            scanner.unplug()
            #expect(try await soon { await bench.status("pulled")?.state == .missing })
            try scanner.plug()
        }
        #expect(bench.texts("pulled") == (1...20).map { "\($0)" })
        await bench.supervisor.stop()
    }

    @Test func twoScannersAreReadAtOnceAndToldApart() async throws {
        let bench = try Bench()
        let scanners = ["one", "two"].map { PluggedScanner(link: bench.folder + "/" + $0) }
        for scanner in scanners { try scanner.plug() }
        await bench.supervisor.start([
            serial("one", at: scanners[0].link), serial("two", at: scanners[1].link),
        ])
        for number in 0..<50 {
            try scanners[0].scan("a\(number)")
            try scanners[1].scan("b\(number)")
        }
        #expect(try await soon { bench.texts("one") == (0..<50).map { "a\($0)" } })
        #expect(try await soon { bench.texts("two") == (0..<50).map { "b\($0)" } })
        #expect(await bench.supervisor.statuses().map(\.device) == ["one", "two"])
        await bench.supervisor.stop()
    }

    @Test func aPortThatSomebodyHoldsIsBusyUntilHeLetsGo() async throws {
        let bench = try Bench([StubbornDriver.kind])
        let terminal = try PseudoTerminal()
        await bench.supervisor.start([
            ConfiguredDevice(name: "held", driver: "stubborn", location: .path(terminal.path))
        ])
        #expect(try await soon { await bench.status("held")?.state == .busy })
        let status = await bench.status("held")
        #expect(status?.fix.isEmpty == false)
        #expect(status?.node == terminal.path)
        // Tried again and again, and shown once.
        #expect(try await soon { StubbornDriver.tries(at: terminal.path) > 5 })
        #expect(bench.states("held") == ["ready", "busy"])
        StubbornDriver.letGo(terminal.path)
        #expect(try await soon { await bench.status("held")?.state == .reading })
        await bench.supervisor.stop()
    }

    @Test func aDriverThatFailsIsQuarantinedAndHarmsNobody() async throws {
        let bench = try Bench([FailingDriver.kind])
        let scanner = PluggedScanner(link: bench.folder + "/good")
        try scanner.plug()
        let bad = try PseudoTerminal()
        await bench.supervisor.start([
            ConfiguredDevice(name: "bad", driver: "failing", location: .path(bad.path)),
            serial("good", at: scanner.link),
        ])
        #expect(
            try await soon {
                await bench.status("bad")?.reason.contains("again and again") == true
            })
        let status = await bench.status("bad")
        #expect(status?.state == .failed(.other("out-of-paper")))
        #expect(status?.reason.contains("60 s") == true)
        #expect(FailingDriver.tries(at: bad.path) == RestartPolicy.Limits.quick.failureLimit)
        try scanner.scan("1")
        #expect(try await soon { bench.texts("good") == ["1"] })
        #expect(bench.states("good") == ["ready", "reading"])

        try await bench.supervisor.setDisabled("bad", false)
        #expect(try await soon { FailingDriver.tries(at: bad.path) > 3 })
        await bench.supervisor.stop()
    }

    @Test func aDisabledScannerIsClosedUntilItIsEnabled() async throws {
        let bench = try Bench()
        let scanner = PluggedScanner(link: bench.folder + "/switch")
        try scanner.plug()
        var device = serial("switch", at: scanner.link)
        device.isDisabled = true
        await bench.supervisor.start([device])
        #expect(await bench.status("switch")?.state == .disabled)
        try await bench.supervisor.setDisabled("switch", false)
        #expect(try await soon { await bench.status("switch")?.state == .reading })
        try await bench.supervisor.setDisabled("switch", true)
        #expect(await bench.status("switch")?.state == .disabled)
        try await bench.supervisor.setDisabled("switch", false)
        #expect(try await soon { await bench.status("switch")?.state == .reading })
        try scanner.scan("1")
        #expect(try await soon { bench.texts("switch") == ["1"] })
        #expect(
            bench.states("switch")
                == ["disabled", "ready", "reading", "disabled", "ready", "reading"])
        await #expect(throws: DeviceError.unknownDevice("nobody")) {
            try await bench.supervisor.setDisabled("nobody", true)
        }
        await bench.supervisor.stop()
    }

    @Test func thePanicChordDisables() async throws {
        let bench = try Bench([PanickingDriver.kind])
        let terminal = try PseudoTerminal()
        await bench.supervisor.start([
            ConfiguredDevice(name: "keys", driver: "panicking", location: .path(terminal.path))
        ])
        #expect(try await soon { await bench.status("keys")?.state == .disabled })
        #expect(await bench.status("keys")?.reason == "The panic chord was pressed.")
        #expect(bench.states("keys") == ["ready", "reading", "disabled"])
        await bench.supervisor.stop()
    }

    @Test func stoppingHandsOverWhatWasRead() async throws {
        let bench = try Bench([SlowDriver.kind])
        let terminal = try PseudoTerminal()
        await bench.supervisor.start([
            ConfiguredDevice(name: "slow", driver: "slow", location: .path(terminal.path))
        ])
        #expect(try await soon { await bench.status("slow")?.state == .reading })
        await bench.supervisor.stop()
        #expect(bench.texts("slow") == ["last words"])
        await bench.supervisor.stop()
        await bench.supervisor.start([serial("more", at: terminal.path)])
        #expect(bench.states("more").isEmpty)
    }

    @Test func aDriverThatDoesNotEndDoesNotKeepTheStation() async throws {
        let bench = try Bench([HangingDriver.kind], stopLimit: .milliseconds(50))
        let terminal = try PseudoTerminal()
        await bench.supervisor.start([
            ConfiguredDevice(name: "hung", driver: "hanging", location: .path(terminal.path))
        ])
        #expect(try await soon { await bench.status("hung")?.state == .reading })
        await bench.supervisor.stop()
        HangingDriver.end()
    }

    @Test func aDesignatedScannerIsReadAtOnceAndCanBeRemoved() async throws {
        let bench = try Bench()
        await bench.supervisor.start([])
        let scanner = PluggedScanner(link: bench.folder + "/new")
        try scanner.plug()
        try await bench.supervisor.designate(serial("new", at: scanner.link))
        #expect(try await soon { await bench.status("new")?.state == .reading })
        // Again, elsewhere: the name is what counts.
        let other = PluggedScanner(link: bench.folder + "/other")
        try other.plug()
        try await bench.supervisor.designate(serial("new", at: other.link))
        #expect(try await soon { await bench.status("new")?.state == .reading })
        try other.scan("1")
        #expect(try await soon { bench.texts("new") == ["1"] })
        try await bench.supervisor.remove("new")
        #expect(await bench.supervisor.statuses().isEmpty)
        let stranger = ConfiguredDevice(name: "x", driver: "none", location: .path("/x"))
        await #expect(throws: DeviceError.unknownDriver("none", device: "x")) {
            try await bench.supervisor.designate(stranger)
        }
        await bench.supervisor.stop()
    }
}
