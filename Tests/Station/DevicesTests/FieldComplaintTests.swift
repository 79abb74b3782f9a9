import AllDrivers
import Devices
import DriverKit
import Glibc
import Keymaps
import LinuxIO
import ScanTesting
import Scans
import Testing

/// What people complain about with scanners on Linux, against the whole way from a node to a capture.
/// The numbers are those of the usual complaints: 1 types elsewhere, 2 layout, 3 GS, 4 lost digits,
/// 5 endings, 6 unknown name, 7 twins, 8 replug, 9 permissions. `StagedTroubleTests` has 10, claimed by
/// the kernel; the rig has 1, 4, 7 and 8 again, on a kernel.
@Suite struct FieldComplaintTests {
    @Test func complaint1AnAttackersKeysReachNobody() async throws {
        let bench = try Bench()
        let folder = try TemporaryFolder()
        let (bad, good) = (try folder.makeFIFO("bad"), try folder.makeFIFO("good"))
        await bench.supervisor.start([
            .wedge("bad", at: bad), .wedge("good", at: good),
        ])
        try InputEvent.type("+leftmeta r -leftmeta c m d enter", into: bad)
        try await expect { bench.states("bad").last == "failed(like-attack)" }
        try InputEvent.type("1 2 enter", into: bad)
        try InputEvent.type("4 2 enter", into: good)
        try await expect { bench.texts("good") == ["42"] }
        #expect(bench.texts("bad") == [])
        let status = try #require(await bench.status("bad"))
        #expect(status.reason.contains("Meta+r") && !status.fix.isEmpty)
        // Switched off and on again, it gets another chance.
        try await bench.supervisor.setDisabled("bad", true)
        try await bench.supervisor.setDisabled("bad", false)
        try await expect { bench.states("bad").last == "reading" }
        await bench.supervisor.stop()
    }

    @Test(arguments: ["de", "fr", "es", "gb"])
    func complaint2TheLayoutDoesNotGarble(layout: String) async throws {
        let code = "LOC-A1/x@y\"z#_?"
        let keyboard = PlayedKeyboard(try KeyboardLayout.named(layout))
        let events = try #require(keyboard.events(typing: code))
        let read = try await texts(
            of: events + PlayedKeyboard.tap(.enter), options: ["layout": .text(layout)])
        #expect(read == [code])
    }

    @Test(arguments: [
        "+leftctrl rightbrace -leftctrl", "+leftalt kp0 kp2 kp9 -leftalt",
        "+leftalt kp0 kp0 kp2 kp9 -leftalt", "f8",
    ])
    func complaint3SeparatorsAreNotLost(typed: String) async throws {
        let events = try KeyScript("1 0 a \(typed) 2 1 b enter").events
        let read = try await texts(of: events, options: ["fnc1": .text("f8")])
        #expect(read == ["10a\u{1D}21b"])
    }

    /// Complaint 4: two scanners at once, as fast as they can; and what the kernel did lose is said.
    @Test func complaint4NoDigitIsLostOrDoubled() async throws {
        let bench = try Bench()
        let folder = try TemporaryFolder()
        let nodes = ["a": try folder.makeFIFO("a"), "b": try folder.makeFIFO("b")]
        await bench.supervisor.start(nodes.map { .wedge(DeviceName(rawValue: $0), at: $1) })
        let codes = (0..<500).map { "\(4_006_381_330_000 + $0 * 1111)" }
        let script = codes.map { $0.map(String.init).joined(separator: " ") + " enter" }
            .joined(separator: " ")
        try await withThrowingTaskGroup(of: Void.self) { group in
            for node in nodes.values {
                group.addTask { try InputEvent.type(script, into: node) }
            }
            try await group.waitForAll()
        }
        for name in nodes.keys {
            #expect(try await soon(within: .seconds(20)) { bench.texts(name).count == 500 })
            #expect(bench.texts(name) == codes)
        }
        #expect(bench.refusals == [])
        try InputEvent.type("4 0 0 lost 6 3 enter 7 enter", into: nodes["a"] ?? "")
        try await expect { bench.texts("a").last == "7" }
        #expect(bench.texts("a").count == 501)
        #expect(bench.refusals == ["events-lost"])
        await bench.supervisor.stop()
    }

    /// Complaint 5: nothing is configured, whatever ends the code.
    @Test(arguments: [
        "enter", "kpenter", "tab", "+leftctrl j -leftctrl", "+leftctrl m j -leftctrl", "",
    ])
    func complaint5AnyEndingWorks(ending: String) async throws {
        let events = try KeyScript("4 2 \(ending)").events
        let read = try await texts(of: events, options: ["quiet-gap-milliseconds": .integer(50)])
        #expect(read == ["42"])
    }

    @Test func complaint6TheNameDoesNotMatter() {
        let kind = DriverCatalogue.kind("wedge")
        for name in ["TMS HIDKeyBoard", "USBKey Module", "", "Барскан"] {
            let device = DeviceDescriptor(
                name: "x", designatedDriver: "wedge", node: "/dev/input/event9",
                subsystem: .input, identity: DeviceIdentity(product: name))
            #expect((try? kind?.make([:]))?.claim(device) == .certain)
        }
    }

    /// Complaint 7: which of two equal scanners it was. By serial number, else by socket, whatever the
    /// order in which they come.
    @Test func complaint7TwinsAreToldApart() {
        func scanner(_ serial: String?, at port: String) -> DeviceIdentity {
            DeviceIdentity(vendorID: 1, productID: 2, serial: serial, portPath: port)
        }
        func place(_ identity: DeviceIdentity) -> DeviceMatch? {
            let device = DeviceDescriptor(
                name: "x", designatedDriver: nil, node: "/dev/input/event3", subsystem: .input,
                identity: identity)
            guard case .identity(let match) = device.stableLocation else { return nil }
            return match
        }
        let numbered = [scanner("A", at: "1-1:1.0"), scanner("B", at: "1-2:1.0")]
        // Its number goes with a scanner into whichever socket.
        #expect(place(numbered[0])?.accepts(scanner("A", at: "1-4:1.0")) == true)
        #expect(place(numbered[0])?.accepts(numbered[1]) == false)
        let bare = [scanner(nil, at: "1-1:1.0"), scanner(nil, at: "1-2:1.0")]
        #expect(place(bare[0])?.accepts(bare[1]) == false)
        // Only those without a number can be swapped unseen.
        let (first, second) = (place(bare[0]), place(bare[1]))
        #expect(first.flatMap { first in second.map { first.isTwin(of: $0) } } == true)
        let (known, other) = (place(numbered[0]), place(numbered[1]))
        #expect(known.flatMap { known in other.map { known.isTwin(of: $0) } } == false)
    }

    /// Complaint 8: back within two seconds, with a reason in between.
    @Test func complaint8AReplugBringsItBack() async throws {
        let bench = try Bench()
        let scanner = PluggedScanner(link: bench.folder + "/gun")
        try scanner.plug()
        await bench.supervisor.start([serial("gun", at: scanner.link)])
        try await expect { bench.states("gun").last == "reading" }
        scanner.unplug()
        try await expect { bench.states("gun").last == "missing" }
        let status = try #require(await bench.status("gun"))
        #expect(!status.reason.isEmpty && status.fix.contains("Plug"))
        try scanner.plug()
        #expect(try await soon(within: .seconds(2)) { bench.states("gun").last == "reading" })
        try scanner.scan("42")
        try await expect { bench.texts("gun") == ["42"] }
        await bench.supervisor.stop()
    }

    @Test func complaint9NoPermissionSaysWhatToDo() {
        let fault = DriverFault(
            LinuxError.failed("open", on: "/dev/input/event9", number: EACCES))
        #expect(DeviceState(fault.code) == .noPermission)
        #expect(fault.fix.contains("udev rules"))
    }

    @Test func whatCannotBeepSaysSo() async throws {
        let bench = try Bench()
        let folder = try TemporaryFolder()
        let node = try folder.makeFIFO("node")
        await bench.supervisor.start([.wedge("w", at: node)])
        await #expect(throws: DeviceError.cannotLocate("w")) {
            try await bench.supervisor.locate("w")
        }
        await #expect(throws: DeviceError.unknownDevice("x")) {
            try await bench.supervisor.locate("x")
        }
        await bench.supervisor.stop()
    }

    private func texts(
        of events: [InputEvent], options: [String: OptionValue]
    ) async throws -> [String] {
        let bench = try Bench()
        let folder = try TemporaryFolder()
        let node = try folder.makeFIFO("node")
        await bench.supervisor.start([.wedge("w", at: node, options)])
        try await expect { bench.states("w").last == "reading" }
        let writer = try FileDescriptor(opening: node, O_WRONLY)
        try writer.writeAll(InputEvent.bytes(of: events))
        try await expect { !bench.texts("w").isEmpty }
        await bench.supervisor.stop()
        return bench.texts("w")
    }

    private func expect(_ condition: @Sendable () -> Bool) async throws {
        #expect(try await soon { condition() })
    }
}

extension ConfiguredDevice {
    fileprivate static func wedge(
        _ name: DeviceName, at path: String, _ options: [String: OptionValue] = [:]
    ) -> ConfiguredDevice {
        ConfiguredDevice(name: name, driver: "wedge", location: .path(path), options: options)
    }
}

extension InputEvent {
    fileprivate static func type(_ script: String, into node: String) throws {
        let writer = try FileDescriptor(opening: node, O_WRONLY)
        try writer.writeAll(bytes(of: try KeyScript(script).events))
    }
}
