import Devices
import DriverKit
import LinuxIO
import ScanTesting
import Scans
import Testing

@Suite struct IdentifyTests {
    @Test func anUndesignatedScannerIsHeardAndNothingIsStored() async throws {
        let bench = try Bench()
        await bench.supervisor.start([])
        let terminal = try PseudoTerminal()
        let scans = await bench.supervisor.listen(for: .seconds(5), paths: [terminal.path])
        try terminal.controller.writeAll(Array("ABC\u{1D}1\r".utf8))
        var first: HeardScan?
        for await scan in scans {
            first = scan
            break
        }
        #expect(first?.device.node == terminal.path)
        #expect(first?.driver == "serial")
        #expect(first?.text == "ABC␝1")
        #expect(first?.ending == .carriageReturn)
        #expect(first?.device.stableLocation == .path(terminal.path))
        await bench.supervisor.stop()
        #expect(bench.texts("0").isEmpty)
    }

    @Test func listeningEndsByItself() async throws {
        let bench = try Bench()
        await bench.supervisor.start([])
        let scans = await bench.supervisor.listen(for: .milliseconds(30))
        for await _ in scans {}
        await bench.supervisor.stop()
    }

    /// Serial ports are open for one program alone, so the listener has to let go first.
    @Test func designatingWhatIsListenedToReadsIt() async throws {
        let bench = try Bench()
        await bench.supervisor.start([])
        let terminal = try PseudoTerminal()
        let scans = await bench.supervisor.listen(for: .seconds(30), paths: [terminal.path])
        try terminal.controller.writeAll(Array("1\r".utf8))
        for await scan in scans {
            #expect(scan.text == "1")
            try await bench.supervisor.designate(serial("mine", at: terminal.path))
            break
        }
        #expect(try await soon { await bench.status("mine")?.state == .reading })
        try terminal.controller.writeAll(Array("2\r".utf8))
        #expect(try await soon { bench.texts("mine") == ["2"] })
        #expect(!bench.states("mine").contains("busy"))
        await bench.supervisor.stop()
    }

    @Test func whatIsDesignatedIsNotListenedTo() async throws {
        let bench = try Bench()
        let terminal = try PseudoTerminal()
        await bench.supervisor.start([serial("mine", at: terminal.path)])
        #expect(try await soon { await bench.status("mine")?.state == .reading })
        let scans = await bench.supervisor.listen(for: .milliseconds(300), paths: [terminal.path])
        try terminal.controller.writeAll(Array("1\r".utf8))
        for await scan in scans { Issue.record("heard \(scan)") }
        #expect(try await soon { bench.texts("mine") == ["1"] })
        await bench.supervisor.stop()
    }

    /// Whoever went away without a word is no reason to hear texts where keys are wanted.
    @Test func whoCalibratesTakesThePlaceOfWhoIdentifies() async throws {
        let bench = try Bench()
        await bench.supervisor.start([])
        let terminal = try PseudoTerminal()
        let first = await bench.supervisor.listen(for: .seconds(60), paths: [terminal.path])
        let second = await bench.supervisor.listen(for: .milliseconds(30), calibrating: true)
        for await _ in first {}
        for await _ in second {}
        let third = await bench.supervisor.listen(for: .seconds(60), paths: [terminal.path])
        try terminal.controller.writeAll(Array("1\r".utf8))
        for await scan in third {
            #expect(scan.text == "1")
            break
        }
        await bench.supervisor.stop()
    }

    @Test func stoppingEndsListening() async throws {
        let bench = try Bench()
        await bench.supervisor.start([])
        let terminal = try PseudoTerminal()
        let scans = await bench.supervisor.listen(for: .seconds(60), paths: [terminal.path])
        await bench.supervisor.stop()
        for await _ in scans {}
    }

    @Test func serialNumbersAreBestThenSockets() {
        var device = DeviceDescriptor(
            name: "x", designatedDriver: nil, node: "/dev/ttyACM0", subsystem: .tty)
        #expect(device.stableLocation == .path("/dev/ttyACM0"))
        device.identity = DeviceIdentity(vendorID: 1, productID: 2, portPath: "1-1:1.0")
        #expect(
            device.stableLocation
                == .identity(DeviceMatch(vendorID: 1, productID: 2, portPath: "1-1:1.0")))
        device.identity.serial = "S"
        #expect(
            device.stableLocation
                == .identity(DeviceMatch(vendorID: 1, productID: 2, serial: "S")))
    }
}
