import CurlHTTP
import Foundation
import LocalAPI
import ServiceLifecycle
import Testing

@testable import Console

@Suite struct StopTests {
    /// Readers of streams do not hold the station up.
    @Test func stopsAtOnceWithOpenStreams() async throws {
        let spent = try await withConsole { console in
            let events = try await console.http.stream(console.request("GET", "/v1/events"))
            let identify = try await console.http.stream(
                console.request("POST", "/v1/devices/identify", #"{"seconds":60}"#))
            let greetings = events.makeAsyncIterator()
            _ = try await greetings.next()
            let started = ContinuousClock.now
            await console.group.triggerGracefulShutdown()
            while try await greetings.next() != nil {}
            for try await _ in identify {}
            return ContinuousClock.now - started
        }
        #expect(spent < .seconds(1))
    }

    @Test func theSocketIsForOwnerAndGroup() async throws {
        try await withConsole { console in
            var status = stat()
            #expect(stat(console.socketPath, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o660)
            #expect(status.st_mode & S_IFMT == S_IFSOCK)
        }
    }
}
