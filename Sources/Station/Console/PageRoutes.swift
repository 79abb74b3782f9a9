import HTTPTypes
import Hummingbird
import NIOCore
import WebPages

/// The operator's web page. Everything it needs comes from this daemon.
struct PageRoutes: Sendable {
    /// Of every file of the page.
    static let paths = Set(WebFile.all.map(\.path))

    func add(to router: Router<BasicRequestContext>) {
        for page in WebFile.all {
            router.get(RouterPath(page.path)) { request, _ in page.response(to: request) }
        }
    }
}

extension WebFile {
    fileprivate static let all: [WebFile] = {
        typealias Built = PackageResources
        let script = "text/javascript; charset=utf-8"
        return shared + [
            WebFile("/", "text/html; charset=utf-8", Built.index_html),
            WebFile("/api.js", script, Built.api_js), WebFile("/app.js", script, Built.app_js),
            WebFile("/batches.js", script, Built.batches_js),
            WebFile("/devices.js", script, Built.devices_js),
            WebFile("/dom.js", script, Built.dom_js),
            WebFile("/health.js", script, Built.health_js),
            WebFile("/login.js", script, Built.login_js),
            WebFile("/lookup.js", script, Built.lookup_js),
            WebFile("/now.js", script, Built.now_js),
            WebFile("/operator.js", script, Built.operator_js),
            WebFile("/outbox.js", script, Built.outbox_js),
            WebFile("/pick.js", script, Built.pick_js),
            WebFile("/session.js", script, Built.session_js),
            WebFile("/settings.js", script, Built.settings_js),
            WebFile("/station.js", script, Built.station_js),
            WebFile("/tasks.js", script, Built.tasks_js),
            WebFile("/words.js", script, Built.words_js),
        ]
    }()

    fileprivate func response(to request: Request) -> Response {
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
}
