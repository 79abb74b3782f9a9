import Accounts
import HubStorage
import Hummingbird

/// Who asks.
struct Caller: Sendable {
    /// Of the request that is being answered. The gate says who; unsaid, it is a stranger.
    @TaskLocal static var current = Caller(identity: .stranger, address: "")

    var identity: Identity
    var address: String

    enum Identity: Sendable {
        case stranger
        /// Somebody who is logged in; `secret` is what their browser shows for it.
        case user(UserSession, secret: String)
        case program(TokenRecord)
    }

    var role: UserRole? {
        switch identity {
        case .stranger: nil
        case .user(let session, _): session.user.role
        case .program(let token): token.role
        }
    }

    /// Whose stock is spoken of. Throws `RequestError.noToken` for a stranger.
    var tenant: String {
        get throws {
            switch identity {
            case .stranger: throw RequestError.noToken
            case .user(let session, _): session.user.tenant
            case .program(let token): token.tenant
            }
        }
    }

    /// For the log, and for what is decided.
    var author: Author {
        switch identity {
        case .stranger: Author(name: "", address: address)
        case .user(let session, _): Author(name: session.user.name.name, address: address)
        case .program(let token):
            Author(name: "token:" + (token.name.isEmpty ? token.id : token.name), address: address)
        }
    }

    /// Throws `AccountError.loginNeeded` for everybody who is not logged in with a browser.
    func login() throws(AccountError) -> (session: UserSession, secret: String) {
        guard case .user(let session, let secret) = identity else { throw .loginNeeded }
        return (session, secret)
    }
}

extension HubContext {
    /// The ledger of who asks.
    func callersTenant() throws -> TenantStore {
        try store.tenant(try Caller.current.tenant)
    }

    /// Whether who began to read a stream still may: sessions and tokens end, and streams don't.
    func stillReads(_ caller: Caller, _ authorization: Authorization) async -> Bool {
        // A registry that can't be read lets nobody in.
        guard let now = try? await authorization.identity(self) else { return false }
        let caller = Caller(identity: now, address: caller.address)
        return caller.role.map(AccessPolicy.reading.allows) ?? false
    }
}
