import Foundation
import HubStorage
import Replication
import SyncProtocol
import Testing

@testable import Hub

@Suite struct AdminTests {
    @Test(arguments: [
        "/v1/stock", "/v1/stock/explain?item=A&place=P", "/v1/serials/S", "/v1/batches/B",
        "/v1/conflicts", "/v1/stations", "/v1/operations", "/v1/operations/stream",
    ])
    func needsAToken(path: String) async throws {
        try await withHub { hub in
            let none = try await hub.http.send("GET", path)
            #expect(none.status == 401)
            #expect(none.code == "token-missing")
            let wrong = try await hub.http.send(
                "GET", path, headers: [("Authorization", "Bearer sht_guess")])
            #expect(wrong.status == 401)
            #expect(wrong.code == "token-unknown")
        }
    }

    @Test func showsStockPageByPage() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            for item in ["A b", "Ä/1", "C"] {
                station.make(.adjust(StockKey(item: ItemCode(item), place: "P"), delta: 2))
            }
            _ = try await station.push(1...3)
            let admin = try await hub.admin()
            var found: [String] = []
            var after = ""
            while true {
                let answer = try await hub.http.send(
                    "GET", "/v1/stock?place=P&limit=1\(after)", headers: admin)
                let page = try answer.json(StockList.self)
                found += page.stock.map { "\($0.item) \($0.quantity)" }
                guard let next = page.next else { break }
                after = "&after=\(next)"
            }
            #expect(found == ["A b 2", "C 2", "Ä/1 2"])
            let one = try await hub.http.send(
                "GET", "/v1/stock?item=%C3%84%2F1&place=P", headers: admin)
            #expect(try one.json(StockList.self).stock.map(\.item) == ["Ä/1"])
        }
    }

    @Test func explainsABalance() async throws {
        try await withHub { hub in
            var counter = try await hub.station()
            var taker = try await hub.station()
            let key = StockKey(item: "A", place: "P")
            counter.make(.count(key, quantity: 95))
            taker.make(.adjust(key, delta: -5))
            _ = try await counter.push(1...1)
            _ = try await taker.push(1...1)
            let admin = try await hub.admin()

            let answer = try await hub.http.send(
                "GET", "/v1/stock/explain?item=A&place=P", headers: admin)
            let report = try answer.json(BalanceReport.self)
            #expect(report.quantity == 90)
            #expect(report.count?.counted == 95)
            #expect(report.notSeen == -5)
            #expect(report.postings.map(\.quantity) == [-5])
            #expect(report.postings.map(\.by.station) == [taker.code.rawValue])

            let conflicts = try await hub.http.send("GET", "/v1/conflicts", headers: admin)
            let recounts = try conflicts.json(ConflictReport.self).recounts
            #expect(recounts.map(\.recount?.ifCountedLast) == [95])
        }
    }

    @Test func showsWhatTwoStationsSayOfOneSerial() async throws {
        try await withHub { hub in
            var one = try await hub.station()
            var other = try await hub.station()
            one.make(.serial("S 7", place: "L2"))
            other.make(.serial("S 7", place: "L3"))
            _ = try await one.push(1...1)
            _ = try await other.push(1...1)
            let admin = try await hub.admin()

            let answer = try await hub.http.send("GET", "/v1/serials/S%207", headers: admin)
            #expect(try answer.json(SerialReport.self).contested == ["L2", "L3"])
            let missing = try await hub.http.send("GET", "/v1/serials/none", headers: admin)
            #expect(missing.status == 404)
            #expect(missing.code == "not-found")
        }
    }

    @Test func showsBatchesAndStations() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.make(.batchAdd(BatchLine(batch: "B-1", code: "4006381333931", aim: "]E0")))
            _ = try await station.push(1...1)
            _ = try await station.hello(last: 1)
            let admin = try await hub.admin()

            let batch = try await hub.http.send("GET", "/v1/batches/B-1", headers: admin)
            #expect(try batch.json(BatchReport.self).lines.map(\.code) == ["4006381333931"])
            let stations = try await hub.http.send("GET", "/v1/stations", headers: admin)
            let list = try stations.json(StationList.self).stations
            #expect(list.map(\.station) == [station.code.rawValue])
            #expect(list.map(\.lastSeen) == [HybridTime(rawValue: hub.clock.now).text])
        }
    }

    @Test func makesEnrolmentCodes() async throws {
        try await withHub { hub in
            let admin = try await hub.admin(tenant: "other")
            let answer = try await hub.http.send(
                "POST", "/v1/enrolment-codes?minutes=5", headers: admin)
            #expect(answer.status == 201)
            var station = TestStation(hub: hub)
            try await station.enrol(code: try answer.json(EnrolmentCodeReport.self).code)
            #expect(station.tenant == "other")
        }
    }

    @Test func streamsOperationsAsTheyCome() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(3)
            _ = try await station.push(1...2)
            let sender = station
            let admin = try await hub.admin()

            async let streamed = hub.http.read(
                "/v1/operations/stream?after=1", headers: admin
            ) { $0.contains("id: 3\n") }
            _ = try await sender.push(3...3)

            let text = try await streamed
            #expect(!text.contains("id: 1\n"))
            #expect(text.contains("id: 2\nevent: operation\ndata: {"))
            #expect(text.contains(#""kind":"adjust""#))
        }
    }

    @Test func listsOperations() async throws {
        try await withHub { hub in
            var station = try await hub.station()
            station.makeMany(3)
            station.make(.adjust(StockKey(item: "", place: "P"), delta: 1))
            _ = try await station.push(1...4)
            let answer = try await hub.http.send(
                "GET", "/v1/operations?after=1&limit=5", headers: hub.admin())
            let list = try answer.json(OperationList.self)
            #expect(list.operations.map(\.position) == [2, 3, 4])
            #expect(list.operations.map(\.refusal?.code) == [nil, nil, "empty-item"])
            #expect(list.position == 4)
        }
    }
}
