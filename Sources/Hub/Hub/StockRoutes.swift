import Foundation
import HubStorage
import Hummingbird
import LedgerStore
import Replication

/// What is where, and why: for people and their programs.
struct StockRoutes: Sendable {
    static let limitDefault = 100
    static let limitMaximum = 1000

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/v1/stock") { request, _ in try await stock(request) }
        router.get("/v1/stock/explain") { request, _ in try await explain(request) }
        router.get("/v1/serials/{serial}") { request, parameters in
            try await serial(request, SerialCode(parameters.decoded("serial")))
        }
        router.get("/v1/batches/{batch}") { request, parameters in
            try await batch(request, BatchCode(parameters.decoded("batch")))
        }
    }

    private func stock(_ request: Request) async throws -> Response {
        let tenant = try context.callersTenant()
        let query = Query(request)
        let limit = try limit(query)
        let filter = StockFilter(
            item: query.text("item").map { ItemCode($0) },
            place: query.text("place").map { PlaceCode($0) },
            after: try query.text("after").map { text throws in try PageMark.key(text) })
        let balances = try await tenant.stock(filter, limit: limit)
        return .json(
            StockList(
                stock: balances.map(StockReport.init),
                next: balances.count < limit ? nil : balances.last.map { PageMark.text($0.key) }))
    }

    private func explain(_ request: Request) async throws -> Response {
        let tenant = try context.callersTenant()
        let query = Query(request)
        let key = StockKey(
            item: ItemCode(try query.required("item")),
            place: PlaceCode(try query.required("place")), lot: LotCode(query.text("lot") ?? ""))
        return .json(BalanceReport(try await tenant.explain(key, limit: try limit(query))))
    }

    private func serial(_ request: Request, _ serial: SerialCode) async throws -> Response {
        guard let placement = try await context.callersTenant().serial(serial) else {
            throw HubError.notFound("serial \(serial)")
        }
        return .json(SerialReport(serial, placement))
    }

    private func batch(_ request: Request, _ batch: BatchCode) async throws -> Response {
        let lines = try await context.callersTenant().batchLines(batch, limit: Self.limitMaximum)
        guard !lines.isEmpty else { throw HubError.notFound("batch \(batch)") }
        return .json(BatchReport(batch, lines))
    }

    private func limit(_ query: Query) throws -> Int {
        try query.number("limit", in: 1...Self.limitMaximum) ?? Self.limitDefault
    }
}

/// Where a page of stock ended, as one opaque word.
enum PageMark {
    static func text(_ key: StockKey) -> String {
        let parts = [key.item.rawValue, key.place.rawValue, key.lot.rawValue]
        return Data(JSONForm.encode(parts)).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    static func key(_ text: String) throws(RequestError) -> StockKey {
        let padded =
            text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
            + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        // Whatever is wrong with it, it is not a mark of ours.
        guard let data = Data(base64Encoded: padded),
            let parts = try? JSONDecoder().decode([String].self, from: data), parts.count == 3
        else { throw .parameter("after", text) }
        return StockKey(
            item: ItemCode(parts[0]), place: PlaceCode(parts[1]), lot: LotCode(parts[2]))
    }
}

extension HubRequestContext {
    /// A part of the path, with its percent signs resolved.
    func decoded(_ name: String) throws -> String {
        let text = try parameters.require(name)
        return text.removingPercentEncoding ?? text
    }
}
