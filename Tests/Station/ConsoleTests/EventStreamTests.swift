import CurlHTTP
import DriverKit
import Foundation
import LocalAPI
import Pipeline
import ScanTesting
import Scans
import Testing

@testable import Console

@Suite struct EventStreamTests {
    /// From wherever one asks, while scans arrive: every record once, in order.
    @Test(arguments: UInt64(0)..<4)
    func noneIsMissingAndNoneComesTwice(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let before = Int.random(in: 1...40, using: &random)
        let after = Int.random(in: 1...40, using: &random)
        let since = Int.random(in: 0...before, using: &random)
        try await withConsole { console in
            for number in 0..<before { try await console.scan("A-\(number)") }
            async let read = console.events(
                "/v1/events?since=\(since)", count: before + after - since)
            for number in before..<before + after { try await console.scan("A-\(number)") }

            let events = try await read
            #expect(events.map(\.id) == (since + 1...before + after).map { "\($0)" })
            #expect(events.allSatisfy { $0.name == "intake" })
            let texts = try events.map {
                try APIForm.decode(EventReport.self, from: Array($0.data.utf8)).text
            }
            #expect(texts == (since..<before + after).map { "A-\($0)" })
        }
    }

    @Test func aReaderGoesOnWhereItLeftOff() async throws {
        try await withConsole { console in
            for number in 0..<5 { try await console.scan("A-\(number)") }
            var request = console.request("GET", "/v1/events?since=0&follow=false")
            request.headers = [("Last-Event-ID", "3")]
            var reader = ServerSentEventReader()
            var ids: [String?] = []
            for try await chunk in try await console.http.stream(request) {
                ids += reader.push(chunk).map(\.id)
            }
            #expect(ids == ["4", "5"])
        }
    }

    @Test func withoutFollowingItEnds() async throws {
        try await withConsole { console in
            #expect(try await console.events("/v1/events?since=0&follow=false").isEmpty)
            try await console.scan("A")
            #expect(try await console.events("/v1/events?since=0&follow=false").count == 1)
            #expect(try await console.events("/v1/events?follow=false").isEmpty)
        }
    }

    @Test func moreThanAPageComesWhole() async throws {
        let count = StationEvents.pageLimit + 1
        try await withConsole { console in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<count {
                    group.addTask {
                        _ = try await console.intake.submit(code: "\(number)", device: "x")
                    }
                }
                try await group.waitForAll()
            }
            let events = try await console.events("/v1/events?since=0&follow=false")
            #expect(events.compactMap(\.id) == (1...count).map { "\($0)" })
        }
    }

    @Test func whatIsLostIsToldToWhoListens() async throws {
        try await withConsole { console in
            let stream = try await console.http.stream(console.request("GET", "/v1/events"))
            var reader = ServerSentEventReader()
            var event: ServerSentEvent?
            var hasPosted = false
            for try await chunk in stream {
                event = reader.push(chunk).first
                // The greeting has come: this reader listens.
                if !hasPosted {
                    hasPosted = true
                    console.notices.refused(
                        "gun", Feedback(.error, code: "line-too-long", message: "Too long."))
                }
                if event != nil { break }
            }
            #expect(event?.name == "refused")
            #expect(event?.id == nil)
            #expect(event?.data.contains("line-too-long") == true)
        }
    }

    @Test func theBoardKeepsTheNewest() async throws {
        try await withConsole { console in
            for _ in 0...NoticeBoard.limit {
                console.notices.refused("gun", Feedback(.error, message: "Lost."))
            }
            let kept = console.notices.notices(after: 0)
            #expect(kept.count == NoticeBoard.limit)
            #expect(kept.first?.number == 2)
        }
    }
}
