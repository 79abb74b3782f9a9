import Accounts
import BarcodePrinting
import HubStorage
import Hummingbird
import Replication
import SyncProtocol
import WebPages

/// Who is a station, how each is, and how another machine becomes one.
struct StationPages: Sendable {
    static let minutes = [10, 60, 24 * 60]

    let context: HubContext

    enum State {
        case seen, silent, revoked
    }

    struct Row {
        var record: StationRecord
        var alarms: [StationAlarm]
        var acknowledged: StationAcknowledgement?
        var state: State
    }

    func add(to router: Router<HubRequestContext>) {
        router.get("/stations") { _, _ in Response.page(try await list()) }
        router.post("/stations/codes") { request, _ in try await makeCode(request) }
        router.post("/stations/{station}/revoke") { request, place in
            _ = try await Form(request)
            try await context.store.registry.revoke(
                StationCode(try place.decoded("station")), tenant: try Caller.current.tenant,
                by: Caller.current.author, now: context.clock())
            return Response.seeOther("/stations")
        }
    }

    static func rows(_ context: HubContext) async throws -> [Row] {
        let tenant = try context.callersTenant()
        let alarms = try await tenant.alarms()
        let acknowledged = try await tenant.acknowledgements()
        let now = context.clock()
        return try await context.store.registry.stations(of: try Caller.current.tenant).map {
            let isSeen =
                now - ($0.lastSeen?.rawValue ?? 0) <= OverviewPage.silentMicroseconds
            let code = $0.code
            return Row(
                record: $0, alarms: alarms.filter { $0.station == code },
                acknowledged: acknowledged[code],
                state: $0.revoked != nil ? .revoked : isSeen ? .seen : .silent)
        }
    }

    /// `actions`: what stands in the last column of a station.
    static func table(
        _ rows: [Row], now: Int64, actions: ((Row) -> HTML)? = nil
    ) -> HTML {
        guard !rows.isEmpty else { return "<p class=\"empty\">No machine is a station yet.</p>" }
        let last: HTML = actions == nil ? .empty : "<th scope=\"col\">Do</th>"
        return """
            <div class="table"><table><thead><tr><th scope="col">Station</th><th scope="col">State</th>
            <th scope="col">Last hello</th><th scope="col">Last acknowledged</th>
            <th scope="col" class="number">Operations</th><th scope="col">Clock</th>
            <th scope="col">Software</th>\(last)</tr></thead>
            <tbody>\(rows.map { row($0, now, actions) })</tbody></table></div>
            """
    }

    private static func row(_ row: Row, _ now: Int64, _ actions: ((Row) -> HTML)?) -> HTML {
        let alarms: [HTML] = row.alarms.map {
            "<br><span class=\"chip\" data-kind=\"bad\" title=\"\($0.detail)\">\($0.kind.rawValue)</span>"
        }
        let (kind, word): (HTML, HTML) =
            switch row.state {
            case .seen: ("good", "Seen")
            case .silent: ("warn", "Silent")
            case .revoked: ("bad", "Revoked")
            }
        let offset = row.record.offsetMicroseconds / 1000
        let last: HTML = actions.map { "<td>\($0(row))</td>" } ?? .empty
        return """
            <tr><td><strong>\(row.record.name)</strong><br><span class="code quiet">\
            \(row.record.code.rawValue)</span>\(alarms)</td>
            <td><span class="chip" data-kind="\(kind)">\(word)</span></td>
            <td>\(When.html(row.record.lastSeen?.rawValue, now: now))</td>
            <td>\(When.html(row.acknowledged?.time.rawValue, now: now))</td>
            <td class="number">\(row.acknowledged?.taken ?? 0)</td>
            <td>\(offset == 0 ? "right" : "\(offset) ms off")</td>
            <td>\(row.record.software)</td>\(last)</tr>
            """
    }

    private func list() async throws -> Page {
        let rows = try await Self.rows(context)
        let isAdmin = Caller.current.role == .admin
        let last: ((Row) -> HTML)? = isAdmin ? { actions($0) } : nil
        let table = Self.table(rows, now: context.clock(), actions: last)
        let form = isAdmin ? inviting : .empty
        return Page(
            title: "Stations", screen: "/stations",
            body: """
                <h1 class="unseen">Stations</h1>\(form)
                <section class="card">\(table)</section>
                """)
    }

    private static func span(_ minutes: Int) -> String {
        minutes < 60 ? When.counted(minutes, "minute") : When.counted(minutes / 60, "hour")
    }

    private var inviting: HTML {
        let options: [HTML] = Self.minutes.map { minutes in
            "<option value=\"\(minutes)\">\(Self.span(minutes))</option>"
        }
        return """
            <form class="card row" method="post" action="/stations/codes">\(Form.token)
            <label>A code that makes a machine a station, good for<select name="minutes">\(options)
            </select></label><button class="main" type="submit">Make a code</button></form>
            """
    }

    private func actions(_ row: Row) -> HTML {
        let code = Address.part(row.record.code.rawValue)
        let replace = Form.button(
            "Replace the machine", to: "/stations/codes",
            hidden: [("minutes", "\(Self.minutes[0])"), ("station", row.record.code.rawValue)])
        guard row.state != .revoked else { return replace }
        return """
            <details><summary>Change</summary><div class="stack">\(replace)
            <p>Revoked, it is listened to no more until it is enrolled again. What it holds and
            scans stays on it.</p>
            \(Form.button("Revoke it", to: "/stations/\(code)/revoke", kind: "danger"))
            </div></details>
            """
    }

    private func makeCode(_ request: Request) async throws -> Response {
        let form = try await Form(request)
        let minutes = Int(form["minutes"]).flatMap { Self.minutes.contains($0) ? $0 : nil }
        let station = form["station"].isEmpty ? nil : StationCode(form["station"])
        let code = try await context.store.registry.makeEnrolmentCode(
            tenant: try Caller.current.tenant, minutes: minutes ?? Self.minutes[0],
            station: station, by: Caller.current.author, now: context.clock())
        let scheme = request.isSecure(context) ? "https://" : "http://"
        let report = EnrolmentCodeReport(
            code, pin: context.pin, hubURL: request.head.authority.map { scheme + $0 })
        return .page(try codePage(code, report, minutes: minutes ?? Self.minutes[0]))
    }

    private func codePage(
        _ code: EnrolmentCode, _ report: EnrolmentCodeReport, minutes: Int
    ) throws -> Page {
        let link = report.link ?? code.text
        return Page(
            title: "Let a machine in", screen: "/stations",
            body: """
                <section class="card stack narrow"><h1>Let a machine in</h1>
                <p>Scan this at the station, or type the code there. It is good once,
                for \(Self.span(minutes)).</p>
                <div class="qr">\(try QRPicture(link, label: "Enrolment code").html)</div>
                <p class="big code">\(code.text)</p>
                <p class="code quiet">\(link)</p>
                <p><a class="button" href="/stations">Done</a></p></section>
                """)
    }
}

/// A QR code in the page itself: it is on no address, and in no cache.
struct QRPicture {
    /// A QR code wants a margin of four modules (ISO/IEC 18004); this one has ten.
    private static let spare = 6

    private let barcode: PrintedBarcode
    private let label: String

    init(_ text: String, label: String) throws {
        (barcode, self.label) = (try PrintedBarcode(.qr, text), label)
    }

    var html: HTML {
        let path = barcode.bars.map { "M\($0.x) \($0.y)h\($0.width)v\($0.height)h-\($0.width)z" }
            .joined()
        return """
            <svg viewBox="\(Self.spare) \(Self.spare) \(barcode.width - 2 * Self.spare) \
            \(barcode.height - 2 * Self.spare)" role="img" aria-label="\(label)"
            shape-rendering="crispEdges"><rect class="paper" width="\(barcode.width)"
            height="\(barcode.height)"/><path class="ink" d="\(path)"/></svg>
            """
    }
}
