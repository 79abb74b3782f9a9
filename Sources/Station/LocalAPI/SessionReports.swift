/// `POST /v1/login`: by name and PIN, or by the badge that was just shown at the station.
public struct LoginRequest: Codable, Sendable {
    public var `operator`: String?
    public var pin: String?
    public var badge: Bool?

    public init(operator: String? = nil, pin: String? = nil, badge: Bool? = nil) {
        self.operator = `operator`
        self.pin = pin
        self.badge = badge
    }
}

/// `GET /v1/session`: who is logged in, and how somebody can be.
public struct SessionReport: Codable, Sendable, Equatable {
    /// Whether who changes something must be logged in.
    public var required: Bool
    /// Of who asks; absent: not logged in.
    public var session: Session?
    /// Who works at the station. Absent: nobody; or another machine asks.
    public var atStation: Session?
    /// A badge was just shown, and a screen of this machine may take its session on.
    public var mayJoin: Bool
    /// Whose badge was just shown that a PIN must follow.
    public var pinWanted: String?
    /// Who does nothing for so long is logged out.
    public var idleSeconds: Int
    /// Who may log in. Absent: another machine asks.
    public var operators: [Operator]?
    /// Why nobody can log in.
    public var fault: ProblemReport?

    public struct Session: Codable, Sendable, Equatable {
        public var `operator`: String
        /// `viewer`, `operator` or `supervisor`.
        public var role: String
        /// `pin`; `badge`, which proved its key; `number`, of a badge that can be copied.
        public var by: String
        public var since: String

        public init(operator: String, role: String, by: String, since: String) {
            self.operator = `operator`
            self.role = role
            self.by = by
            self.since = since
        }
    }

    public struct Operator: Codable, Sendable, Equatable {
        public var name: String
        public var role: String

        public init(name: String, role: String) {
            self.name = name
            self.role = role
        }
    }

    public init(
        required: Bool, session: Session?, atStation: Session?, mayJoin: Bool,
        pinWanted: String?, idleSeconds: Int, operators: [Operator]?, fault: ProblemReport?
    ) {
        self.required = required
        self.session = session
        self.atStation = atStation
        self.mayJoin = mayJoin
        self.pinWanted = pinWanted
        self.idleSeconds = idleSeconds
        self.operators = operators
        self.fault = fault
    }
}

/// The event `session`: somebody came or went. Details: `GET /v1/session`.
public struct SessionNotice: Codable, Sendable, Equatable {
    /// Who works at the station; absent: nobody.
    public var `operator`: String?
    public var role: String?

    public init(operator: String?, role: String?) {
        self.operator = `operator`
        self.role = role
    }
}
