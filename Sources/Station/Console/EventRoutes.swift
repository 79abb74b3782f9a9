import HTTPTypes
import Hummingbird
import LocalAPI
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
        return .events { writer in
            for try await text in events.cancelOnGracefulShutdown() {
                try await writer.write(ByteBuffer(string: text))
            }
        }
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
