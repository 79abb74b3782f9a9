import HubStorage
import Hummingbird
import Replication
import WebPages

/// How everything is: stations, what waits for people, what came in.
struct OverviewPage: Sendable {
    static let silentMicroseconds: Int64 = 300_000_000
    private static let countLimit = 1000
    private static let plotHours = 48
    private static let plotDays = 30

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/") { _, _ in Response.page(try await page()) }
    }

    private func page() async throws -> Page {
        let tenant = try context.callersTenant()
        let now = context.clock()
        let stations = try await StationPages.rows(context)
        return Page(
            title: "Overview", screen: "/",
            body: """
                <h1 class="unseen">Overview</h1>
                <section class="facts">\(try await facts(tenant, stations))</section>
                <section class="card stack"><h2>Operations an hour, last two days</h2>
                \(try await hours(tenant, now))</section>
                <section class="card stack"><h2>Operations a day, last thirty days</h2>
                \(try await days(tenant, now))</section>
                <section class="card stack"><h2>Stations</h2>
                \(StationPages.table(stations, now: now))</section>
                """)
    }

    private func facts(_ tenant: TenantStore, _ stations: [StationPages.Row]) async throws -> [HTML]
    {
        let conflicts = try await tenant.conflictDetails(limit: Self.countLimit).count
        let refused = try await tenant.quarantine(repairedToo: false, limit: Self.countLimit).count
        let sinks = try await tenant.sinkStandings()
        let silent = stations.filter { $0.state == .silent }.count
        let alarms = stations.reduce(0) { $0 + $1.alarms.count }
        return [
            fact("Operations", "\(tenant.position)", "in the log", "/stock", isBad: false),
            fact(
                "To decide", Self.count(conflicts), "stations disagree", "/work",
                isBad: conflicts > 0),
            fact(
                "Refused", Self.count(refused), "wait for their station", "/quarantine",
                isBad: refused > 0),
            fact(
                "Stations", "\(stations.filter { $0.state == .seen }.count)",
                "seen just now, \(silent) silent", "/stations", isBad: alarms > 0),
            fact(
                "Other systems", "\(sinks.reduce(0) { $0 + $1.waitingCount })",
                "operations not sent, \(When.counted(sinks.count, "sink"))", nil,
                isBad: sinks.contains { $0.parkedCount > 0 }),
        ]
    }

    private static func count(_ number: Int) -> String {
        number >= countLimit ? "\(countLimit)+" : "\(number)"
    }

    private func fact(
        _ name: String, _ number: String, _ words: String, _ path: HTML?, isBad: Bool
    ) -> HTML {
        let kind: HTML = isBad ? "warn" : "good"
        let inside: HTML = """
            <h2>\(name)</h2><p class="big" data-kind="\(kind)">\(number)</p>
            <p class="quiet">\(words)</p>
            """
        return path.map { "<a class=\"card fact\" href=\"\($0)\">\(inside)</a>" }
            ?? "<div class=\"card fact\">\(inside)</div>"
    }

    private func hours(_ tenant: TenantStore, _ now: Int64) async throws -> HTML {
        let tally = try await tenant.tally(hours: Self.plotHours, now: now)
        let last = now / 3_600_000_000
        let known = Dictionary(uniqueKeysWithValues: tally.map { ($0.hour, $0.taken) })
        let numbers = (last - Int64(Self.plotHours) + 1...last).map { known[$0] ?? 0 }
        return BarPlot(
            numbers: numbers, unit: "hour", first: "two days ago", last: "this hour"
        ).html
    }

    private func days(_ tenant: TenantStore, _ now: Int64) async throws -> HTML {
        let tally = try await tenant.tally(hours: Self.plotDays * 24, now: now)
        let last = now / 86_400_000_000
        let known = Dictionary(tally.map { ($0.hour / 24, $0.taken) }, uniquingKeysWith: +)
        let numbers = (last - Int64(Self.plotDays) + 1...last).map { known[$0] ?? 0 }
        return BarPlot(
            numbers: numbers, unit: "day", first: "thirty days ago", last: "today (UTC)"
        ).html
    }
}

/// Numbers as bars, drawn by the hub: no script is needed.
struct BarPlot {
    private static let (barWidth, gap, height) = (10, 2, 100)

    var numbers: [Int]
    var unit: String
    var first: String
    var last: String

    var html: HTML {
        let top = numbers.max() ?? 0
        let width = numbers.count * (Self.barWidth + Self.gap)
        let total = numbers.reduce(0, +)
        return """
            <svg class="plot" viewBox="0 0 \(width) \(Self.height)" preserveAspectRatio="none"
            role="img" aria-label="\(total) operations in all, most in one \(unit): \(top)">
            <path class="base" d="M0 \(Self.height - 1)H\(width)"/>\(bars(top))</svg>
            <p class="row quiet"><span>\(first)</span><span class="grow"></span>
            <span>\(total) in all, at most \(top) in one \(unit)</span><span class="grow"></span>
            <span>\(last)</span></p>
            """
    }

    private func bars(_ top: Int) -> [HTML] {
        numbers.enumerated().compactMap { index, number in
            guard number > 0 else { return nil }
            let high = max(2, number * (Self.height - 2) / max(top, 1))
            return """
                <rect x="\(index * (Self.barWidth + Self.gap))" y="\(Self.height - high)" \
                width="\(Self.barWidth)" height="\(high)"/>
                """
        }
    }
}
