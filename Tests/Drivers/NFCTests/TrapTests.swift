import DriverKit
import EmulatedNFC
import Glibc
import LinuxIO
import ScanTesting
import Scans
import Testing

@testable import NFC

/// What is known to bite a program that uses libnfc, each against the real library in the real driver
/// process.
@Suite struct TrapTests {
    /// libnfc calls abort().
    @Test func aHostileStatusByteEndsTheProcessAndNoMore() throws {
        let till = try Till()
        till.reader.spoil(.status(0x80), command: EmulatedCommand.exchange)
        till.reader.place(try TagSpecification("ntag213:text=A").tag, as: "a")
        #expect(till.fault()?.code == .driverExited)
        try till.expectRecovery()
    }

    /// libnfc copies 2^64 - 1 bytes.
    @Test func anATSOfLengthZeroEndsTheProcessAndNoMore() throws {
        let till = try Till()
        till.reader.place(
            EmulatedType4(uid: [4, 1, 2, 3, 4, 5, 6], ats: [0x00]), as: "hostile")
        #expect(till.fault()?.code == .driverExited)
        till.reader.remove("hostile")
        try till.expectRecovery()
    }

    /// libnfc 1.8.0 waits for ever in some calls; the driver uses others.
    @Test func aMuteChipIsFoundOut() throws {
        let till = try Till()
        till.reader.setHanging(true)
        #expect(till.fault()?.code == .unplugged)
        till.reader.setHanging(false)
        try till.expectRecovery()
    }

    @Test func aMuteChipIsNoReader() throws {
        let till = try Till(isMute: true)
        #expect(till.fault()?.code == .missing)
        #expect(till.fault()?.message.contains("nfc-reader-silent") == true)
    }

    /// libnfc "opens" the device and ends the process at its first use.
    @Test(arguments: [LinkFault.answerDropped, .answerCut, .badDataChecksum])
    func aLostAnswerWhileOpeningCostsATryAndNoMore(fault: LinkFault) throws {
        let till = try Till { $0.spoil(fault, command: EmulatedCommand.firmware) }
        #expect(try till.tap("ntag213:text=A") == ["A"])
    }

    @Test func anEmptyAnswerIsAFaultOfTheWire() throws {
        let till = try Till()
        till.reader.spoil(.payload([]), command: EmulatedCommand.exchange)
        #expect(try till.tap("ntag213:text=A") == ["A"])
    }

    /// libnfc lets a second process in, and both get wrong answers.
    @Test func twoProcessesOnOneTerminalAreRefused() throws {
        let till = try Till()
        let second = try Till(sharing: till)
        #expect(second.fault()?.code == .busy)
        #expect(try till.tap("ntag213:text=A") == ["A"])
    }

    /// libnfc says -1 at once, again and again: a loop would spin.
    @Test func aPulledCableIsSeenInMidPoll() throws {
        let till = try Till()
        till.reader.unplug()
        let pulled = SystemTime.monotonic
        #expect(till.fault()?.code == .unplugged)
        #expect(SystemTime.monotonic - pulled < .seconds(2))
        try till.reader.plugIn()
        try till.expectRecovery()
    }

    /// libnfc hands out the number of one tag with the data of the other.
    @Test func twoTagsAreNeverMixedUp() throws {
        let till = try Till()
        for round in 0..<5 {
            let names = ["\(round)a", "\(round)b"]
            for (index, name) in names.enumerated() {
                let uid = "0401020304\(round)\(index)06"
                till.reader.place(
                    try TagSpecification("ntag213:uid=\(uid),text=\(uid)").tag, as: name)
            }
            #expect(eventually { till.run.count == (round + 1) * 2 })
            for name in names { till.reader.remove(name) }
        }
        #expect(Set(till.run.texts).count == 10)
    }

    /// A tag that answers with the pages of another is refused.
    @Test func aTagWithPagesOfAnotherIsRefused() throws {
        let till = try Till()
        var liar = EmulatedType2(.ntag213, uid: [4, 1, 2, 3, 4, 5, 6])
        liar.put([4, 9, 9, 0x8C], at: 0)
        till.reader.place(liar, as: "liar")
        #expect(eventually { !till.run.refusals.isEmpty })
        #expect(till.run.refusals == ["nfc-unreadable"])
        #expect(till.run.count == 0)
    }

    /// Serial port as descriptor 0: libnfc takes that for its abort pipe.
    @Test(arguments: ["<&-", "<&- 2>&-"])
    func closedStandardStreamsDoNoHarm(closing: String) throws {
        let folder = try TemporaryFolder()
        let reader = try EmulatedReader(path: folder.path("reader"))
        reader.place(try TagSpecification("ntag213:text=A").tag, as: "a")
        let child = try ChildProcess([
            "/bin/sh", "-c", #"exec "$0" read --device "$1" --json "# + closing, Till.program,
            reader.path,
        ])
        #expect(try child.waitForEnd(patience: .seconds(20)) == .exited(status: 0))
    }
}

/// An emulated reader, and the driver in its own process, as the daemon starts it.
final class Till {
    let reader: EmulatedReader
    private let folder: TemporaryFolder?
    private let command: [String]
    private(set) var run: ScanTesting.DriverRun

    init(
        isMute: Bool = false, program: [String] = [Till.program],
        prepare: (EmulatedReader) -> Void = { _ in }
    ) throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        command = program
        reader = try EmulatedReader(path: folder.path("reader"))
        reader.setHanging(isMute)
        prepare(reader)
        run = try Self.start(program, reader)
        if !isMute { #expect(eventually { run.isListening || run.ending != nil }) }
    }

    init(sharing other: Till) throws {
        (reader, folder, command) = (other.reader, nil, other.command)
        run = try Self.start(command, reader)
    }

    private static func start(
        _ program: [String], _ reader: EmulatedReader
    ) throws -> ScanTesting.DriverRun {
        try DriverRun(
            ProcessDriver(kind: NFCDriver.kind, options: [:], program: program),
            node: reader.path, subsystem: .tty)
    }

    /// Built beside the tests.
    static var program: String {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ".build/debug/tests"
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/scanstation-driver-nfc"
    }

    func fault() -> DriverFault? {
        guard eventually(within: .seconds(20), { run.ending != nil }),
            case .failed(let fault) = run.ending
        else { return nil }
        return fault
    }

    func tap(_ specification: String) throws -> [String] {
        let before = run.count
        reader.place(try TagSpecification(specification).tag, as: "tapped")
        defer { reader.remove("tapped") }
        _ = eventually { run.count > before || run.ending != nil }
        return Array(run.texts.dropFirst(before))
    }

    /// Starts the driver again, as the supervisor does: a tap comes through within 5 s.
    func expectRecovery() throws {
        reader.clearFaults()
        let begun = SystemTime.monotonic
        run = try Self.start(command, reader)
        #expect(eventually { run.isListening })
        for name in ["a", "hostile"] { reader.remove(name) }
        #expect(try tap("ntag213:text=B") == ["B"])
        #expect(SystemTime.monotonic - begun < .seconds(5))
    }
}
