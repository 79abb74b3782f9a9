import CurlHTTP
import Foundation
import LocalAPI
import Pipeline
import StationStorage
import Testing

@testable import Console

@Suite struct RouteTests {
    @Test func statusTellsWhereTheWorkStands() async throws {
        try await withConsole { console in
            try await console.scan("LOC-A1")
            try await console.scan("4006381333931")
            let status = try await console.get("/v1/status", StatusReport.self)
            #expect(status.name == "dock")
            #expect(status.processID == getpid())
            #expect((status.mode, status.place) == ("receive", "LOC-A1"))
            #expect(status.openBatch?.lines == 1)
            #expect(status.link.state == "not-enrolled")
            #expect(status.outbox.waiting > 0)
            #expect(status.devices.map(\.name) == ["gun"])
            #expect(status.lastSequence == 2)
        }
    }

    @Test func aScanIsStoredWhenItIsAnswered() async throws {
        try await withConsole { console in
            let receipt = try await console.scan("4006381333931")
            #expect((receipt.sequence, receipt.signal, receipt.code) == (1, "ok", nil))
            let records = try await console.store.read { try $0.intake(after: 0, limit: 9) }
            #expect(records.map(\.text) == ["4006381333931"])
            #expect(records.map(\.device) == ["api"])
        }
    }

    @Test func aScanThatMeansNothingIsStoredAndRefused() async throws {
        try await withConsole { console in
            let receipt = try await console.scan("]E04006381333932")
            #expect((receipt.signal, receipt.code) == ("error", "check-digit"))
            #expect(receipt.sequence == 1)
        }
    }

    @Test(arguments: ["BATCH:OPEN", "%SS:BATCH:OPEN", "batch:open"])
    func aCommandIsTakenWithItsPrefixAndWithout(text: String) async throws {
        try await withConsole { console in
            let body = APIForm.text(CommandRequest(command: text, operator: "anna"))
            let receipt = try await console.send("POST", "/v1/commands", body)
                .json(ReceiptReport.self)
            #expect(receipt.signal == "batch")
            #expect(console.intake.view.openBatch != nil)
        }
    }

    @Test func batchesAreListedAndShownWithTheirLines() async throws {
        try await withConsole { console in
            try await console.scan("4006381333931")
            try await console.scan("4006381333931")
            let open = try #require(
                try await console.get("/v1/batches", BatchList.self).batches.first)
            #expect((open.stage, open.lines) == ("open", 2))
            let shown = try await console.get("/v1/batches/\(open.code)", BatchReport.self)
            #expect(shown.content?.map(\.code) == ["4006381333931", "4006381333931"])
            #expect(shown.totals.map(\.pieces) == [2])
            _ = try await console.send("POST", "/v1/commands", #"{"command":"BATCH:CLOSE"}"#)
            let closed = try await console.get("/v1/batches/\(open.code)", BatchReport.self)
            #expect(closed.stage == "closed")
            #expect(closed.totals.map(\.pieces) == [2])
        }
    }

    @Test func lookUpKnowsItemsPlacesAndSerials() async throws {
        try await withConsole { console in
            for code in ["LOC-A1", "4006381333931", "SN-7"] { try await console.scan(code) }
            let item = try await console.get("/v1/lookup?code=4006381333931", LookUpReport.self)
            #expect((item.meaning, item.name) == ("item", "04006381333931"))
            #expect(item.stock.map(\.place) == ["LOC-A1"])
            #expect(item.stock.map(\.quantity) == [1])
            let place = try await console.get("/v1/lookup?code=LOC-A1", LookUpReport.self)
            #expect(place.stock.map(\.item) == ["04006381333931"])
            let serial = try await console.get("/v1/lookup?code=SN-7", LookUpReport.self)
            #expect(serial.serial?.place == "LOC-A1")
            let stranger = try await console.get("/v1/lookup?code=X%20%26Y", LookUpReport.self)
            #expect((stranger.name, stranger.stock.count) == ("X &Y", 0))
            let sequence = try await console.store.read { try $0.lastIntake() }
            #expect(sequence == 3, "to look up is not to scan")
        }
    }

    @Test func outboxDeadLettersAndConflictsAreTold() async throws {
        try await withConsole { console in
            #expect(try await console.get("/v1/outbox", OutboxReport.self).waiting == 0)
            try await console.scan("4006381333931")
            #expect(try await console.get("/v1/outbox", OutboxReport.self).waiting == 2)
            let dead = try await console.get("/v1/outbox/dead", DeadLetterList.self)
            #expect(dead.deadLetters.isEmpty)
            #expect(try await console.get("/v1/conflicts", ConflictReport.self).isEmpty)
        }
    }

    @Test func aDeviceIsDisabledAndEnabled() async throws {
        try await withConsole { console in
            let list = try await console.get("/v1/devices", DeviceList.self)
            #expect(list.devices.map(\.state) == ["disabled"])
            let enabled = try await console.send("POST", "/v1/devices/gun/enable", "{}")
                .json(DeviceReport.self)
            #expect(enabled.state == "missing")
            let disabled = try await console.send("POST", "/v1/devices/gun/disable", "{}")
                .json(DeviceReport.self)
            #expect(disabled.state == "disabled")
        }
    }

    @Test func identifyEndsWhenItsTimeIsOver() async throws {
        try await withConsole { console in
            let request = console.request("POST", "/v1/devices/identify", #"{"seconds":1}"#)
            let stream = try await console.http.stream(request)
            var reader = ServerSentEventReader()
            var names: [String] = []
            for try await chunk in stream { names += reader.push(chunk).map(\.name) }
            #expect(names == ["listening"])
        }
    }

    @Test(arguments: ["/healthz", "/readyz"])
    func itIsHealthy(path: String) async throws {
        try await withConsole { console in
            let answer = try await console.send("GET", path)
            #expect(answer.status == 200)
        }
    }
}
