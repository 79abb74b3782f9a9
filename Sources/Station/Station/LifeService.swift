import Devices
import LinuxIO
import Logging
import NIOCore
import Pipeline
import ServiceLifecycle
import StationStorage

/// Tells the service manager that the station lives, while everything a scan needs answers.
struct LifeService: Service, CustomStringConvertible {
    let watch: LifeWatch
    let store: StationStore
    let intake: Intake
    let supervisor: DeviceSupervisor
    let threads: any EventLoopGroup
    let log: Logger

    var description: String { "life" }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await watch.run(parts) { told($0) }
        }
    }

    private var parts: [LifeWatch.Part] {
        [
            .init("the store") { try await store.awaitWriter() },
            .init("the intake") { await intake.turn() },
            .init("the devices' thread") { _ = await supervisor.statuses() },
            .init("the local API") { try await threads.next().submit {}.get() },
        ]
    }

    private func told(_ part: String?) {
        guard let part else {
            log.notice("station: everything answers again")
            return StationNotice.takesScans.send()
        }
        let sentence = watch.warning(of: part, of: "the station")
        log.critical("station: \(sentence)", metadata: ["code": "stalled"])
        SystemdNotice.status(sentence).send()
    }
}

/// What `systemctl status` shows.
enum StationNotice {
    static let takesScans = SystemdNotice.status("Takes scans.")
}
