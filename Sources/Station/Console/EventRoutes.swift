import HTTPTypes
import Hummingbird
import LocalAPI
import Logging
import NIOCore
import Operators
import Pipeline
import Scans
import ServiceLifecycle
import StationStorage

/// What comes in, as it comes: stored records after a sequence, then live.
struct EventRoutes: Sendable {
    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("events") { request, _ in try await stream(request) }
    }

    /// Starts where the reader left off (`Last-Event-ID`), where it says (`since`), or now.
    private func stream(_ request: Request) async throws -> Response {
        let leftOff = HTTPField.Name("Last-Event-ID").flatMap { request.headers[$0] }
            .flatMap { Int64($0) }
        let since = try leftOff ?? request.number("since", in: 0...Int64.max)
        let isFollowing = try request.flag("follow", default: true)
        let last = try await context.store.read { try $0.lastIntake() }
        let readers = context.metrics.readers
        guard readers.current < EventReaders.limit else {
            throw ConsoleError.tooManyListeners(limit: EventReaders.limit)
        }
        let (connection, caller) = (StallWatch.connection, Caller.current)
        let reader = EventReaders.Reader(
            name: name(of: request, caller), door: "\(caller.door)",
            sinceMicroseconds: context.clock(), position: since ?? last)
        return .events { writer in
            guard let id = readers.enter(reader) else { return }
            defer { readers.leave(id, at: context.clock()) }
            let events = StationEvents(
                store: context.store, news: context.news, notices: context.notices,
                after: reader.position, isFollowing: isFollowing,
                told: { readers.advance(id, to: $0) })
            try await send(events, to: caller, over: connection, as: id, &writer)
        }
    }

    /// As it calls itself, or else by its token or its program.
    private func name(of request: Request, _ caller: Caller) -> String {
        let name =
            request.parameter("name") ?? caller.program?.name ?? caller.session?.name
            ?? request.headers[.userAgent] ?? "unnamed"
        return PrintableText(name, limit: 60).description
    }

    /// A reader that takes nothing for long is let go: it holds a connection, and goes on with
    /// `Last-Event-ID` when it reads again.
    private func send(
        _ events: StationEvents, to caller: Caller, over connection: (any Channel)?, as id: Int,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        let watch = StallWatch(limit: context.stallLimit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await watch.untilStalled()
                letGo(id, connection)
            }
            defer { group.cancelAll() }
            for try await text in events.cancelOnGracefulShutdown() {
                guard await context.stillReads(caller) else {
                    return context.metrics.readers.blame(id, "login-needed")
                }
                try await watch.writing { try await writer.write(ByteBuffer(string: text)) }
            }
        }
    }

    private func letGo(_ id: Int, _ connection: (any Channel)?) {
        context.metrics.readers.blame(id, "listener-stalled")
        context.metrics.cutOff()
        context.log.notice(
            "api: a reader of events took nothing for \(context.stallLimit), and is let go",
            metadata: ["code": "listener-stalled"])
        connection?.close(promise: nil)
    }
}

extension Response {
    /// Server-sent events, for as long as `send` runs.
    static func events(
        _ send: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
    ) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await send(&writer)
                try await writer.finish(nil)
            })
    }
}
