import Glibc
import HubStorage
import Logging
import Testing
import UnixSignals

@testable import Hub

@Suite struct StopTests {
    /// A reader of the stream and a station that waits don't hold the hub up.
    @Test func stopsAtOnceWithOpenRequests() async throws {
        let store = try HubStore(directory: temporaryDirectory())
        let clock = TestClock()
        let (ports, port) = AsyncStream<Int>.makeStream()
        let server = HubServer(
            store: store, options: .init(port: 0, clock: { clock.now }),
            log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let serving = Task {
            try await server.run(stoppingOn: [UnixSignal.sigusr2]) { port.yield($1) }
        }
        var iterator = ports.makeAsyncIterator()
        let bound = try #require(await iterator.next())
        let hub = TestHub(store: store, http: TestHTTP(port: bound), clock: clock)
        let station = try await hub.station()
        let admin = try await hub.admin()
        let (greetings, greeting) = AsyncStream<Void>.makeStream()

        async let streamed = hub.http.read("/v1/operations/stream", headers: admin) {
            if $0.contains(": operations after") { greeting.yield() }
            return false
        }
        async let waiting = station.get("/v1/feed?pos=0&wait=25")
        var greeted = greetings.makeAsyncIterator()
        _ = await greeted.next()

        let started = ContinuousClock.now
        kill(getpid(), SIGUSR2)
        try await serving.value
        #expect(ContinuousClock.now - started < .seconds(1))
        _ = try await streamed
        _ = try await waiting
        try store.close()
    }
}
