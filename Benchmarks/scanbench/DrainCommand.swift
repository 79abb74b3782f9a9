import ArgumentParser
import CurlHTTP
import Foundation
import Logging
import StationStorage
import Syncing

/// The station of the section `drain`: a process of its own, whose memory can be looked at.
struct DrainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drain-station", abstract: "Send a store's operations to a hub.",
        shouldDisplay: false)

    @Option var store: String
    @Option var hub: String
    @Option var code: String
    @Flag var scanning = false

    func run() async throws {
        let store = try StationStore(path: store)
        let http = try HTTPClient()
        let key = try StationKey(at: self.store + ".key")
        let settings = SyncSettings(
            software: "scanbench", fingerprint: "scanbench",
            wallClock: { Int64(Date().timeIntervalSince1970 * 1_000_000) })
        let enrolling = Enrolling(store: store, http: http, key: key, settings: settings)
        _ = try await enrolling.enrol(hubURL: hub, code: code, name: "scanbench")
        let waiting = try await store.read { try $0.outboxDepth().waiting }
        let loop = SyncLoop(
            store: store, http: http, key: key, settings: settings,
            status: LinkStatus(changed: {}), log: Logger(label: "scanbench"))

        // The parent looks at the idle process, then tells it to go on.
        say("waiting \(waiting)")
        _ = readLine()
        var scans = ScansBeside(store: store)
        if scanning { try scans.timeIdle() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await loop.run() }
            let start = ContinuousClock.now
            // Scans made beside may be left: nobody tells the loop of them.
            while try await store.read({ try $0.outboxDepth().waiting }) > scans.madeBusy {
                if scanning { try scans.timeBusy() }
                try await Task.sleep(for: .milliseconds(5))
            }
            let time = (ContinuousClock.now - start) / .nanoseconds(1)
            say("drained \(time) \(scans.busyOfIdle)")
            group.cancelAll()
        }
        _ = readLine()
        http.close()
        try store.close()
    }

    private func say(_ line: String) {
        print(line)
        fflush(nil)
    }
}
