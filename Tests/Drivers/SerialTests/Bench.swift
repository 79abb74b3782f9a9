import DriverKit
import LinuxIO
import Scans
import Serial
import Synchronization
import Testing

/// Where the driver runs.
enum Placement: CaseIterable {
    case thread, process
}

/// A scanner on a table: a terminal pair, and a driver that reads its far end.
final class Bench: Sendable {
    private let terminal: Mutex<PseudoTerminal?>
    private let node: String
    private let store: Store
    private let session: DeviceSession
    private let thread: DeviceThread
    private let answering: KernelThread

    convenience init(
        _ placement: Placement, options: [String: OptionValue] = [:], inFlightLimit: Int = 256
    ) throws {
        let terminal = try PseudoTerminal()
        try self.init(
            placement, node: terminal.path, terminal: terminal, options: options,
            inFlightLimit: inFlightLimit)
        // A process says first what it has given up.
        let first = placement == .process ? 1 : 0
        #expect(eventually { store.notices.dropFirst(first) == [.listening] })
    }

    convenience init(_ placement: Placement, sharing other: Bench) throws {
        try self.init(placement, node: other.node)
    }

    init(
        _ placement: Placement, node: String, terminal: PseudoTerminal? = nil,
        options: [String: OptionValue] = [:], inFlightLimit: Int = 256
    ) throws {
        let store = try Store()
        let device = DeviceDescriptor(
            name: "bench", designatedDriver: "serial", node: node, subsystem: .tty)
        session = try DeviceSession(
            device, inFlightLimit: inFlightLimit, notices: { store.hear($0) },
            sink: { store.take($0) })
        answering = try KernelThread(name: "store") { try? store.answerAll() }
        thread = try DeviceThread(Self.driver(placement, options), session) { store.end($0) }
        self.terminal = Mutex(terminal)
        self.node = node
        self.store = store
    }

    private static func driver(
        _ placement: Placement, _ options: [String: OptionValue]
    ) throws -> any Driver {
        switch placement {
        case .thread: try SerialDriver.kind.make(options)
        case .process:
            ProcessDriver(
                kind: SerialDriver.kind, options: options, program: [Self.program],
                watchdogLimit: .seconds(20))
        }
    }

    /// Built beside the tests.
    static var program: String {
        let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? ".build/debug/tests"
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/") + "/scanstation-driver"
    }
}

extension Bench {
    var texts: [String] { payloads.map { Self.text($0) } }
    var payloads: [Payload] { store.captures.map(\.payload) }
    var traces: [LineTrace?] { store.traces }
    var mostInFlight: Int { store.mostWaiting }

    var refusals: [String?] {
        store.notices.compactMap {
            if case .refused(let feedback) = $0 { feedback.code } else { nil }
        }
    }

    func send(_ text: String) throws {
        try send(Array(text.utf8))
    }

    func send(_ bytes: [UInt8]) throws {
        try controller?.writeAll(bytes, patience: .seconds(30))
    }

    /// What the driver sent to the scanner.
    func receive(_ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        guard let controller else { return [] }
        while bytes.count < count {
            let ready = try Poll.wait(readable: [controller], timeout: .seconds(20))
            guard ready.readable[0], case .bytes(let more) = try controller.read(limit: 100)
            else { break }
            bytes += more
        }
        return bytes
    }

    func unplug() {
        terminal.withLock { $0 = nil }
    }

    func stop() -> DeviceThread.Ending? {
        session.stop()
        return waitForEnd()
    }

    func fault() -> DriverFault? {
        if case .failed(let fault) = waitForEnd() { return fault } else { return nil }
    }

    func eventually(_ isTrue: () -> Bool) -> Bool {
        let deadline = SystemTime.monotonic + .seconds(30)
        while SystemTime.monotonic < deadline {
            if isTrue() { return true }
            _ = try? Poll.wait(timeout: .milliseconds(2))  // Only a pause.
        }
        return isTrue()
    }

    private var controller: FileDescriptor? { terminal.withLock { $0?.controller } }

    private func waitForEnd() -> DeviceThread.Ending? {
        thread.join()
        answering.join()
        return store.ending
    }

    private static func text(_ payload: Payload) -> String {
        if case .code(let bytes) = payload { String(decoding: bytes, as: UTF8.self) } else { "?" }
    }
}
