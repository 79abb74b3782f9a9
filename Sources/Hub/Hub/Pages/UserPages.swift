import Accounts
import HubStorage
import Hummingbird
import WebPages

/// Who may log in here, and which programs have tokens.
struct UserPages: Sendable {
    private enum Action: String, CaseIterable {
        case role, code, disable, enable, sessions
        case secondFactor = "second-factor"
    }

    let context: HubContext

    func add(to router: Router<HubRequestContext>) {
        router.get("/users") { _, _ in Response.page(try await list()) }
        router.post("/users") { request, _ in try await addUser(request) }
        router.post("/users/{name}/{action}") { request, place in
            try await change(request, try place.decoded("name"), try place.decoded("action"))
        }
        router.post("/tokens") { request, _ in try await makeToken(request) }
        router.post("/tokens/{id}/revoke") { request, place in
            _ = try await Form(request)
            try await context.store.registry.revokeToken(
                try place.decoded("id"), tenant: try Caller.current.tenant,
                by: Caller.current.author, now: context.clock())
            return Response.seeOther("/users")
        }
    }

    private func addUser(_ request: Request) async throws -> Response {
        let form = try await Form(request)
        let name = try UserName(form["name"], tenant: try Caller.current.tenant)
        let code = try await context.store.registry.addUser(
            name, role: try role(form), by: Caller.current.author, now: context.clock())
        return .page(codePage(name, code, hours: Registry.firstCodeMinutes / 60))
    }

    private func change(
        _ request: Request, _ text: String, _ action: String
    ) async throws -> Response {
        let form = try await Form(request)
        let name = try UserName(text, tenant: try Caller.current.tenant)
        guard let action = Action(rawValue: action) else { throw RequestError.noRoute }
        let (registry, author, now) = (
            context.store.registry, Caller.current.author, context.clock()
        )
        switch action {
        case .role: try await registry.setRole(try role(form), of: name, by: author, now: now)
        case .code:
            let code = try await registry.makeResetCode(for: name, by: author, now: now)
            return .page(codePage(name, code, hours: nil))
        case .disable: try await registry.disableUser(name, by: author, now: now)
        case .enable: try await registry.enableUser(name, by: author, now: now)
        case .sessions: try await registry.endSessions(of: name, by: author, now: now)
        case .secondFactor:
            try await registry.dropSecondFactor(of: name, by: author, now: now)
        }
        return Response.seeOther("/users")
    }

    private func role(_ form: Form) throws -> UserRole {
        guard let role = UserRole(rawValue: form["role"]) else {
            throw RequestError.parameter("role", form["role"])
        }
        return role
    }

    private func makeToken(_ request: Request) async throws -> Response {
        let form = try await Form(request)
        let days = Int(form["days"]).flatMap { (1...3650).contains($0) ? $0 : nil }
        let token = try await context.store.registry.makeToken(
            tenant: try Caller.current.tenant, name: String(form["name"].prefix(100)),
            role: try role(form), minutes: days.map { $0 * 24 * 60 }, by: Caller.current.author,
            now: context.clock())
        return .page(
            Page(
                title: "A new token", screen: "/users",
                body: """
                    <section class="card stack narrow"><h1>A new token</h1>
                    <p>Copy it now: it is shown this once.</p><p class="code">\(token)</p>
                    <p><a class="button" href="/users">Done</a></p></section>
                    """))
    }

    private func codePage(_ name: UserName, _ code: String, hours: Int?) -> Page {
        let span =
            hours.map { When.counted($0, "hour") }
            ?? When.counted(Registry.resetCodeMinutes, "minute")
        return Page(
            title: "A one-time code", screen: "/users",
            body: """
                <section class="card stack narrow"><h1>A one-time code for \(name.description)</h1>
                <p>With it they choose a password, at <strong>/password</strong> of this hub. It is
                good once, for \(span), and shown this once.</p><p class="big code">\(code)</p>
                <p><a class="button" href="/users">Done</a></p></section>
                """)
    }
}

extension UserPages {
    private func list() async throws -> Page {
        let tenant = try Caller.current.tenant
        let users = try await context.store.registry.users(of: tenant)
        let tokens = try await context.store.registry.tokens(of: tenant, now: context.clock())
        return Page(
            title: "Users", screen: "/users",
            body: """
                <h1 class="unseen">Users and tokens</h1>
                <form class="card row" method="post" action="/users">\(Form.token)
                <label>Name<input name="name" required maxlength="64" autocapitalize="none"
                autocomplete="off"></label><label>Role\(Self.roles(.viewer))</label>
                <button class="main" type="submit">Add a user</button></form>
                <section class="card"><h2>Users</h2><div class="table"><table><thead><tr>
                <th scope="col">Name</th><th scope="col">Role</th><th scope="col">Last login</th>
                <th scope="col">Second factor</th><th scope="col">State</th><th scope="col">Do</th>
                </tr></thead><tbody>\(users.map(row))</tbody></table></div></section>
                <form class="card row" method="post" action="/tokens">\(Form.token)
                <label>Token for<input name="name" required maxlength="100" autocomplete="off"></label>
                <label>Role\(Self.roles(.integrator))</label><label>Days; empty: no end<input
                name="days" inputmode="numeric" pattern="[0-9]{0,4}"></label>
                <button class="main" type="submit">Make a token</button></form>
                <section class="card"><h2>Tokens of programs</h2>\(table(tokens))</section>
                """)
    }

    private static func roles(_ chosen: UserRole) -> HTML {
        let options: [HTML] = UserRole.allCases.map { role in
            let mark: HTML = role == chosen ? " selected" : ""
            return "<option\(mark)>\(role.rawValue)</option>"
        }
        return "<select name=\"role\">\(options)</select>"
    }

    private func row(_ user: UserRecord) -> HTML {
        let (kind, word): (HTML, HTML) =
            user.disabled != nil
            ? ("bad", "Disabled")
            : user.hasPassword ? ("good", "Active") : ("warn", "No password yet")
        return """
            <tr><td><strong>\(user.name.name)</strong></td><td>\(user.role.rawValue)</td>
            <td>\(When.html(user.lastLogin, now: context.clock()))</td>
            <td>\(user.hasSecondFactor ? "On" : "Off")</td>
            <td><span class="chip" data-kind="\(kind)">\(word)</span></td>
            <td>\(actions(user))</td></tr>
            """
    }

    private func actions(_ user: UserRecord) -> HTML {
        let path: HTML = "/users/\(Address.part(user.name.name))"
        let drop: HTML =
            user.hasSecondFactor
            ? Form.button("Take the second factor away", to: path + "/second-factor") : .empty
        let onOff =
            user.disabled == nil
            ? Form.button("Disable", to: path + "/disable", kind: "danger")
            : Form.button("Enable", to: path + "/enable")
        return """
            <details><summary>Change</summary><div class="stack">
            <form class="row" method="post" action="\(path)/role">\(Form.token)
            <label>Role\(Self.roles(user.role))</label><button type="submit">Set role</button></form>
            \(Form.button("Code for a new password", to: path + "/code"))
            \(Form.button("End all sessions", to: path + "/sessions"))\(drop)\(onOff)
            </div></details>
            """
    }

    private func table(_ tokens: [TokenRecord]) -> HTML {
        guard !tokens.isEmpty else { return "<p class=\"empty\">There is none.</p>" }
        let now = context.clock()
        let rows: [HTML] = tokens.map { token in
            let end: HTML = token.expires.map { When.html($0, now: now) } ?? "no end"
            return """
                <tr><td><strong>\(token.name)</strong><br><code class="quiet">\(token.id)</code></td>
                <td>\(token.role.rawValue)</td><td>\(When.html(token.created, now: now))</td>
                <td>\(end)</td><td>\(Form.button(
                    "Revoke", to: "/tokens/\(Address.part(token.id))/revoke", kind: "danger"))</td></tr>
                """
        }
        return """
            <div class="table"><table><thead><tr><th scope="col">For</th><th scope="col">Role</th>
            <th scope="col">Made</th><th scope="col">Ends</th><th scope="col">Do</th></tr></thead>
            <tbody>\(rows)</tbody></table></div>
            """
    }
}
