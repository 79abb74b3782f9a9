import DriverKit
import Glibc
import LinuxIO
import Scans
import Synchronization

/// Counts by node, for drivers of several tests at once.
final class Tally: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func add(_ node: String) { counts.withLock { $0[node, default: 0] += 1 } }

    subscript(node: String) -> Int { counts.withLock { $0[node] ?? 0 } }
}

extension DriverKind {
    fileprivate init(_ driver: any Driver) {
        self.init(name: driver.name, summary: "Odd.", options: [], subsystem: .other) { _ in driver
        }
    }
}

/// Fails each time.
struct FailingDriver: Driver {
    static let kind = DriverKind(FailingDriver())
    private static let tally = Tally()
    let name: DriverName = "failing"

    static func tries(at node: String) -> Int { tally[node] }

    func claim(_ device: DeviceDescriptor) -> Claim? { nil }

    func read(_ session: DeviceSession) throws {
        Self.tally.add(session.device.node)
        throw DriverFault(.other("out-of-paper"), "It has no paper", fix: "Bring paper.")
    }
}

/// Finds its port held by somebody until he lets go.
struct StubbornDriver: Driver {
    static let kind = DriverKind(StubbornDriver())
    private static let tally = Tally()
    private static let free = Tally()
    let name: DriverName = "stubborn"

    static func tries(at node: String) -> Int { tally[node] }

    static func letGo(_ node: String) { free.add(node) }

    func claim(_ device: DeviceDescriptor) -> Claim? { nil }

    func read(_ session: DeviceSession) throws {
        let node = session.device.node
        Self.tally.add(node)
        guard Self.free[node] > 0 else {
            throw LinuxError.failed("open", on: node, number: EBUSY)
        }
        while try session.pause(.seconds(60)) {}
    }
}

/// Its operator panics at once.
struct PanickingDriver: Driver {
    static let kind = DriverKind(PanickingDriver())
    let name: DriverName = "panicking"

    func claim(_ device: DeviceDescriptor) -> Claim? { nil }

    func read(_ session: DeviceSession) throws {
        _ = try session.pause(.milliseconds(1))
        throw DriverFault(.panicChord, "The panic chord was pressed.", fix: "Enable it again.")
    }
}

/// Has something left to say when it is stopped.
struct SlowDriver: Driver {
    static let kind = DriverKind(SlowDriver())
    let name: DriverName = "slow"

    func claim(_ device: DeviceDescriptor) -> Claim? { nil }

    func read(_ session: DeviceSession) throws {
        while try session.pause(.seconds(60)) {}
        _ = try Poll.wait(timeout: .milliseconds(50))
        try session.deliver(.code(Array("last words".utf8)))
    }
}

/// Does not hear that it is to stop.
struct HangingDriver: Driver {
    static let kind = DriverKind(HangingDriver())
    private static let hasEnded = Atomic(false)
    let name: DriverName = "hanging"

    static func end() { hasEnded.store(true, ordering: .relaxed) }

    func claim(_ device: DeviceDescriptor) -> Claim? { nil }

    func read(_ session: DeviceSession) throws {
        _ = try session.pause(.milliseconds(1))
        while !Self.hasEnded.load(ordering: .relaxed) {
            _ = try Poll.wait(timeout: .milliseconds(5))
        }
    }
}
