import HTTPTypes
import Hummingbird
import NIOCore

/// The operator's web page. Everything it needs comes from this daemon.
struct PageRoutes: Sendable {
    /// Of every file of the page.
    static let paths = Set(Page.all.map(\.path))

    func add(to router: Router<BasicRequestContext>) {
        for page in Page.all {
            router.get(RouterPath(page.path)) { request, _ in page.response(to: request) }
        }
    }
}

/// One file of the page, as it was built in.
private struct Page: Sendable {
    var path: String
    var type: String
    var bytes: [UInt8]
    /// Changes with the content.
    var tag: String

    init(_ path: String, _ type: String, _ bytes: [UInt8]) {
        (self.path, self.type, self.bytes) = (path, type, bytes)
        tag = "\"" + String(Self.hash(bytes), radix: 16) + "\""
    }

    static let all: [Page] = {
        typealias Built = PackageResources
        let script = "text/javascript; charset=utf-8"
        return [
            Page("/", "text/html; charset=utf-8", Built.index_html),
            Page("/style.css", "text/css; charset=utf-8", Built.style_css),
            Page("/icon.svg", "image/svg+xml", Built.icon_svg),
            Page("/icons.svg", "image/svg+xml", Built.icons_svg),
            Page("/api.js", script, Built.api_js), Page("/app.js", script, Built.app_js),
            Page("/batches.js", script, Built.batches_js),
            Page("/devices.js", script, Built.devices_js), Page("/dom.js", script, Built.dom_js),
            Page("/health.js", script, Built.health_js),
            Page("/login.js", script, Built.login_js),
            Page("/lookup.js", script, Built.lookup_js), Page("/now.js", script, Built.now_js),
            Page("/operator.js", script, Built.operator_js),
            Page("/outbox.js", script, Built.outbox_js),
            Page("/pick.js", script, Built.pick_js),
            Page("/session.js", script, Built.session_js),
            Page("/settings.js", script, Built.settings_js),
            Page("/station.js", script, Built.station_js),
            Page("/tasks.js", script, Built.tasks_js), Page("/words.js", script, Built.words_js),
        ]
    }()

    func response(to request: Request) -> Response {
        let isKnown = request.headers[.ifNoneMatch] == tag
        var headers: HTTPFields = [
            .contentType: type, .eTag: tag, .cacheControl: "no-cache",
            .contentSecurityPolicy: Self.policy, .xContentTypeOptions: "nosniff",
        ]
        if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "no-referrer" }
        return isKnown
            ? Response(status: .notModified, headers: headers)
            : Response(
                status: .ok, headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// Scripts and styles of this daemon's only, in nobody's frame. Styles may stand in elements.
    private static let policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; "
        + "base-uri 'none'; form-action 'self'; object-src 'none'"

    /// FNV-1a, 64 bits: tells versions apart, protects nothing.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
