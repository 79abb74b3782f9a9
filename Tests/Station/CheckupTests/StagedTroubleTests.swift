import Foundation
import LocalAPI
import ScanTesting
import Testing

@testable import Checkup

/// Every trouble of a machine, staged in a folder, and what is said of it.
@Suite struct StagedTroubleTests {
    typealias Device = CheckupFacts.Device

    struct Trouble: Sendable {
        var name: String
        var code: Finding.Code
        var state: Finding.State
        /// Stands in the command that puts it right.
        var fix: String?
        var devices: [Device] = []
        var kernelClock: Bool? = true
        var stage: @Sendable (MachineScene) throws -> Void
    }

    static let gun = Device(name: "gun", driver: "serial", node: "/dev/ttyUSB0")
    static let reader = Device(name: "reader", driver: "nfc", node: nil)

    static let troubles: [Trouble] = [
        Trouble(name: "no rules", code: .rulesMissing, state: .warning, fix: "udevadm") {
            try $0.remove(MachineScene.installed(MachineReader.rulesName))
        },
        Trouble(name: "old rules", code: .rulesDiffer, state: .warning, fix: "--reinstall") {
            try $0.write(MachineScene.installed(MachineReader.rulesName), "# older\n")
        },
        Trouble(name: "rules of one's own", code: .rulesDiffer, state: .note) {
            try $0.write("/etc/udev/rules.d/\(MachineReader.rulesName)", "# mine\n")
        },
        Trouble(name: "no table", code: .tableMissing, state: .warning, fix: "systemd-hwdb") {
            try $0.remove(MachineScene.installed(MachineReader.tableName))
        },
        Trouble(name: "old table", code: .tableDiffers, state: .warning, fix: "systemd-hwdb") {
            try $0.write(MachineScene.installed(MachineReader.tableName), "# older\n")
        },
        Trouble(
            name: "table not compiled", code: .tableNotCompiled, state: .warning,
            fix: "systemd-hwdb update"
        ) { try $0.age("/etc/udev/hwdb.bin") },
        Trouble(name: "no udev", code: .udevMissing, state: .note, fix: "systemd-udevd") {
            try $0.remove("/run/udev/control")
        },
        Trouble(
            name: "the kernel's NFC", code: .nfcKernelDriver, state: .fault, fix: "pn533_usb",
            devices: [reader]
        ) { try $0.write("/proc/modules", "pn533_usb 16384 0\n") },
        Trouble(
            name: "pcscd beside libnfc", code: .pcscdHolds, state: .warning, fix: "pcscd.socket",
            devices: [reader]
        ) { try $0.write("/proc/9/comm", "pcscd\n") },
        Trouble(
            name: "no pcscd", code: .noPcscd, state: .fault, fix: "enable --now pcscd.socket",
            devices: [Device(name: "r", driver: "nfc", node: "/run/pcscd/pcscd.comm")]
        ) { _ in },
        Trouble(name: "no cdc_acm", code: .serialModule, state: .fault, fix: "modprobe cdc_acm") {
            try $0.write("/proc/modules", "")
            try $0.plug("05e0", "1701", kind: "02", driver: nil)
        },
        Trouble(name: "no ch341", code: .serialModule, state: .fault, fix: "modprobe ch341") {
            try $0.plug("1a86", "7523", kind: "ff", driver: nil)
        },
        Trouble(name: "brltty near", code: .brltty, state: .warning, fix: "brltty-udev") {
            try $0.write("/usr/lib/udev/rules.d/85-brltty.rules", "")
            try $0.plug("10c4", "ea60", kind: "ff", driver: "cp210x")
        },
        Trouble(name: "brltty has it", code: .brltty, state: .fault, fix: "brltty-udev") {
            try $0.write("/proc/9/comm", "brltty\n")
            try $0.plug("1a86", "7523", kind: "ff", driver: "usbfs")
        },
        Trouble(
            name: "ModemManager", code: .modemManager, state: .warning, fix: "ModemManager",
            devices: [gun]
        ) {
            try $0.write("/proc/9/comm", "ModemManager\n")
            try $0.node("ttyUSB0", mode: 0o666, udev: "E:ID_BUS=usb\n")
        },
        Trouble(
            name: "a group that it is not in", code: .nodeForbidden, state: .fault,
            devices: [gun]
        ) { try $0.node("ttyUSB0", mode: 0o600, udev: "") },
        Trouble(
            name: "a node that is gone", code: .deviceMissing, state: .warning, fix: "identify",
            devices: [gun]
        ) { _ in },
        Trouble(
            name: "a free clock", code: .clockFree, state: .note, fix: "set-ntp true",
            kernelClock: false
        ) { try $0.remove("/run/systemd/timesync/synchronized") },
    ]

    @Test(arguments: troubles.indices)
    func isFound(index: Int) throws {
        let trouble = Self.troubles[index]
        let scene = try MachineScene()
        try trouble.stage(scene)
        let found = Self.findings(scene, trouble.devices, trouble.kernelClock)
            .filter { $0.code == trouble.code }
        #expect(found.map(\.state) == [trouble.state], "\(trouble.name)")
        if let fix = trouble.fix { #expect(found.first?.fix?.contains(fix) == true) }
    }

    /// The tenth of the usual complaints: an NFC reader that the kernel claimed.
    @Test func complaint10TheKernelsDriverIsNamedWithItsCure() throws {
        let scene = try MachineScene()
        try scene.write("/proc/modules", "pn533_usb 16384 0\npn533 24576 1 pn533_usb\n")
        let found = Self.findings(scene, [Self.reader], true)
            .filter { $0.code == .nfcKernelDriver }
        #expect(found.map(\.state) == [.fault])
        #expect(found.first?.fix == "sudo modprobe -r pn533_usb pn533 nfc")
        // Who reads no tags is not told.
        #expect(!Self.findings(scene, [Self.gun], true).contains { $0.code == .nfcKernelDriver })
    }

    /// None of them is seen where it is not.
    @Test func aWellMachineHasNone() throws {
        let scene = try MachineScene()
        try scene.node("ttyUSB0", mode: 0o666, udev: "E:ID_MM_PORT_IGNORE=1\n")
        try scene.write("/proc/9/comm", "ModemManager\n")
        try scene.plug("05e0", "1701", kind: "02", driver: "cdc_acm")
        let found = Self.findings(scene, [Self.gun], true).filter { $0.state > .ok }
        #expect(found == [])
    }

    @Test func aGroupThatWasJoinedLaterIsToldApart() throws {
        let scene = try MachineScene()
        try scene.node("ttyUSB0", mode: 0o660, udev: "")
        var machine = scene.facts(nodes: ["/dev/ttyUSB0"])
        machine.nodes["/dev/ttyUSB0"]?.owner = 0
        machine.nodes["/dev/ttyUSB0"]?.group = 104
        let stranger = Self.findings(machine, [Self.gun])
        #expect(stranger.first { $0.code == .nodeForbidden }?.fix?.contains("-aG input") == true)

        try scene.write("/etc/group", "input:x:104:scanstation\n")
        machine.groups = scene.facts().groups
        #expect(Self.findings(machine, [Self.gun]).contains { $0.code == .groupNotInEffect })
        machine.reader.groups.insert(104)
        #expect(!Self.findings(machine, [Self.gun]).contains { $0.state == .fault })
    }

    @Test func theMarksAreThoseOfTheShippedFiles() throws {
        let scene = try MachineScene()
        #expect(
            scene.facts().rules
                == .current(path: MachineScene.installed(MachineReader.rulesName)))
        #expect(
            scene.facts().hardwareTable
                == .current(path: MachineScene.installed(MachineReader.tableName)))
    }

    private static func findings(
        _ scene: MachineScene, _ devices: [Device], _ kernelClock: Bool?
    ) -> [Finding] {
        findings(
            scene.facts(nodes: devices.compactMap(\.node), kernelClock: kernelClock), devices)
    }

    static func findings(_ machine: MachineFacts, _ devices: [Device]) -> [Finding] {
        let facts = CheckupFacts(
            machine: machine, station: .answers(.sample, store: .sound), volume: nil,
            stateDirectory: "/s", devices: devices.isEmpty ? [.sample] : devices,
            hub: HubSight(url: "https://hub", answer: .reached(clockAheadSeconds: 0)),
            programs: [:])
        return Examination(facts).findings
    }
}

extension CheckupFacts.Device {
    static let sample = Self(
        name: "one", driver: "wedge", node: "/dev/input/event9",
        report: DeviceReport(
            name: "one", driver: "wedge", state: "reading", code: nil, reason: "", fix: "",
            node: "/dev/input/event9"))
}

extension StoreReport {
    static let sound = StoreReport(bytes: 4096, rows: ["intake": 0], damage: nil)
}

extension StatusReport {
    static let sample = StatusReport(
        name: "dock", version: Version.text, processID: 77, stateDirectory: "/s",
        incarnation: "7", started: "2026-11-24T16:00:00.123Z", mode: "receive", place: "DOCK",
        quantity: nil, openBatch: nil, link: LinkReport(state: "online"),
        outbox: OutboxReport(waiting: 0, oldest: nil, deadLetters: 0, lastAcknowledged: nil),
        devices: [], lastSequence: 0)
}
