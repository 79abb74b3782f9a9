import HTTPTypes
import Hummingbird
import LocalAPI
import OperatorGrants
import Operators

/// Logging in and out, and who is.
struct SessionRoutes: Sendable {
    static let cookieName = "scanstation_session"
    static let logoutPath = APIVersion.prefix + "/logout"

    let context: ConsoleContext

    func add(to router: Router<BasicRequestContext>) {
        router.group(RouterPath(APIVersion.prefix))
            .get("session") { _, _ in Response.json(report(Caller.current)) }
            // The gate has noted that somebody is there.
            .post("session") { _, _ in Response.json(report(Caller.current)) }
            .post("login") { request, _ in try await login(request) }
            .post("logout") { _, _ in logout() }
    }

    private func login(_ request: Request) async throws -> Response {
        let asked = try await request.json(LoginRequest.self)
        let isRemote = Caller.current.door == .network
        let login: Login
        switch (asked.operator, asked.pin, asked.badge) {
        case (let name?, let pin?, nil):
            login = try await context.login.login(name: name, pin: pin, isRemote: isRemote)
        case (nil, nil, true?):
            guard !isRemote else { throw LoginError.noTap }
            login = try context.login.join()
        default: throw ConsoleError.malformed("'operator' and 'pin' are wanted, or 'badge'")
        }
        var caller = Caller.current
        (caller.session, caller.secret) = (login.session, login.secret)
        var response = Response.json(report(caller))
        response.headers[.setCookie] = Self.cookie(login.secret)
        return response
    }

    /// On this machine: whoever works at the station, wherever they logged in.
    private func logout() -> Response {
        var caller = Caller.current
        context.login.logout(caller.secret, isAtStation: caller.door != .network)
        (caller.session, caller.secret) = (nil, nil)
        var response = Response.json(report(caller))
        response.headers[.setCookie] = Self.cookie("") + "; Max-Age=0"
        return response
    }

    /// Kept until the browser ends. No script reads it, no other site's request carries it.
    private static func cookie(_ secret: String) -> String {
        "\(cookieName)=\(secret); Path=/; HttpOnly; SameSite=Strict"
    }

    /// Who is not known elsewhere is not told who may log in.
    private func report(_ caller: Caller) -> SessionReport {
        let isHere = caller.door != .network
        let atStation = isHere ? context.login.atStation : nil
        let (names, fault) = context.login.operators
        return SessionReport(
            required: context.login.rules.isRequired || !isHere,
            session: caller.session.map { .init($0) },
            atStation: atStation.map { .init($0) },
            mayJoin: isHere && context.login.mayJoin,
            pinWanted: isHere ? context.login.pinWanted : nil,
            idleSeconds: Int(context.login.rules.idleLimit / .seconds(1)),
            operators: isHere ? names.map { .init(name: $0.name, role: $0.role.rawValue) } : nil,
            fault: isHere ? fault.map { ProblemReport(code: $0.code, message: "\($0)") } : nil)
    }
}

extension SessionReport.Session {
    init(_ session: Session) {
        self.init(
            operator: session.name, role: session.role.rawValue, by: session.proof.rawValue,
            since: APIForm.time(session.begun))
    }
}
