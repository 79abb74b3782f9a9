import Hummingbird
import NIOCore

/// What there is to be called and to be listened to, for programs that read such things.
struct DocumentRoutes: Sendable {
    func add(to router: Router<BasicRequestContext>) {
        router.get("openapi.json") { _, _ in Self.document(PackageResources.openapi_json) }
        router.get("asyncapi.json") { _, _ in Self.document(PackageResources.asyncapi_json) }
    }

    private static func document(_ bytes: [UInt8]) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
