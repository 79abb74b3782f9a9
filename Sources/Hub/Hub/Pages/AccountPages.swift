import Accounts
import HubStorage
import Hummingbird
import WebPages

/// One's own account: sessions, password, second factor.
struct AccountPages: Sendable {
    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/account") { _, _ in Response.page(try await account(nil)) }
        router.post("/account/password") { request, place in
            try await changePassword(request, place)
        }
        router.get("/account/second-factor") { _, _ in Response.page(try await offer(nil)) }
        router.post("/account/second-factor") { request, _ in try await confirm(request) }
        router.post("/account/second-factor/off") { request, place in
            try await turnOff(request, place)
        }
        router.post("/account/sessions/{id}/end") { request, place in
            _ = try await Form(request)
            try await context.store.registry.endSession(
                try place.decoded("id"), of: try Caller.current.login().session.user.name,
                by: Caller.current.author, now: context.clock())
            return Response.seeOther("/account")
        }
        router.post("/account/sessions/end") { request, _ in
            _ = try await Form(request)
            let session = try Caller.current.login().session
            try await context.store.registry.endSessions(
                of: session.user.name, but: session.id, by: Caller.current.author,
                now: context.clock())
            return Response.seeOther("/account")
        }
    }

    private func changePassword(
        _ request: Request, _ place: HubRequestContext
    ) async throws -> Response {
        let form = try await Form(request)
        let session = try Caller.current.login().session
        do {
            try await confirm(form["old"], session, request, place)
            try await context.store.registry.changeOwnPassword(
                session, to: try Password(choosing: form["new"], for: session.user.name),
                by: Caller.current.author, now: context.clock())
            return Response.seeOther("/account")
        } catch let error as AccountError where error != .formStale {
            return .page(
                try await account("\(error)".capitalizedSentence),
                status: .init(code: Problem(error)?.status ?? 400))
        }
    }

    private func turnOff(
        _ request: Request, _ place: HubRequestContext
    ) async throws -> Response {
        let form = try await Form(request)
        let session = try Caller.current.login().session
        do {
            try await confirm(form["password"], session, request, place)
            try await context.store.registry.dropSecondFactor(
                of: session.user.name, by: Caller.current.author, now: context.clock())
            return Response.seeOther("/account")
        } catch let error as AccountError where error != .formStale {
            return .page(try await account("\(error)".capitalizedSentence), status: .unauthorized)
        }
    }

    /// Whoever finds a browser unlocked must not take the account with it.
    private func confirm(
        _ password: String, _ session: UserSession, _ request: Request, _ place: HubRequestContext
    ) async throws {
        try await context.store.registry.confirmPassword(
            Password(typed: password), session,
            from: LoginClient(address: request.clientAddress(place), agent: ""),
            now: context.clock())
    }

    private func confirm(_ request: Request) async throws -> Response {
        let form = try await Form(request)
        let (session, secret) = try Caller.current.login()
        do {
            let codes = try await context.store.registry.confirmSecondFactor(
                session, secret: secret, typed: form["code"], by: Caller.current.author,
                now: context.clock())
            return .page(recoveryPage(codes))
        } catch let error as AccountError where error == .secondFactorWrong {
            return .page(
                try await offer("\(error)".capitalizedSentence), status: .unauthorized)
        }
    }
}

extension AccountPages {
    private func account(_ told: String?) async throws -> Page {
        let session = try Caller.current.login().session
        let sessions = try await context.store.registry.sessions(
            of: session.user.name, rules: context.sessions, now: context.clock())
        return Page(
            title: "Your account", screen: "/account",
            body: """
                <h1 class="unseen">Your account</h1>\(LoginPages.alert(told))
                <div class="cards">\(passwordForm)\(factor(session.user))</div>
                <section class="card stack"><h2>Where you are logged in</h2><ul class="list">
                \(sessions.map { entry($0, isThis: $0.id == session.id) })</ul>
                \(Form.button("End all others", to: "/account/sessions/end"))</section>
                """)
    }

    /// For what keeps passwords: whose this one is.
    private var owner: HTML {
        guard case .user(let session, _) = Caller.current.identity else { return .empty }
        let name = session.user.name.description
        return "<input name=\"username\" autocomplete=\"username\" value=\"\(name)\" hidden>"
    }

    private var passwordForm: HTML {
        """
        <form class="card stack" method="post" action="/account/password">\(Form.token)
        <h2>Password</h2>\(owner)<label>The one you have<input name="old" type="password" required
        autocomplete="current-password" maxlength="400"></label>
        <label>A new one, \(Password.lengthLimits.lowerBound) characters or more<input name="new"
        type="password" required autocomplete="new-password" maxlength="400"></label>
        <button type="submit">Change it</button>
        <p class="quiet">Your other sessions end.</p></form>
        """
    }

    private func factor(_ user: UserRecord) -> HTML {
        guard user.hasSecondFactor else {
            return """
                <section class="card stack"><h2>Second factor</h2><p>Off. With it, a password that
                somebody saw is not enough: your telephone shows six digits to type as well.</p>
                <p><a class="button" href="/account/second-factor">Turn it on</a></p></section>
                """
        }
        return """
            <form class="card stack" method="post" action="/account/second-factor/off">\(Form.token)
            <h2>Second factor</h2><p>On.</p>\(owner)<label>Your password<input name="password"
            type="password" required autocomplete="current-password" maxlength="400"></label>
            <button class="danger" type="submit">Turn it off</button></form>
            """
    }

    private func entry(_ session: UserSession, isThis: Bool) -> HTML {
        let end: HTML =
            isThis
            ? "<span class=\"chip\" data-kind=\"good\">This one</span>"
            : Form.button("End it", to: "/account/sessions/\(Address.part(session.id))/end")
        return """
            <li><span class="what">\(session.agent.isEmpty ? "A browser" : session.agent)<br>
            <span class="quiet">from \(session.address), since
            \(When.html(session.created, now: context.clock())), last used
            \(When.html(session.seen, now: context.clock()))</span></span>\(end)</li>
            """
    }

    private func offer(_ told: String?) async throws -> Page {
        let (session, secret) = try Caller.current.login()
        let factor = try await context.store.registry.offerSecondFactor(session, secret: secret)
        let picture = try QRPicture(
            factor.link(for: session.user.name), label: "Key for your telephone")
        return Page(
            title: "Second factor", screen: "/account",
            body: """
                <form class="card stack narrow" method="post" action="/account/second-factor">
                \(Form.token)<h1>Second factor</h1>\(LoginPages.alert(told))
                <p>Scan this with an authenticator on your telephone, or type the key there.</p>
                <div class="qr">\(picture.html)</div><p class="code">\(factor.keyText)</p>
                <label>The six digits that it shows<input name="code" class="digits" required
                inputmode="numeric" autocomplete="one-time-code" maxlength="10"></label>
                <button class="main" type="submit">Turn it on</button></form>
                """)
    }

    private func recoveryPage(_ codes: [String]) -> Page {
        let items: [HTML] = codes.map { "<li class=\"code\">\($0)</li>" }
        return Page(
            title: "Recovery codes", screen: "/account",
            body: """
                <section class="card stack narrow"><h1>The second factor is on</h1>
                <p>Print these, or write them down: each lets you in once without your telephone. They
                are shown this once.</p><ol class="recovery">\(items)</ol>
                <p><a class="button" href="/account">I have them</a></p></section>
                """)
    }
}
