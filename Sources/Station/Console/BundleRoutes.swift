import Bundles
import HTTPTypes
import Hummingbird
import LocalAPI
import NIOCore
import StationStorage

/// The outbox as a file that somebody carries, and the hub's answer to it.
struct BundleRoutes: Sendable {
    static let mediaType = "application/vnd.scanstation.bundle"
    /// Of an answer, which holds cursors and refusals only.
    private static let bodyLimitBytes = 16 << 20

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("bundle") { request, _ in try await export(request) }
            .post("bundle") { request, _ in try await take(request) }
    }

    private func export(_ request: Request) async throws -> Response {
        guard let enrolment = try await context.store.read({ try $0.enrolment() }) else {
            throw ConsoleError.notEnrolled
        }
        let all = try request.flag("all", default: false)
        let bundles = context.bundles
        return Response(
            status: .ok,
            headers: [.contentType: Self.mediaType, .cacheControl: "no-store"],
            body: ResponseBody { writer in
                try await bundles.export(for: enrolment, all: all) { bytes in
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            })
    }

    private func take(_ request: Request) async throws -> Response {
        // A browser asks first before it sends this type for a page of another site.
        let name = request.headers[.contentType] ?? ""
        guard name == Self.mediaType else { throw ConsoleError.mediaType(name) }
        let bytes = try await request.limitedBody(Self.bodyLimitBytes)
        let acknowledged = try await context.bundles.take(bytes)
        let outbox = OutboxReport(try await context.store.read { try $0.outboxDepth() })
        context.notices.changed(outbox)
        return .json(BundleReport(acknowledged: acknowledged, outbox: outbox))
    }
}
