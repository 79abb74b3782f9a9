import OperatorGrants
import Operators
import StationStorage

/// By which way a request came in.
enum Door: Sendable {
    /// The unix socket: its owner and group, who administer the station.
    case socket
    /// A port that only this machine reaches.
    case loopback
    /// A port that other machines reach.
    case network
}

/// Who asks.
struct Caller: Sendable {
    /// Of the request that is being answered. The server says who; unsaid, it is a stranger.
    @TaskLocal static var current = Caller(door: .network)

    var door: Door
    var session: Session?
    /// What the browser shows for its session.
    var secret: String?
    /// Of the token that came with the request.
    var program: Program?

    struct Program: Sendable {
        var name: String
        var role: OperatorRole
    }

    var role: OperatorRole? { session?.role ?? program?.role }

    /// In whose name something is done: of who is logged in, else whom the request names, else of
    /// who works at the station, or the program.
    func name(_ asked: String?, atStation: Session?) -> String {
        if let session { return session.name }
        if let asked, !asked.isEmpty { return asked }
        return program?.name ?? (door == .network ? nil : atStation?.name) ?? ""
    }
}

extension ConsoleContext {
    /// In whose name a request is carried out that names `asked`.
    func author(_ asked: String?) -> String {
        Caller.current.name(asked, atStation: login.atStation)
    }
}

extension ConsoleContext {
    /// Whether who began to read a stream from another machine still may: sessions and tokens
    /// end, and streams don't.
    func stillReads(_ caller: Caller) async -> Bool {
        guard caller.door == .network else { return true }
        if let secret = caller.secret { return login.session(of: secret) != nil }
        guard let name = caller.program?.name else { return false }
        let now = clock()
        // A store that can't be read lets nobody in.
        let tokens = try? await store.read { try $0.accessTokens() }
        return tokens?.contains { $0.name == name && $0.expires > now } ?? false
    }
}
