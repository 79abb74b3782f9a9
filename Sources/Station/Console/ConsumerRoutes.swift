import Hummingbird
import LocalAPI
import StationStorage
import Syncing

/// Whoever gets what the station takes in.
struct ConsumerRoutes: Sendable {
    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("consumers") { _, _ in try await list() }
    }

    private func list() async throws -> Response {
        let (depth, enrolment, last) = try await context.store.read {
            (try $0.outboxDepth(), try $0.enrolment(), try $0.lastIntake())
        }
        let link = LinkReport(context.link.current, enrolment)
        let hub = ConsumerReport(
            name: link.hubURL ?? "hub", kind: "hub", door: "hub", state: link.state,
            lag: Int64(depth.waiting), oldest: depth.oldestMicroseconds.map(APIForm.time),
            code: link.code)
        let readers = context.metrics.readers.all.map { ConsumerReport($0, last: last) }
        return .json(ConsumerList(consumers: [hub] + readers))
    }
}

extension ConsumerReport {
    fileprivate init(_ reader: EventReaders.Reader, last: Int64) {
        self.init(
            name: reader.name, kind: "events", door: reader.door,
            state: reader.leftMicroseconds == nil ? "reading" : "left",
            since: APIForm.time(reader.sinceMicroseconds), position: reader.position,
            lag: max(0, last - reader.position), left: reader.leftMicroseconds.map(APIForm.time),
            code: reader.fault)
    }
}
