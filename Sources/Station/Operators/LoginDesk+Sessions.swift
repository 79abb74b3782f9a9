public import OperatorGrants
import Scans
import Synchronization

extension LoginDesk {
    /// Who works at the station; nil: nobody is logged in there.
    public var atStation: Session? {
        state.withLock { state in
            state.endExpired(wall: clocks.wall())
            return state.book.atStation(now: clocks.running())
        }
    }

    /// Of the browser that shows this; nil: none, or no more.
    public func session(of secret: String) -> Session? {
        state.withLock { state in
            state.endExpired(wall: clocks.wall())
            return state.book.session(of: SessionKey(of: secret), now: clocks.running())
        }
    }

    /// Whoever shows `secret` did something; nil: somebody at the station did.
    public func touch(_ secret: String?) {
        state.withLock { state in
            state.book.touch(secret.map { SessionKey(of: $0) }, now: clocks.running())
        }
    }

    /// A browser of this machine goes on with the session of the badge that was just shown.
    /// Throws `LoginError.noTap`.
    public func join() throws -> Login {
        let secret = Secret.make()
        let session = state.withLock { state in
            state.endExpired(wall: clocks.wall())
            return state.book.join(screen: SessionKey(of: secret), now: clocks.running())
        }
        guard let session else { throw LoginError.noTap }
        tell()
        return Login(session: session, secret: secret)
    }

    /// Whether a badge was shown and no screen has taken it on yet.
    public var mayJoin: Bool { state.withLock { $0.book.mayJoin(now: clocks.running()) } }

    /// Logs out whoever shows `secret`; with `isAtStation` whoever works at the station as well.
    public func logout(_ secret: String?, isAtStation: Bool) {
        state.withLock { state in
            if let secret { state.book.end(SessionKey(of: secret)) }
            if isAtStation { state.book.endAtStation() }
        }
        tell()
    }

    /// Who may log in, and why nobody may when something is wrong.
    public var operators: (names: [(name: String, role: OperatorRole)], fault: GrantError?) {
        state.withLock { state in
            (state.grants.grants.map { ($0.name, $0.role) }, state.fault)
        }
    }

    /// Whose badge was shown that a PIN must follow, within the time that a person needs.
    public var pinWanted: String? {
        state.withLock { state in
            guard let shown = state.shown, shown.feedback.code == "pin-wanted",
                clocks.running() - shown.time < Self.pinMicroseconds
            else { return nil }
            return shown.wearer
        }
    }

    private static let pinMicroseconds: Int64 = 30_000_000
}

extension LoginDesk.State {
    mutating func endExpired(wall: Int64) {
        let now = hubTime(wall: wall)
        book.update { $0.expires > now ? $0 : nil }
    }
}
