import DriverKit
import Glibc
import LinuxIO
import ScanTesting
import Scans
import Testing

@testable import HIDPOS

/// The driver on a socket that keeps the borders of packets, as a hidraw node keeps reports.
@Suite struct HIDPOSDriverTests {
    /// Reads from this end of a socket in place of a node.
    private struct SocketDriver: Driver {
        let name: DriverName = "hidpos"
        let device: @Sendable () -> HIDRawDevice

        func claim(_ device: DeviceDescriptor) -> Claim? { .certain }

        func read(_ session: DeviceSession) throws {
            try HIDPOSDriver().read(session, from: device())
        }
    }

    private let host: FileDescriptor
    private let scanner: FileDescriptor

    init() throws {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
        host = FileDescriptor(owning: ends[0], path: "hidraw0")
        scanner = FileDescriptor(owning: ends[1], path: "scanner")
    }

    @Test func deliversCodesWithTheirSymbology() throws {
        let run = try start(SampleDescriptors.a)
        try scan(reportA("4006381333931"))
        try scan(reportA("0109521234543213", aim: "]d2"))
        #expect(eventually { run.count == 2 })
        #expect(run.texts == ["4006381333931", "0109521234543213"])
        #expect(run.stop() == .stopped)
    }

    /// The kernel keeps 64 reports: a burst of them is taken at once.
    @Test func aFullQueueIsDrained() throws {
        let codes = (0..<64).map { "\(1000 + $0)" }
        for code in codes { try scan(reportA(code)) }
        let run = try start(SampleDescriptors.a)
        #expect(eventually { run.count == 64 })
        #expect(run.texts == codes)
    }

    @Test func theVerdictIsHeardAtTheScanner() throws {
        let run = try start(SampleDescriptors.a, feedback: Feedback(.unknown, message: "?"))
        try scan(reportA("1"))
        #expect(try signal() == [4, 0b0100])
        try scan([2, 0xFF])
        #expect(try signal() == [4, 0b0001])
        #expect(run.refusals == ["report-malformed"])
    }

    @Test func aGoodReadBeepsAndLightsUp() throws {
        let run = try start(SampleDescriptors.a, feedback: Feedback(.ok, message: "Stored."))
        try scan(reportA("1"))
        #expect(try signal() == [4, 0b1010])
        #expect(run.count == 1)
    }

    @Test func aScannerWithoutBeepsIsToldNothing() throws {
        let run = try start(SampleDescriptors.c)
        try scan([1, 1, 0x31] + [UInt8](repeating: 0, count: 61))
        #expect(eventually { run.count == 1 })
        #expect(try scanner.read(limit: 64) == .wouldBlock)
    }

    @Test func aPullIsSaid() throws {
        let run = try start(SampleDescriptors.a)
        #expect(eventually { run.isListening })
        shutdown(scanner.rawValue, Int32(SHUT_RDWR))
        #expect(eventually { run.ending != nil })
        guard case .failed(let fault) = run.ending else { return #expect(Bool(false)) }
        #expect(fault.code == .unplugged)
    }

    @Test func aKeyboardIsNotSwitchedWithoutConsent() throws {
        let run = try start(SampleDescriptors.keyboard, vendor: KeyboardMode.honeywell)
        #expect(eventually { run.ending != nil })
        guard case .failed(let fault) = run.ending else { return #expect(Bool(false)) }
        #expect(fault.code == .notSuitable)
        #expect(fault.fix.contains("switch-from-keyboard"))
        #expect(try scanner.read(limit: 64) == .wouldBlock)
    }

    @Test func onlyAScannerIsProposed() {
        func claim(_ page: UInt16?) -> Claim? {
            HIDPOSDriver().claim(
                DeviceDescriptor(
                    name: "x", designatedDriver: nil, node: "/dev/hidraw0", subsystem: .hidraw,
                    identity: DeviceIdentity(usagePage: page)))
        }
        #expect(claim(0x8C) == .generic)
        #expect(claim(0x01) == nil)
        #expect(claim(nil) == nil)
    }

    @Test(arguments: [
        (SampleDescriptors.a, UInt32(0x8C_0002)), (SampleDescriptors.keyboard, 0x1_0006),
    ])
    func theFirstUsageTells(descriptor: [UInt8], usage: UInt32) {
        #expect(HIDUsage.first(in: descriptor) == usage)
    }

    private func start(
        _ descriptor: [UInt8], vendor: UInt16 = 0,
        feedback: Feedback = Feedback(.done, message: "Taken.")
    ) throws -> DriverRun {
        let host = host
        return try DriverRun(
            SocketDriver {
                HIDRawDevice(host, reportDescriptor: descriptor, vendorID: vendor)
            }, node: "hidraw0", feedback: feedback)
    }

    private func scan(_ report: [UInt8]) throws {
        #expect(try scanner.write(report) == report.count)
    }

    private func signal() throws -> [UInt8] {
        let ready = try Poll.wait(readable: [scanner], timeout: .seconds(10))
        guard ready.readable[0], case .bytes(let bytes) = try scanner.read(limit: 64) else {
            return []
        }
        return bytes
    }
}
