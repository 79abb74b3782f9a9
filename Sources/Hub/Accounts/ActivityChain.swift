import Crypto
public import FoundationEssentials

/// One thing that a person did, as it stands in the log.
public struct Activity: Sendable, Equatable {
    /// What was done. Later programs know more of them.
    public struct Kind: RawRepresentable, Sendable, Hashable {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }
    }

    /// Counted from 1 without a gap, over all tenants.
    public var number: Int64
    /// Microseconds since 1970.
    public var time: Int64
    /// Empty: nobody's, as when an unknown name was tried.
    public var tenant: String
    /// `ada`, `shell:root`, `token:erp`.
    public var who: String
    /// Where from; empty: this machine's shell.
    public var address: String
    public var kind: Kind
    public var detail: String

    public init(
        number: Int64, time: Int64, tenant: String, who: String, address: String, kind: Kind,
        detail: String
    ) {
        self.number = number
        self.time = time
        self.tenant = tenant
        self.who = who
        self.address = address
        self.kind = kind
        self.detail = detail
    }
}

extension Activity {
    /// What comes before the first.
    public static let chainStart = Data(repeating: 0, count: 32)

    /// The hash of everything up to this entry; `before`: that of everything before it.
    ///
    /// SHA-256 of `before` and of each field, its length in eight bytes first, so that nothing can
    /// pass from one field to the next.
    public func chain(after before: Data) -> Data {
        var hash = SHA256()
        hash.update(data: before)
        let fields = ["\(number)", "\(time)", tenant, who, address, kind.rawValue, detail]
        for field in fields {
            let bytes = Data(field.utf8)
            withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { hash.update(bufferPointer: $0) }
            hash.update(data: bytes)
        }
        return Data(hash.finalize())
    }
}

extension Activity.Kind {
    public static let login = Self(rawValue: "login")
    public static let loginFailed = Self(rawValue: "login-failed")
    public static let logout = Self(rawValue: "logout")
    public static let userAdded = Self(rawValue: "user-added")
    public static let roleChanged = Self(rawValue: "role-changed")
    public static let userDisabled = Self(rawValue: "user-disabled")
    public static let userEnabled = Self(rawValue: "user-enabled")
    public static let passwordChanged = Self(rawValue: "password-changed")
    public static let codeMade = Self(rawValue: "code-made")
    public static let secondFactorOn = Self(rawValue: "second-factor-on")
    public static let secondFactorOff = Self(rawValue: "second-factor-off")
    public static let recoveryUsed = Self(rawValue: "recovery-code-used")
    public static let sessionsRevoked = Self(rawValue: "sessions-revoked")
    public static let tokenMade = Self(rawValue: "token-made")
    public static let tokenRevoked = Self(rawValue: "token-revoked")
    public static let enrolmentCodeMade = Self(rawValue: "enrolment-code-made")
    public static let stationRevoked = Self(rawValue: "station-revoked")
    public static let operatorAdded = Self(rawValue: "operator-added")
    public static let operatorPIN = Self(rawValue: "operator-pin-changed")
    public static let operatorRevoked = Self(rawValue: "operator-revoked")
    public static let decided = Self(rawValue: "conflict-settled")
    public static let sinkChanged = Self(rawValue: "sink-changed")
    public static let catalogueChanged = Self(rawValue: "catalogue-changed")
    public static let bundleTaken = Self(rawValue: "bundle-taken")
    public static let ledgerRebuilt = Self(rawValue: "ledger-rebuilt")
    public static let restored = Self(rawValue: "hub-restored")
}
