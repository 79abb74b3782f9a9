import HTTPTypes
import Hummingbird
import LocalAPI
import Logging
import NIOCore
import Pipeline
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
        let events = StationEvents(
            store: context.store, news: context.news, notices: context.notices,
            after: since ?? last, isFollowing: isFollowing)
        let listeners = context.metrics.listeners
        guard listeners.current < ListenerCount.limit else {
            throw ConsoleError.tooManyListeners(limit: ListenerCount.limit)
        }
        let (connection, caller) = (StallWatch.connection, Caller.current)
        return .events { writer in
            guard listeners.enter() else { return }
            defer { listeners.leave() }
            try await send(events, to: caller, over: connection, &writer)
        }
    }

    /// A reader that takes nothing for long is let go: it holds a connection, and goes on with
    /// `Last-Event-ID` when it reads again.
    private func send(
        _ events: StationEvents, to caller: Caller, over connection: (any Channel)?,
        _ writer: inout any ResponseBodyWriter
    ) async throws {
        let watch = StallWatch(limit: context.stallLimit)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await watch.untilStalled()
                letGo(connection)
            }
            defer { group.cancelAll() }
            for try await text in events.cancelOnGracefulShutdown() {
                guard await context.stillReads(caller) else { return }
                try await watch.writing { try await writer.write(ByteBuffer(string: text)) }
            }
        }
    }

    private func letGo(_ connection: (any Channel)?) {
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
