import CatalogueStore
import HTTPTypes
import HubStorage
import Hummingbird
import LedgerStore
import NIOCore
import Replication
import WebPages

/// What is where, and how it came about, down to the operations.
struct StockPages: Sendable {
    private static let pageLimit = 100
    private static let exportPage = 1000
    private static let postingsLimit = 200
    private static let matchesLimit = 10

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/stock") { request, _ in Response.page(try await list(request)) }
        router.get("/stock/explain") { request, _ in Response.page(try await explain(request)) }
        router.get("/stock.csv") { request, _ in try await export(request) }
    }

    private func list(_ request: Request) async throws -> Page {
        let query = Query(request)
        let (item, place) = (query.text("item") ?? "", query.text("place") ?? "")
        var filter = try filter(query)
        let tenant = try context.callersTenant()
        var balances = try await tenant.stock(filter, limit: Self.pageLimit)
        if balances.isEmpty, let padded = Self.paddedNumber(item) {
            filter.item = ItemCode(padded)
            balances = try await tenant.stock(filter, limit: Self.pageLimit)
        }
        let names = try await tenant.itemNames(Set(balances.map { $0.key.item.rawValue }))
        let others =
            balances.isEmpty && !item.isEmpty
            ? try await tenant.searchCatalogue(item, limit: Self.matchesLimit) : []
        let next =
            balances.count < Self.pageLimit ? nil : balances.last.map { PageMark.text($0.key) }
        return Page(
            title: "Stock", screen: "/stock",
            body: """
                <h1 class="unseen">Stock</h1>
                <form class="card row" method="get" action="/stock">
                <label>Item, its code or words of its name<input name="item" value="\(item)" maxlength="200"></label>
                <label>Place<input name="place" value="\(place)" maxlength="200"></label>
                <button class="main" type="submit">Show</button>
                <a class="button" href="/stock.csv\(Self.fields(query))">Download as CSV</a></form>
                <section class="card">\(table(balances, names))\(matches(others))\(more(query, next))</section>
                """)
    }

    private func filter(_ query: Query) throws -> StockFilter {
        func text(_ name: String) -> String? { query.text(name).flatMap { $0.isEmpty ? nil : $0 } }
        return StockFilter(
            item: text("item").map { ItemCode($0) }, place: text("place").map { PlaceCode($0) },
            after: try query.text("after").map { text throws in try PageMark.key(text) })
    }

    /// A number as it is printed, as item codes hold it: 14 digits. nil: it is none.
    private static func paddedNumber(_ text: String) -> String? {
        let digits = text.filter { $0 != " " }
        guard [8, 12, 13].contains(digits.count), digits.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        return String(repeating: "0", count: 14 - digits.count) + digits
    }

    private static func fields(_ query: Query, after: String? = nil) -> String {
        Address.query(["item": query.text("item"), "place": query.text("place"), "after": after])
    }

    private func more(_ query: Query, _ next: String?) -> HTML {
        next.map {
            "<p><a class=\"button\" href=\"/stock\(Self.fields(query, after: $0))\">More</a></p>"
        }
            ?? .empty
    }

    /// Items that words stand for, to choose from.
    private func matches(_ found: [CatalogueMatch]) -> HTML {
        let links: [HTML] = found.map { match in
            let item = match.item
            return """
                <li><a class="button" href="/stock\(Address.query(["item": item.key]))">\(item.name)
                <span class="code quiet">\(item.key)</span></a></li>
                """
        }
        return links.isEmpty ? .empty : "<ul class=\"list stack\">\(links)</ul>"
    }

    private func table(_ balances: [StockBalance], _ names: [String: String]) -> HTML {
        guard !balances.isEmpty else {
            return "<p class=\"empty\">Nothing of that is in stock.</p>"
        }
        return """
            <div class="table"><table><thead><tr><th scope="col">Item</th><th scope="col">Place</th>
            <th scope="col">Lot</th><th scope="col" class="number">Quantity</th>
            <th scope="col"><span class="unseen">Why</span></th></tr></thead>
            <tbody>\(balances.map { row($0, names[$0.key.item.rawValue]) })</tbody></table></div>
            """
    }

    private func row(_ balance: StockBalance, _ name: String?) -> HTML {
        let title: HTML = name.map { "<strong>\($0)</strong><br>" } ?? .empty
        let key = balance.key
        let query = Address.query([
            "item": key.item.rawValue, "place": key.place.rawValue, "lot": key.lot.rawValue,
        ])
        let recount: HTML =
            balance.recount == nil
            ? .empty : " <span class=\"chip\" data-kind=\"warn\">count again</span>"
        let side: HTML = key.place.isInternal ? " <span class=\"quiet\">(books)</span>" : .empty
        return """
            <tr><td>\(title)<span class="code">\(key.item.rawValue)</span></td><td>\(key.place.rawValue)\(side)</td>
            <td>\(key.lot.rawValue)</td><td class="number">\(balance.value)\(recount)</td>
            <td><a class="button" href="/stock/explain\(query)">Why?</a></td></tr>
            """
    }

    private func explain(_ request: Request) async throws -> Page {
        let query = Query(request)
        let key = StockKey(
            item: ItemCode(try query.required("item")),
            place: PlaceCode(try query.required("place")),
            lot: LotCode(query.text("lot") ?? ""))
        let explanation = try await context.callersTenant().explain(
            key, limit: Self.postingsLimit)
        return Page(
            title: "Why is it so?", screen: "/stock",
            body: BalancePart(explanation).html)
    }

    /// Everything that the filter lets through, page by page, as it is read.
    private func export(_ request: Request) async throws -> Response {
        let asked = try filter(Query(request))
        let tenant = try context.callersTenant()
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8",
                .contentDisposition: "attachment; filename=\"stock.csv\"",
            ],
            body: ResponseBody { writer in
                var filter = asked
                try await writer.write(
                    ByteBuffer(string: CSVExport.line(["item", "place", "lot", "quantity"])))
                while true {
                    let page = try await tenant.stock(filter, limit: Self.exportPage)
                    let lines = page.map { balance in
                        CSVExport.line([
                            balance.key.item.rawValue, balance.key.place.rawValue,
                            balance.key.lot.rawValue, "\(balance.value)",
                        ])
                    }
                    try await writer.write(ByteBuffer(string: lines.joined()))
                    guard page.count == Self.exportPage, let last = page.last else { break }
                    filter.after = last.key
                }
                try await writer.finish(nil)
            })
    }
}

/// Lines of comma-separated values (RFC 4180) that spreadsheets are meant to open.
enum CSVExport {
    static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\r\n"
    }

    /// What a spreadsheet would take for a formula gets an apostrophe: a code that somebody scanned
    /// must not run in the office. Numbers stay numbers.
    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) }
        let safe = isFormula == true && Int64(text) == nil ? "'" + text : text
        let isPlain = !safe.unicodeScalars.contains { ",\";\r\n\t'".unicodeScalars.contains($0) }
        return isPlain ? safe : "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}
