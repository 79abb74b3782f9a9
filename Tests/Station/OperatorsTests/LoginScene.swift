import Crypto
import Foundation
import Logging
import OperatorGrants
import Replication
import ScanTesting
import Scans
import StationStorage
import Synchronization

@testable import Operators

/// A desk before a real store, with a hub's key and clocks of its own.
final class LoginScene: Sendable {
    static let start: Int64 = 1_800_000_000_000_000
    static let pin = "271828"

    let path: String
    let hubKey = Curve25519.Signing.PrivateKey()
    private let store: Mutex<StationStore>
    private let time = Mutex((wall: LoginScene.start, running: Int64(0)))
    private let news = Mutex(0)

    init() throws {
        let folder = NSTemporaryDirectory() + "login-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        path = folder + "/station.db"
        store = Mutex(try StationStore(path: path))
        try current.write { transaction in
            try transaction.enrol(
                station: "st-1", tenant: "main", hubURL: "http://hub", generation: "g")
        }
        try current.write { try $0.noteHubKey(Array(hubKey.publicKey.rawRepresentation)) }
    }

    var current: StationStore { store.withLock { $0 } }

    /// How often the desk said that something changed.
    var changes: Int { news.withLock { $0 } }

    func pass(seconds: Int64) {
        time.withLock {
            ($0.wall, $0.running) = (
                $0.wall + seconds * 1_000_000, $0.running + seconds * 1_000_000
            )
        }
    }

    /// Only the clock that may be wrong.
    func setWall(to wall: Int64) { time.withLock { $0.wall = wall } }

    /// The process ends and begins again.
    func restart() throws {
        try store.withLock { store in
            try store.close()
            store = try StationStore(path: path)
        }
    }

    func desk(isRequired: Bool = true, idle: Duration = .seconds(900)) -> LoginDesk {
        LoginDesk(
            store: current, rules: .init(isRequired: isRequired, idleLimit: idle),
            clocks: .init(
                wall: { self.time.withLock { $0.wall } },
                running: { self.time.withLock { $0.running } }),
            log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            changed: { _ in self.news.withLock { $0 += 1 } })
    }

    /// As the hub would send it.
    func keep(_ grants: [OperatorGrant], issued: Int64 = start) throws {
        let signed = try Roster(tenant: "main", version: 1, issued: issued, grants: grants)
            .signed(by: hubKey)
        try current.write { try $0.keep(signed) }
    }

    static func grant(
        _ name: String = "ada", _ role: OperatorRole = .operator, days: Int64 = 30,
        badges: String...
    ) throws -> OperatorGrant {
        OperatorGrant(
            name: name, role: role, expires: start + days * 86_400_000_000,
            pin: try PINHash(try PIN(pin), rounds: 1 << 10),
            badges: badges.compactMap { Badge($0)?.mark(tenant: "main") })
    }
}

extension Capture {
    static func badge(_ number: String, isProven: Bool) -> Capture {
        Capture(
            device: "nfc", payload: .badge(ShownBadge(number: number, isProven: isProven)),
            time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0))
    }

    static func code(_ text: String) -> Capture {
        Capture(
            device: "gun", payload: .keystrokes(text),
            time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0))
    }
}
