import CatalogueStore
import Foundation
import HubStorage
import StationStorage

/// What a code means, in a catalogue of a big warehouse.
struct CatalogueSection {
    private static let packs = 5
    let bench: Bench

    func run() async throws -> Report {
        let items = bench.operations(200_000, quick: 2000)
        var report = Report(
            title: "catalogue: names, codes and search",
            about: """
                \(Figure.of(Double(items))) items of \(Self.packs) codes each. They are taken in at \
                the hub as a sheet of as many rows, brought to a station in pages of 500 as the \
                hub sends them, one transaction a page; then the station looks up codes and \
                searches words as they are typed, some of them mistyped.
                """, columns: ["", "p50 ms", "p95 ms", "in all"])
        let hub = try HubStore(directory: bench.folder.path + "/catalogue-hub")
        let station = try StationStore(path: bench.folder.path + "/catalogue.sqlite")
        let tenant = try hub.tenant("main")
        let sheet = CatalogueSheet(items: items)

        let start = Stopwatch.now
        let outcome = try await sheet.take(to: tenant)
        let taking = Double(Stopwatch.now - start) / 1e9
        report.rows.append(["import of all rows", "", "", Figure.of(taking) + " s"])
        report.rows.append(["rows that were set apart", "", "", "\(outcome.faulty)"])
        let following = try await follow(tenant, station, &report)
        report.rows.append(["page of 500 stored", following.p50, following.p95, following.all])
        let lookUps = try samples(2000) { index in
            let code = sheet.code(index * 7919 % items, pack: index % Self.packs)
            return try station.read { try $0.meaning(of: code) } != nil
        }
        report.rows.append(["look-up of a code", lookUps.median3, lookUps.p95, ""])
        let searches = try samples(bench.isQuick ? 60 : 600) { index in
            try !station.read { try $0.searchCatalogue(sheet.query(index), limit: 20) }.isEmpty
        }
        report.rows.append(["search", searches.median3, searches.p95, ""])
        // Closing writes the log into the file.
        try station.close()
        let bytes = try FileManager.default.attributesOfItem(atPath: station.path)[.size] as? Int
        report.rows.append([
            "station's database", "", "", Figure.of(Double(bytes ?? 0) / 1e6) + " MB",
        ])
        report.expect("import \(Figure.of(taking)) s, goal 60", taking <= 60)
        let bad = (items - 1) / CatalogueSheet.badRowsApart + 1
        report.expect(
            "\(outcome.faulty) of \(bad) bad rows set apart, all others taken",
            outcome.faulty == bad && outcome.rows == items + bad)
        report.expect(
            "look-up p95 \(lookUps.p95) ms, goal 1", lookUps.percentile(95) <= 1)
        report.expect("search p95 \(searches.p95) ms, goal 20", searches.percentile(95) <= 20)
        try hub.close()
        return report
    }

    /// Milliseconds of each page.
    private func follow(
        _ tenant: TenantStore, _ station: StationStore, _ report: inout Report
    ) async throws -> (p50: String, p95: String, all: String) {
        try await station.write { try $0.beginCatalogue(of: "bench") }
        var (position, times, bytes) = (Int64(0), [Double](), 0)
        while true {
            let changes = try await tenant.catalogueChanges(after: position, limit: 500)
            bytes += try CatalogueDelta.bytes(of: changes)
            let start = position
            let time = try await Stopwatch.time {
                _ = try await station.write {
                    try $0.apply(
                        changes, after: start, of: "bench", wallMicroseconds: 1)
                }
            }
            times.append(Double(time) / 1e6)
            position = changes.end
            if changes.end == changes.head { break }
        }
        report.rows.append(["sent, gzipped", "", "", Figure.of(Double(bytes) / 1e6) + " MB"])
        let samples = Samples(times)
        return (
            samples.median3, samples.p95, Figure.of(times.reduce(0, +) / 1000) + " s"
        )
    }

    /// Milliseconds of each call, all of which must find something.
    private func samples(_ count: Int, _ call: (Int) throws -> Bool) throws -> Samples {
        var found = 0
        let times = try (0..<count).map { index in
            let start = Stopwatch.now
            if try call(index) { found += 1 }
            return Double(Stopwatch.now - start) / 1e6
        }
        guard found == count else { throw NotFound(found: found, count: count) }
        return Samples(times)
    }

    private struct NotFound: Error {
        var found: Int
        var count: Int
    }
}

extension Samples {
    fileprivate var median3: String { Figure.ratio(median) }
    fileprivate var p95: String { Figure.ratio(percentile(95)) }
}
