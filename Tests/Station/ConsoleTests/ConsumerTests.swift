import LocalAPI
import ScanTesting
import Testing

@testable import Console

/// One look at whoever gets what is scanned: how far, what waits, what went wrong.
@Suite struct ConsumerTests {
    @Test func whoReadsIsShownWithItsPositionAndWhatItLacks() async throws {
        try await withConsole { console in
            for number in 0..<5 { try await console.scan("A-\(number)") }
            _ = try await console.events("/v1/events?since=2&follow=false&name=erp")
            let isLeft = try await soon { console.metrics.readers.current == 0 }
            #expect(isLeft)
            try await console.scan("A-5")

            let all = try await console.get("/v1/consumers", ConsumerList.self).consumers
            let hub = try #require(all.first)
            #expect((hub.kind, hub.state) == ("hub", "not-enrolled"))
            #expect(hub.lag == 12)
            let reader = try #require(all.last)
            #expect((reader.name, reader.state, reader.code) == ("erp", "left", nil))
            #expect((reader.position, reader.lag) == (5, 1))
        }
    }

    @Test func ofThoseThatLeftTheLatestAreRemembered() {
        let readers = EventReaders()
        for number in 0...EventReaders.goneLimit {
            let reader = EventReaders.Reader(
                name: "\(number)", door: "socket", sinceMicroseconds: 1, position: 0)
            let id = readers.enter(reader) ?? -1
            readers.blame(id, "listener-stalled")
            readers.leave(id, at: 2)
        }
        let all = readers.all
        #expect(all.count == EventReaders.goneLimit)
        #expect(all.first?.name == "\(EventReaders.goneLimit)")
        #expect(all.allSatisfy { $0.fault == "listener-stalled" })
    }
}
