import HubStorage
import Hummingbird
import LedgerStore
import Replication
import Reporting
import WebPages

/// What people should decide, and what was refused.
struct WorkPages: Sendable {
    private static let limit = 200
    private static let sections: [(title: String, kinds: [ConflictEntry.Kind])] = [
        ("Count again", [.recount, .counts]), ("Less than nothing", [.negativeStock]),
        ("Picked too much", [.overPick]), ("One piece at two places", [.serial]),
        ("Two values of one field", [.attribute]),
    ]

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/work") { _, _ in Response.page(try await work()) }
        router.get("/quarantine") { request, _ in Response.page(try await quarantine(request)) }
        router.post("/work/{id}/choose") { request, place in
            let form = try await Form(request)
            guard let number = Int(form["choose"]) else {
                throw RequestError.parameter("choose", form["choose"])
            }
            return try await settle(place, .choice(number))
        }
        router.post("/work/{id}/count") { request, place in
            let form = try await Form(request)
            guard let quantity = Int64(form["quantity"]), quantity >= 0 else {
                throw RequestError.parameter("quantity", form["quantity"])
            }
            return try await settle(place, .quantity(quantity))
        }
    }

    private func settle(
        _ place: HubRequestContext, _ decision: ConflictDecision
    ) async throws -> Response {
        _ = try await context.settle(try place.decoded("id"), decision)
        return Response.seeOther("/work")
    }

    private func work() async throws -> Page {
        let entries = try await context.callersTenant().conflictDetails(limit: Self.limit)
            .map { ConflictEntry($0) }
        let sections = Self.sections.compactMap { title, kinds -> HTML? in
            let found = entries.filter { kinds.contains($0.kind) }
            guard !found.isEmpty else { return nil }
            return """
                <section class="card stack"><h2>\(title) <span class="quiet">\(found.count)</span></h2>
                \(found.map(card))</section>
                """
        }
        let body: HTML =
            sections.isEmpty
            ? "<p class=\"card empty\">Nobody disagrees.</p>" : sections.joined()
        return Page(
            title: "Work", screen: "/work",
            body: """
                <h1 class="unseen">Work</h1>\(Self.tabs("/work"))\(body)
                """)
    }

    private static func tabs(_ current: String) -> HTML {
        let tabs = [("/work", "To decide"), ("/quarantine", "Refused operations")]
        let links: [HTML] = tabs.map { path, name in
            let here: HTML = path == current ? " aria-current=\"page\"" : ""
            return "<a class=\"button\" href=\"\(path)\"\(here)>\(name)</a>"
        }
        return "<nav class=\"row tabs\" aria-label=\"Lists\">\(links)</nav>"
    }

    private func card(_ entry: ConflictEntry) -> HTML {
        let believers: [HTML] = entry.candidates.map { candidate in
            "<li><strong>\(candidate.value)</strong> <span class=\"quiet\">\(candidate.by.byline)</span></li>"
        }
        return """
            <article class="letter stack" id="c-\(entry.id)"><h3>\(entry.sentence)</h3>
            <ul class="beliefs">\(believers)</ul><p>Until somebody decides: <strong>\(entry.value)
            </strong></p><div class="stack">\(choices(entry))</div></article>
            """
    }

    private func choices(_ entry: ConflictEntry) -> HTML {
        guard let role = Caller.current.role else { return .empty }
        var forms: [HTML] = []
        if AccessPolicy.deciding.allows(role) {
            forms += entry.choices.map { choice in
                Form.button(
                    choice.sentence, to: "/work/\(Address.part(entry.id))/choose",
                    hidden: [("choose", "\(choice.number)")])
            }
        }
        if entry.takesQuantity, AccessPolicy.counting.allows(role) {
            forms.append(
                """
                <form class="row" method="post" action="/work/\(Address.part(entry.id))/count">
                \(Form.token)<label>I counted<input name="quantity" inputmode="numeric" required
                pattern="[0-9]{1,12}"></label><button class="main" type="submit">That is there</button>
                </form>
                """)
        }
        return forms.isEmpty
            ? "<p class=\"quiet\">A supervisor decides.</p>" : forms.joined()
    }

    private func quarantine(_ request: Request) async throws -> Page {
        let before = try Query(request).number("before", in: 1...Int.max).map { UInt64($0) }
        let list = QuarantineList(
            try await context.callersTenant().quarantine(
                before: before ?? .max, repairedToo: false, limit: Self.limit),
            limit: Self.limit)
        let more: HTML =
            list.next.map {
                "<p><a class=\"button\" href=\"/quarantine?before=\($0)\">Older</a></p>"
            }
            ?? .empty
        return Page(
            title: "Refused operations", screen: "/work",
            body: """
                <h1 class="unseen">Refused operations</h1>\(Self.tabs("/quarantine"))
                <section class="card">\(table(list.operations))\(more)</section>
                """)
    }

    private func table(_ operations: [QuarantineReport]) -> HTML {
        guard !operations.isEmpty else {
            return
                "<p class=\"empty\">Nothing waits. What is refused is put right at its station.</p>"
        }
        let rows: [HTML] = operations.map { refused in
            """
            <tr><td>\(refused.operation.sentence)</td><td>\(refused.message)
            <br><code class="quiet">\(refused.code)</code></td>
            <td>\(refused.operation.byline)</td></tr>
            """
        }
        return """
            <div class="table"><table><thead><tr><th scope="col">What</th><th scope="col">Why it has
            no effect</th><th scope="col">Who and when</th></tr></thead><tbody>\(rows)</tbody></table>
            </div><p class="quiet">Each is put right, or given up, at its station: in the outbox of
            the operator's page.</p>
            """
    }
}
