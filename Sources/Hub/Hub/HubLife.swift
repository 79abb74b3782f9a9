import HubStorage
import LinuxIO
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle

/// Tells the service manager that the hub lives, while its files and its server answer.
struct HubLife: Service, CustomStringConvertible {
    private struct HeldStore: Error {}

    let watch: LifeWatch
    let store: HubStore
    let log: Logger

    var description: String { "life" }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await watch.run(parts) { told($0) }
        }
    }

    private var parts: [LifeWatch.Part] {
        let threads = MultiThreadedEventLoopGroup.singleton
        return [
            .init("the store") {
                guard await store.takesWrites() else { throw HeldStore() }
            }
        ]
            + threads.makeIterator().map { thread in
                .init("the server") { try await thread.submit {}.get() }
            }
    }

    private func told(_ part: String?) {
        guard let part else {
            log.notice("hub: everything answers again")
            return SystemdNotice.status("Takes operations.").send()
        }
        let sentence = watch.warning(of: part, of: "the hub")
        log.critical("hub: \(sentence)", metadata: ["code": "stalled"])
        SystemdNotice.status(sentence).send()
    }
}
