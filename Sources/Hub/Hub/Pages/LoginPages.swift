import Accounts
import HTTPTypes
import HubStorage
import Hummingbird
import OperatorGrants
import WebPages

/// The way in: name and password, the second factor, and a password chosen with a one-time code.
struct LoginPages: Sendable {
    /// Binds the forms of a browser that nobody is logged in with to that browser.
    private static let formCookie = "scanhub_form"

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/login") { request, _ in formPage(request) { loginForm($0, nil) } }
        router.post("/login") { request, place in try await login(request, place) }
        router.get("/login/code") { request, _ in formPage(request) { codeForm($0, nil) } }
        router.post("/login/code") { request, place in try await second(request, place) }
        router.get("/password") { request, _ in formPage(request) { passwordForm($0, nil, "") } }
        router.post("/password") { request, place in try await choose(request, place) }
        router.post("/logout") { request, _ in try await logout(request) }
    }

    private func login(_ request: Request, _ place: HubRequestContext) async throws -> Response {
        let form = try await form(request)
        do {
            let step = try await context.store.registry.login(
                typedName: form["name"], password: Password(typed: form["password"]),
                from: client(request, place), rules: context.sessions, now: context.clock())
            switch step {
            case .done(let secret): return entered(request, "/", secret)
            case .secondFactor(let secret): return entered(request, "/login/code", secret)
            }
        } catch {
            guard let told = told(error) else { throw error }
            return refusedPage(request, error) { loginForm($0, told) }
        }
    }

    private func second(_ request: Request, _ place: HubRequestContext) async throws -> Response {
        let form = try await form(request)
        do {
            guard let secret = SessionCookie.secret(of: request) else {
                throw AccountError.loginNeeded
            }
            let next = try await context.store.registry.login(
                secondFactor: form["code"], secret: secret, from: client(request, place),
                rules: context.sessions, now: context.clock())
            return entered(request, "/", next)
        } catch AccountError.loginNeeded {
            return Response.seeOther("/login")
        } catch {
            guard let told = told(error) else { throw error }
            return refusedPage(request, error) { codeForm($0, told) }
        }
    }

    private func choose(_ request: Request, _ place: HubRequestContext) async throws -> Response {
        let form = try await form(request)
        do {
            try await context.store.registry.usePasswordCode(
                form["code"], typedName: form["name"], newPassword: form["password"],
                from: client(request, place), now: context.clock())
            return Response.seeOther("/login")
        } catch {
            guard let told = told(error) else { throw error }
            return refusedPage(request, error) { passwordForm($0, told, form["name"]) }
        }
    }

    private func logout(_ request: Request) async throws -> Response {
        _ = try await Form(request)
        let caller = Caller.current
        try await context.store.registry.endSession(
            secret: try caller.login().secret, by: caller.author, tenant: try caller.tenant,
            now: context.clock())
        var response = Response.seeOther("/login")
        response.headers[.setCookie] = SessionCookie.end(isSecure: request.isSecure(context))
        return response
    }

    /// What people are told; nil: a fault of another kind.
    private func told(_ error: any Error) -> String? {
        switch error {
        case let error as AccountError where error != .formStale: "\(error)".capitalizedSentence
        case HubError.tooManyRequests(let seconds):
            "Too many attempts. Try again in \(When.counted(seconds, "second"))."
        default: nil
        }
    }

    private func client(_ request: Request, _ place: HubRequestContext) -> LoginClient {
        LoginClient(
            address: request.clientAddress(place), agent: request.headers[.userAgent] ?? "")
    }

    private func entered(_ request: Request, _ path: String, _ secret: String) -> Response {
        var response = Response.seeOther(path)
        response.headers[.setCookie] = SessionCookie.field(
            secret, isSecure: request.isSecure(context))
        return response
    }
}

// Forms of a browser that nobody is logged in with.
extension LoginPages {
    private func form(_ request: Request) async throws -> Form {
        try await Form(request, secret: request.cookie(Self.formCookie))
    }

    private func formPage(_ request: Request, _ page: (HTML) -> Page) -> Response {
        let secret = request.cookie(Self.formCookie) ?? Secret.make()
        var response = Response.page(page(Form.token(secret)))
        let secure = request.isSecure(context) ? "; Secure" : ""
        response.headers[.setCookie] =
            "\(Self.formCookie)=\(secret); Path=/; HttpOnly; SameSite=Strict\(secure)"
        return response
    }

    private func refusedPage(
        _ request: Request, _ error: any Error, _ page: (HTML) -> Page
    ) -> Response {
        var response = formPage(request, page)
        let problem = Problem(error) ?? .ofOurOwn
        response.status = .init(code: problem.status)
        if let wait = problem.retryAfterSeconds { response.headers[.retryAfter] = "\(wait)" }
        return response
    }

    private func loginForm(_ token: HTML, _ told: String?) -> Page {
        Page(
            title: "Log in",
            body: """
                <form class="card stack narrow" method="post" action="/login">\(token)
                <h1>Log in</h1>\(Self.alert(told))
                <label>Name<input name="name" autocomplete="username" autocapitalize="none"
                required maxlength="200" autofocus></label>
                <label>Password<input name="password" type="password" required maxlength="400"
                autocomplete="current-password"></label>
                <button class="main" type="submit">Log in</button>
                <p><a class="button plain" href="/password">I have a one-time code</a></p></form>
                """)
    }

    private func codeForm(_ token: HTML, _ told: String?) -> Page {
        Page(
            title: "Second factor",
            body: """
                <form class="card stack narrow" method="post" action="/login/code">\(token)
                <h1>One more step</h1>\(Self.alert(told))
                <label>The six digits that your telephone shows, or a recovery code<input
                name="code" class="digits" autocomplete="one-time-code" required maxlength="40"
                autofocus></label>
                <button class="main" type="submit">Go on</button>
                <p><a class="button plain" href="/login">Begin again</a></p></form>
                """)
    }

    private func passwordForm(_ token: HTML, _ told: String?, _ name: String) -> Page {
        Page(
            title: "Choose a password",
            body: """
                <form class="card stack narrow" method="post" action="/password">\(token)
                <h1>Choose a password</h1>\(Self.alert(told))
                <label>One-time code<input name="code" class="digits" autocomplete="off" required
                maxlength="40" autofocus></label>
                <label>Name<input name="name" value="\(name)" autocomplete="username"
                autocapitalize="none" required maxlength="200"></label>
                <label>New password, \(Password.lengthLimits.lowerBound) characters or more<input
                name="password" type="password" required maxlength="400"
                autocomplete="new-password"></label>
                <button class="main" type="submit">Set password</button>
                <p><a class="button plain" href="/login">Log in</a></p></form>
                """)
    }

    static func alert(_ told: String?) -> HTML {
        told.map { "<p class=\"field-error\" role=\"alert\">\($0)</p>" } ?? .empty
    }
}
