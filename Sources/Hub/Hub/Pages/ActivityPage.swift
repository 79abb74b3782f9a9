import Accounts
import HubStorage
import Hummingbird
import WebPages

/// What people did, the newest first.
struct ActivityPage: Sendable {
    private static let limit = 100

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/activity") { request, _ in Response.page(try await page(request)) }
    }

    private func page(_ request: Request) async throws -> Page {
        let before = try Query(request).number("before", in: 1...Int.max).map { Int64($0) }
        let entries = try await context.store.registry.activities(
            of: try Caller.current.tenant, before: before ?? .max, limit: Self.limit)
        let older: HTML =
            entries.count < Self.limit
            ? .empty
            : "<p><a class=\"button\" href=\"/activity?before=\(entries.last?.number ?? 0)\">Older</a></p>"
        return Page(
            title: "Log", screen: "/activity",
            body: """
                <h1 class="unseen">What people did</h1><section class="card">
                \(table(entries))\(older)<p class="quiet">Each entry holds a hash of all before it:
                <code>scanhub audit verify</code> follows the chain from the first entry on.</p>
                </section>
                """)
    }

    private func table(_ entries: [Activity]) -> HTML {
        let now = context.clock()
        let rows: [HTML] = entries.map { entry in
            """
            <tr><td class="number">\(entry.number)</td><td>\(When.html(entry.time, now: now))</td>
            <td><strong>\(entry.who)</strong></td><td>\(entry.kind.rawValue)</td>
            <td>\(entry.detail)</td><td class="quiet">\(entry.address)</td></tr>
            """
        }
        return """
            <div class="table"><table><thead><tr><th scope="col" class="number">No.</th>
            <th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th>
            <th scope="col">Of what</th><th scope="col">From</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }
}
