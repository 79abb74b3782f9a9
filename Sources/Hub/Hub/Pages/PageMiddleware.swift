import Accounts
import HTTPTypes
import HubStorage
import Hummingbird
import WebPages

/// What every page of the console has: headers that keep browsers from harm, and errors for people.
struct PageMiddleware: RouterMiddleware {
    let context: HubContext

    /// Nothing but this hub's styles and pictures; no scripts at all; in nobody's frame.
    private static let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'"

    func handle(
        _ request: Request, context hummingbird: HubRequestContext,
        next: (Request, HubRequestContext) async throws -> Response
    ) async throws -> Response {
        let path = hummingbird.endpointPath.map(AccessGate.plain)
        let isPage =
            path.map { AccessPolicy.pages["\(request.method.rawValue) \($0)"] != nil }
            ?? Self.wantsPage(request)
        guard isPage else { return try await next(request, hummingbird) }
        var response: Response
        do {
            response = try await next(request, hummingbird)
        } catch {
            guard let problem = Problem(error) else { throw error }
            response = Self.answer(problem, request)
        }
        return Self.guarded(response, isSecure: request.isSecure(context))
    }

    /// At no address of ours, by somebody who reads pages.
    private static func wantsPage(_ request: Request) -> Bool {
        request.method == .get && !request.uri.path.hasPrefix("/v1/")
            && (request.headers[.accept] ?? "").contains("text/html")
    }

    private static func answer(_ problem: Problem, _ request: Request) -> Response {
        let isStranger = ["login-needed", "token-missing", "token-unknown"].contains(problem.code)
        if isStranger, request.method == .get { return Response.seeOther("/login") }
        let page = Page(
            title: "That did not work",
            body: """
                <section class="card stack narrow"><h1>That did not work</h1>
                <p>\((problem.detail.isEmpty ? problem.title : problem.detail).capitalizedSentence)</p>
                <p class="quiet">Code: <code>\(problem.code)</code></p>
                <p><a class="button" href="/">Go on</a></p></section>
                """)
        var response = Response.page(page, status: .init(code: problem.status))
        if let wait = problem.retryAfterSeconds { response.headers[.retryAfter] = "\(wait)" }
        return response
    }

    private static func guarded(_ response: Response, isSecure: Bool) -> Response {
        var response = response
        var headers: [(String, String)] = [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
            // `no-referrer` would hide the origin of our own forms as well.
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
        ]
        if isSecure { headers.append(("Strict-Transport-Security", "max-age=31536000")) }
        for (name, value) in headers {
            if let name = HTTPField.Name(name) { response.headers[name] = value }
        }
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }
}

extension Response {
    /// After a form: the browser asks for that page, so that going back sends nothing twice.
    static func seeOther(_ path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }

    static func page(_ page: Page, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page.html.text)))
    }
}

extension String {
    /// `the name is wrong` → `The name is wrong.`
    var capitalizedSentence: String {
        let end = last.map { ".!?".contains($0) } == true ? "" : "."
        return prefix(1).uppercased() + dropFirst() + end
    }
}
