import ArgumentParser
import CommandKit
import EPCIS
import Glibc
import Hub
import HubStorage
import Replication

struct EPCISCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epcis", abstract: "What happened, as events of GS1's EPCIS 2.0.",
        subcommands: [Export.self])

    struct Export: AsyncParsableCommand {
        private static let pageLimit = 1000

        static let configuration = CommandConfiguration(
            abstract: "Write events as an EPCIS 2.0 document in JSON-LD to standard output.",
            discussion: """
                The same operations give the same events, with the same eventIDs, whenever they \
                are exported: who takes a file twice finds out by these.

                scanhub epcis export --data ./hub --since 2026-11-01 --until 2026-12-01 > nov.jsonld
                """)

        @OptionGroup var data: DataOptions
        @OptionGroup var tenant: TenantOptions
        @OptionGroup var meaning: EPCISOptions

        @Option(help: "From this moment on: 2026-11-01 or 2026-11-01T06:00:00Z; UTC.")
        var since: Moment?

        @Option(help: "Before this moment.")
        var until: Moment?

        func run() async throws {
            let settings = try meaning.settings(tenant: tenant.tenant)
            let store = try data.existingStore()
            try await write(from: try store.tenant(tenant.tenant), EPCISMapping(settings))
            try store.close()
        }

        private func write(from store: TenantStore, _ mapping: EPCISMapping) async throws {
            var writer = EPCISDocumentWriter(created: WallClock.microseconds())
            try put(writer.beginning)
            // What comes while this runs is for the next file.
            let end = store.position
            var position: FeedPosition = 0
            while position < end {
                let (page, related) = try await store.operations(
                    after: position, limit: Self.pageLimit, with: EPCISMapping.related)
                guard let last = page.last?.standing.position else { break }
                let events = page.filter { isAsked($0) && ($0.standing.position ?? 0) <= end }
                    .flatMap { mapping.events(of: $0, related: related) }
                try put(writer.lines(events))
                position = last
            }
            try put(writer.end)
        }

        /// A document that could not be written whole must not pass for one that was.
        private func put(_ text: String) throws {
            var rest = Array(text.utf8)[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes {
                    Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
                }
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else {
                    throw CommandFailure(
                        code: "file-failed",
                        message: "standard output: \(String(cString: strerror(errno)))")
                }
                rest = rest.dropFirst(count)
            }
        }

        /// By the hub's estimate of when it happened, as events say it.
        private func isAsked(_ ranked: RankedOperation) -> Bool {
            let time = ranked.standing.rank
            return time >= since?.microseconds ?? .min && time < until?.microseconds ?? .max
        }
    }
}
