import Devices
import Dispatch
import DriverKit
import Logging
import Pipeline
import ServiceLifecycle
import StationStorage
import SyncProtocol
import Syncing

/// Reads the scanners. Returns when every driver has ended and all it read was handed over.
struct DeviceService: Service, CustomStringConvertible {
    let supervisor: DeviceSupervisor
    let devices: [ConfiguredDevice]
    let started: @Sendable () -> Void

    var description: String { "devices" }

    func run() async throws {
        await supervisor.start(devices)
        started()
        // Cancelled or asked, the end is the same.
        try? await gracefulShutdown()
        await supervisor.stop()
    }
}

/// Returns when everything handed over is stored.
struct IntakeService: Service, CustomStringConvertible {
    let intake: Intake

    var description: String { "intake" }

    func run() async throws {
        // Cancelled or asked, the end is the same.
        try? await gracefulShutdown()
        await Self.onThread { intake.stop() }
    }

    /// Waits for a thread that blocks on the disk; a task must not.
    private static func onThread(_ work: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                work()
                continuation.resume()
            }
        }
    }
}

/// Brings operations to the hub until it is asked to end.
struct SyncService: Service, CustomStringConvertible {
    let loop: SyncLoop

    var description: String { "sync" }

    func run() async throws {
        await cancelWhenGracefulShutdown { await loop.run() }
    }
}

/// Ends the daemon when the hub says that this very life was copied: what came later would have
/// the numbers of somebody else's operations.
///
/// The next one makes anew what the hub can't take. A life of the past that belongs to another
/// station is no reason: the next start would not help.
struct ForkWatch: Service, CustomStringConvertible {
    private static let codes: Set = ["fork", "incarnation-taken"]

    let link: LinkStatus
    let changes: AsyncStream<Void>
    let store: StationStore
    let life: Life

    var description: String { "fork watch" }

    func run() async throws {
        for await _ in changes.cancelOnGracefulShutdown() {
            guard case .offline(let code, _) = link.current, Self.codes.contains(code) else {
                continue
            }
            let (isForked, runs) = try await store.read {
                (try $0.isForked(), try $0.unsent(limit: 1))
            }
            if isForked || runs.first?.incarnation == life.incarnation {
                throw StationFailure.forked
            }
        }
        // The others end by themselves, in their order.
        try? await gracefulShutdown()
    }
}
