import Logging
import OperatorGrants
import StationStorage
import Synchronization

/// Somebody who was let in, and what their browser shows from now on.
public struct Login: Sendable {
    public var session: Session
    public var secret: String
}

extension LoginDesk {
    /// Lets somebody in who knows their PIN. From this machine they work at the station from now
    /// on, in place of whoever did.
    ///
    /// Throws `LoginError`, `GrantError` for what is no PIN, `StoreError`. One try is looked at
    /// after the other, and counts as a failure until it is known to be right.
    public func login(name: String, pin: String, isRemote: Bool) async throws -> Login {
        let pin = try PIN(pin)
        try enqueue()
        return try await withCheckedThrowingContinuation { continuation in
            onQueue { desk in
                let result = Result { try desk.admit(name, pin, isRemote) }
                desk.state.withLock { $0.waiting -= 1 }
                continuation.resume(with: result)
            }
        }
    }

    private func enqueue() throws {
        try state.withLock { state in
            guard state.waiting < Self.waitingLimit else { throw LoginError.busy }
            state.waiting += 1
        }
    }

    private func admit(_ name: String, _ pin: PIN, _ isRemote: Bool) throws -> Login {
        let (grants, fault) = state.withLock { ($0.grants, $0.fault) }
        if let fault { throw LoginError.roster(code: fault.code, "\(fault)") }
        guard let anybody = grants.grants.first else { throw LoginError.noOperators }
        guard let grant = grants.grant(of: name) else {
            // So that a name that is nobody's takes as long.
            _ = try anybody.pin.matches(pin)
            throw LoginError.wrongPIN(triesLeft: nil)
        }
        let failures: Int
        switch try countFailure(of: name, isRemote) {
        case .waiting(let seconds): throw LoginError.wait(seconds: seconds)
        case .counted(let count): failures = count
        }
        guard try grant.pin.matches(pin) else {
            log.notice("operators: wrong PIN for \(name)", metadata: ["code": "wrong-pin"])
            throw refusal(after: failures, isRemote)
        }
        try store.write { try $0.forgetLoginAttempts(of: name, isRemote: isRemote) }
        return try begin(grant, isRemote)
    }

    private enum Count: Sendable {
        case waiting(seconds: Int)
        /// The failures so far, this one included.
        case counted(Int)
    }

    private func countFailure(of name: String, _ isRemote: Bool) throws -> Count {
        let now = clocks.wall()
        return try store.write { transaction in
            var attempt =
                try transaction.loginAttempt(of: name, isRemote: isRemote)
                ?? LoginAttempt(failures: 0, last: now)
            let wait = AttemptRule.waitSeconds(after: attempt, now: now)
            if wait > 0 {
                // The clock was set back: from now on it counts from here.
                if attempt.last > now {
                    attempt.last = now
                    try transaction.note(attempt, of: name, isRemote: isRemote)
                }
                return .waiting(seconds: wait)
            }
            attempt.failures += 1
            attempt.last = now
            try transaction.note(attempt, of: name, isRemote: isRemote)
            return .counted(attempt.failures)
        }
    }

    /// Who asks from elsewhere is not told whose name is right.
    private func refusal(after failures: Int, _ isRemote: Bool) -> LoginError {
        guard !isRemote else { return .wrongPIN(triesLeft: nil) }
        let left = AttemptRule.triesLeft(after: failures)
        guard left == 0 else { return .wrongPIN(triesLeft: left) }
        return .wait(seconds: AttemptRule.waitSeconds(after: failures))
    }

    private func begin(_ grant: OperatorGrant, _ isRemote: Bool) throws -> Login {
        let secret = Secret.make()
        let key = SessionKey(of: secret)
        let session = Session(grant, .pin, begun: clocks.wall())
        try state.withLock { state in
            guard session.expires > state.hubTime(wall: session.begun) else {
                throw LoginError.grantExpired(grant.name)
            }
            if isRemote {
                state.book.beginRemote(session, key: key, now: clocks.running())
            } else {
                state.book.begin(session, screen: key, now: clocks.running())
                state.shown = nil  // The PIN that its badge asked for has come.
            }
        }
        log.notice("operators: \(grant.name) logged in by PIN\(isRemote ? " from afar" : "")")
        tell()
        return Login(session: session, secret: secret)
    }
}
