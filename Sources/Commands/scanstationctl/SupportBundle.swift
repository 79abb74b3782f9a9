import Checkup
import CommandKit
import CurlHTTP
import Glibc
import LinuxIO
import LocalAPI
import Settings

/// What a support bundle holds, gathered and blacked out.
struct SupportBundle {
    struct Part {
        var name: String
        var text: String
    }

    private static let journalLines = 500
    private static let scansLooked: Int64 = 2000
    private static let configLimitBytes = 1 << 20
    private static let introduction = """
        How a scan station fares, for whoever helps. What was scanned, places, batches, keys, tokens
        and codes were left out or blacked out. Made by scanstationctl \(Version.text).

        """

    private let station: StationOptions
    private let config: String

    init(_ station: StationOptions, config: String) {
        self.station = station
        self.config = config
    }

    func parts() async throws -> [Part] {
        let facts = try await CheckupGathering(station).facts()
        // Whoever is not running tells nothing; doctor's findings say that it doesn't.
        let client = try? station.client()
        let redaction = Redaction(scans: await scans(client, facts))
        var parts = [
            Part(name: "README", text: Self.introduction),
            Part(name: "doctor.jsonl", text: lines(Examination(facts).findings)),
            Part(name: "machine.txt", text: Self.machine(facts)),
        ]
        if case .answers(let status, let store) = facts.station {
            parts.append(Part(name: "status.json", text: APIForm.text(status.withoutGoods)))
            parts.append(Part(name: "store.json", text: APIForm.text(store)))
        }
        if let metrics = await metrics(client) {
            parts.append(Part(name: "metrics.txt", text: metrics))
        }
        if let journal = Self.journal() { parts.append(Part(name: "journal.txt", text: journal)) }
        return parts.map { Part(name: $0.name, text: redaction.apply(to: $0.text)) }
            + configuration().map {
                Part(name: $0.name, text: redaction.apply(toConfiguration: $0.text))
            }
    }

    private func lines(_ values: [some Encodable]) -> String {
        values.map { APIForm.text($0) + "\n" }.joined()
    }

    /// What was read lately, so that no sentence gives it away, and where it was.
    private func scans(_ client: StationClient?, _ facts: CheckupFacts) async -> [String] {
        guard let client, case .answers(let status, _) = facts.station else { return [] }
        var texts = [status.place] + (status.openBatch.map { [$0.code] } ?? [])
        let since = max(0, status.lastSequence - Self.scansLooked)
        // What can't be had can't be looked for; nothing of it is put in on purpose.
        try? await client.follow("GET", "/events?since=\(since)&follow=false") { event in
            let report = try APIForm.decode(EventReport.self, from: Array(event.data.utf8))
            texts += [report.text, report.batch ?? ""]
            return true
        }
        return texts
    }

    private func metrics(_ client: StationClient?) async -> String? {
        guard let client else { return nil }
        // A daemon of another version may have none.
        guard let response = try? await client.http.send(client.plainRequest("/metrics")),
            response.status == 200
        else { return nil }
        return String(decoding: response.body, as: UTF8.self)
    }

    private func configuration() -> [Part] {
        let folder = config.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        // There need be no file, and no folder.
        let fragments = (try? ConfigFile.fragments(besides: config)) ?? []
        let named =
            [("config.toml", config)]
            + fragments.map { ("conf.d-\($0)", "\(folder)/conf.d/\($0)") }
        return named.compactMap { name, path in
            guard let bytes = try? WholeFile.read(path, limitBytes: Self.configLimitBytes) else {
                return nil
            }
            return Part(name: String(name.suffix(60)), text: String(decoding: bytes, as: UTF8.self))
        }
    }

    private static func machine(_ facts: CheckupFacts) -> String {
        var system = utsname()
        uname(&system)
        let release = withUnsafeBytes(of: &system.release) {
            String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
        }
        // Every Debian has one; elsewhere the line stays empty.
        let bytes = try? WholeFile.read("/etc/os-release", limitBytes: configLimitBytes)
        let name =
            String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("PRETTY_NAME=") } ?? ""
        let usb = facts.machine.interfaces.map {
            let ids = [$0.vendorID, $0.productID].map { String($0, radix: 16) }
            return "usb=\(ids.joined(separator: ":")) class=\($0.kind) driver=\($0.driver ?? "-")"
        }
        let modules = facts.machine.modules.sorted().joined(separator: " ")
        return
            (["scanstationctl=\(Version.text)", "kernel=\(release)", String(name)] + usb
            + ["modules=\(modules)", ""]).joined(separator: "\n")
    }

    /// At debug what was scanned is logged, so those lines stay out.
    private static func journal() -> String? {
        let command = [
            "journalctl", "--unit=scanstationd", "--lines=\(journalLines)", "--priority=info",
            "--no-pager", "--quiet", "--output=short-iso",
        ]
        // No journal here, or none that we may read.
        guard let result = try? DriverPrograms.output(of: command, linesLimit: journalLines),
            result.ending == .exited(status: 0), !result.text.isEmpty
        else { return nil }
        return result.text
    }
}

extension StatusReport {
    /// Where work stands says what goods there are.
    fileprivate var withoutGoods: StatusReport {
        var status = self
        status.place = ""
        status.openBatch = nil
        status.quantity = nil
        return status
    }
}
