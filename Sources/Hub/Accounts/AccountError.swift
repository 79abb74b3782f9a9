/// Why somebody was not let in, or an account not changed. `code` is stable: docs/errors.md.
public enum AccountError: Error, Equatable, Sendable {
    case userName
    case userExists(String)
    case userUnknown(String)
    case tooManyUsers(limit: Int)
    case passwordWeak(Weakness)
    /// The name, the password or the account. Which of them is not told.
    case loginFailed
    case secondFactorWrong
    /// Nobody is logged in.
    case loginNeeded
    case roleNeeded
    /// The one-time code is wrong, used or too old, or another's. Which is not told.
    case codeWrong
    /// The form is not one that this session was shown.
    case formStale
    case foreignOrigin
    case lastAdmin
    case tokenUnknown(String)
    case sessionUnknown
    /// The log is not what was written, from this entry on.
    case logBroken(Int64)

    public enum Weakness: Sendable {
        case length, common, holdsName
    }

    public var code: String {
        switch self {
        case .userName: "user-name"
        case .userExists: "user-exists"
        case .userUnknown: "user-unknown"
        case .tooManyUsers: "too-many-users"
        case .passwordWeak: "password-weak"
        case .loginFailed: "login-failed"
        case .secondFactorWrong: "second-factor-wrong"
        case .loginNeeded: "login-needed"
        case .roleNeeded: "role-needed"
        case .codeWrong: "code-wrong"
        case .formStale: "form-stale"
        case .foreignOrigin: "foreign-origin"
        case .lastAdmin: "last-admin"
        case .tokenUnknown: "token-unknown"
        case .sessionUnknown: "session-unknown"
        case .logBroken: "log-broken"
        }
    }
}

extension AccountError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .userName:
            "a name has 1 to \(UserName.lengthLimit) letters, digits, dots, hyphens and underscores"
        case .userExists(let name): "there is a user '\(name)' already"
        case .userUnknown(let name): "there is no user '\(name)'"
        case .tooManyUsers(let limit): "a tenant has at most \(limit) users"
        case .passwordWeak(.length):
            "a password has \(Password.lengthLimits.lowerBound) characters or more: take four words"
        case .passwordWeak(.common): "that password is among the first that thieves try"
        case .passwordWeak(.holdsName): "a password must not hold its owner's name"
        case .loginFailed: "the name or the password is wrong"
        case .secondFactorWrong: "that code is wrong, or was used already"
        case .loginNeeded: "nobody is logged in"
        case .roleNeeded: "your role does not allow that"
        case .codeWrong: "the one-time code is wrong, used or too old: ask for a new one"
        case .formStale: "this form is too old: load the page again"
        case .foreignOrigin: "a page of another site asked for that"
        case .lastAdmin: "they are the last admin: make another one first"
        case .tokenUnknown(let id): "there is no token '\(id)'"
        case .sessionUnknown: "there is no such session"
        case .logBroken(let number): "the log is not what was written, from entry \(number) on"
        }
    }
}
