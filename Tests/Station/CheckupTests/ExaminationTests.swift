import LocalAPI
import Testing

@testable import Checkup

/// What is judged by values alone: daemon, disk, store, devices, hub, programs, microphone.
@Suite struct ExaminationTests {
    struct Trouble: Sendable {
        var name: String
        var code: Finding.Code
        var state: Finding.State
        var change: @Sendable (inout CheckupFacts) -> Void

        init(
            _ name: String, _ code: Finding.Code, _ state: Finding.State,
            _ change: @escaping @Sendable (inout CheckupFacts) -> Void
        ) {
            (self.name, self.code, self.state, self.change) = (name, code, state, change)
        }
    }

    static func well() -> CheckupFacts {
        var machine = MachineFacts()
        machine.isClockSynchronised = true
        machine.hasUdev = true
        machine.rules = .current(path: "r")
        machine.hardwareTable = .current(path: "t")
        machine.isTableCompiled = true
        return CheckupFacts(
            machine: machine, station: .answers(.sample, store: .sound),
            volume: .init(freeBytes: 1 << 30, inodes: 100_000, freeInodes: 50_000),
            stateDirectory: "/s", devices: [.sample],
            hub: HubSight(url: "https://hub", answer: .reached(clockAheadSeconds: 1)),
            programs: ["scanstation-driver": .runs])
    }

    static func device(_ driver: String, _ state: String, code: String? = nil)
        -> CheckupFacts.Device
    {
        .init(
            name: "it", driver: driver, node: "/dev/x",
            report: DeviceReport(
                name: "it", driver: driver, state: state, code: code, reason: "Because.", fix: "",
                node: "/dev/x"))
    }

    static func status(_ change: (inout StatusReport) -> Void) -> StationSight {
        var status = StatusReport.sample
        change(&status)
        return .answers(status, store: .sound)
    }

    static let troubles: [Trouble] = [
        .init("no daemon", .notRunning, .fault) {
            $0.station = .silent(isForbidden: false, socket: "/s/x")
        },
        .init("nobody looks at the store then", .storeUnchecked, .note) {
            $0.station = .silent(isForbidden: false, socket: "/s/x")
        },
        .init("a closed socket", .noPermission, .fault) {
            $0.station = .silent(isForbidden: true, socket: "/s/x")
        },
        .init("an older daemon", .versionDiffers, .warning) {
            $0.station = status { $0.version = "0.0.1" }
        },
        .init("a full disk", .diskFull, .fault) { $0.volume?.freeBytes = (16 << 20) - 1 },
        .init("little room", .diskLow, .warning) { $0.volume?.freeBytes = 16 << 20 },
        .init("still little room", .diskLow, .warning) { $0.volume?.freeBytes = (256 << 20) - 1 },
        .init("few inodes", .inodesLow, .warning) { $0.volume?.freeInodes = 999 },
        .init("a damaged store", .storeDamaged, .fault) {
            $0.station = .answers(.sample, store: .init(bytes: 1, rows: [:], damage: "page 3"))
        },
        .init("no device", .noDevice, .note) { $0.devices = [] },
        .init("switched off", .deviceDisabled, .note) {
            $0.devices = [device("serial", "disabled")]
        },
        .init("pulled", .deviceMissing, .warning) { $0.devices = [device("serial", "missing")] },
        .init("taken", .deviceBusy, .fault) { $0.devices = [device("serial", "busy")] },
        .init("failed", .deviceFailed, .fault) {
            $0.devices = [device("serial", "failed", code: "crash-loop")]
        },
        .init("a kernel without Landlock", .unconfined, .warning) {
            var reader = device("nfc", "reading")
            reader.report?.unconfined = "landlock: Function not implemented"
            $0.devices = [reader]
        },
        .init("refused", .nodeForbidden, .fault) {
            $0.devices = [device("serial", "no-permission")]
            $0.machine.nodes["/dev/x"] = .init(mode: 0o600, owner: 0, group: 0, isLeftToUs: true)
        },
        .init("ahead", .clockWrong, .warning) {
            $0.hub?.answer = .reached(clockAheadSeconds: 61)
        },
        .init("behind", .clockWrong, .warning) {
            $0.hub?.answer = .reached(clockAheadSeconds: -61)
        },
        .init("no hub", .notEnrolled, .note) { $0.hub = nil },
        .init("offline", .hubUnreachable, .warning) { $0.hub?.answer = .silent("refused") },
        .init("another key", .hubKey, .fault) { $0.hub?.answer = .wrongKey },
        .init("no authority", .hubUntrusted, .fault) { $0.hub?.answer = .untrusted("self-signed") },
        .init("revoked", .hubRefuses, .fault) {
            $0.station = status {
                $0.link = LinkReport(state: "offline", code: "station-unknown", message: "No.")
            }
        },
        .init("in the clear", .hubPlain, .warning) { $0.hub?.url = "http://hub.example" },
        .init("held", .outboxHeld, .note) {
            $0.station = status {
                $0.outbox.held = .init(since: "", operator: "ada", reason: "stocktaking")
            }
        },
        .init("refused operations", .deadLetters, .warning) {
            $0.station = status { $0.outbox.deadLetters = 2 }
        },
        .init("no program", .programMissing, .fault) {
            $0.devices = [device("camera", "reading")]
            $0.programs["scanstation-driver-camera"] = .missing
        },
        .init("a program that can't start", .programBroken, .warning) {
            $0.programs["scanstation-driver-nfc"] = .broken("exit status 127")
        },
        .init("and is needed", .programBroken, .fault) {
            $0.devices = [device("nfc", "reading")]
            $0.programs["scanstation-driver-nfc"] = .broken("exit status 127")
        },
        .init("in use", .microphoneUnchecked, .note) { $0.devices = [device("voice", "reading")] },
        .init("muted", .microphoneSilent, .fault) {
            $0.devices = [device("voice", "reading")]
            $0.microphone = .init(peakDecibels: -96)
        },
        .init("too loud", .microphoneLoud, .warning) {
            $0.devices = [device("voice", "reading")]
            $0.microphone = .init(peakDecibels: 0)
        },
    ]

    @Test(arguments: troubles.indices)
    func isFound(index: Int) {
        let trouble = Self.troubles[index]
        var facts = Self.well()
        trouble.change(&facts)
        let found = Examination(facts).findings.filter { $0.code == trouble.code }
        #expect(found.map(\.state) == [trouble.state], "\(trouble.name)")
    }

    @Test func whatIsWellIsSaidToBeWell() {
        #expect(Examination(Self.well()).findings.allSatisfy { $0.state == .ok && $0.fix == nil })
    }

    /// A program that no device needs may be missing.
    @Test func aDriverThatNobodyUsesNeedsNoProgram() {
        var facts = Self.well()
        facts.programs["scanstation-driver-voice"] = .missing
        #expect(Examination(facts).findings.allSatisfy { $0.state == .ok })
    }

    /// Every code is staged here or on a made-up machine, so none is there that nothing can cause.
    @Test func everyCodeHasItsTrouble() {
        let staged = Set(
            Self.troubles.map(\.code) + StagedTroubleTests.troubles.map(\.code)
                + [.ok, .groupNotInEffect])
        #expect(Set(Finding.Code.allCases) == staged)
    }

    @Test func aNameIsSafeInACommand() {
        var facts = Self.well()
        var device = Self.device("serial", "disabled")
        device.name = "it's; rm -rf /"
        facts.devices = [device]
        let fix = Examination(facts).findings.compactMap(\.fix).first
        #expect(fix == #"scanstationctl devices enable 'it'\''s; rm -rf /'"#)
    }
}
