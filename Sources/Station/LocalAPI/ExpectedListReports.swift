/// `POST /v1/lists`: what should be there.
public struct ExpectedListRequest: Codable, Sendable, Equatable {
    public var code: String
    /// `asn`, `pick` or `count`; absent: `asn`.
    public var kind: String?
    public var lines: [Line]

    public struct Line: Codable, Sendable, Equatable {
        /// Any code of the goods, or the number of a piece or a logistic unit.
        public var item: String
        public var lot: String?
        /// Absent: 1.
        public var quantity: Int64?
        /// The logistic unit that it should lie in.
        public var unit: String?
        public var place: String?
        public var name: String?

        public init(
            item: String, lot: String? = nil, quantity: Int64? = nil, unit: String? = nil,
            place: String? = nil, name: String? = nil
        ) {
            self.item = item
            self.lot = lot
            self.quantity = quantity
            self.unit = unit
            self.place = place
            self.name = name
        }
    }

    public init(code: String, kind: String? = nil, lines: [Line]) {
        self.code = code
        self.kind = kind
        self.lines = lines
    }
}

/// `GET /v1/lists`, the newest first.
public struct ExpectedLists: Codable, Sendable, Equatable {
    public var lists: [ExpectedListReport]

    public init(lists: [ExpectedListReport]) {
        self.lists = lists
    }
}

/// An expected list; `GET /v1/lists/{code}` adds how it compares with what was scanned.
public struct ExpectedListReport: Codable, Sendable, Equatable {
    public var code: String
    public var kind: String
    public var given: String
    /// What is scanned now is compared with it.
    public var isCurrent: Bool
    public var lineCount: Int
    public var pieces: Int64
    public var comparison: Comparison?

    /// Pieces, and what they are of.
    public struct Comparison: Codable, Sendable, Equatable {
        public var expected: Int64
        /// Of what was expected.
        public var scanned: Int64
        public var missing: Int64
        public var over: Int64
        /// Of items that the list names, but another lot, unit or place of them.
        public var wrong: Int64
        /// Of items that the list doesn't name.
        public var extra: Int64
        /// All of it is there, and nothing else.
        public var isExact: Bool
        public var lines: [Line]
        public var strays: [Stray]

        public init(
            expected: Int64, scanned: Int64, missing: Int64, over: Int64, wrong: Int64,
            extra: Int64, isExact: Bool, lines: [Line], strays: [Stray]
        ) {
            self.expected = expected
            self.scanned = scanned
            self.missing = missing
            self.over = over
            self.wrong = wrong
            self.extra = extra
            self.isExact = isExact
            self.lines = lines
            self.strays = strays
        }
    }

    public struct Line: Codable, Sendable, Equatable {
        /// From 1.
        public var number: Int
        public var item: String
        public var lot: String?
        public var unit: String?
        public var place: String?
        public var name: String?
        public var expected: Int64
        public var scanned: Int64
        /// `missing`, `part`, `complete` or `over`.
        public var state: String

        public init(
            number: Int, item: String, lot: String?, unit: String?, place: String?, name: String?,
            expected: Int64, scanned: Int64, state: String
        ) {
            self.number = number
            self.item = item
            self.lot = lot
            self.unit = unit
            self.place = place
            self.name = name
            self.expected = expected
            self.scanned = scanned
            self.state = state
        }
    }

    public struct Stray: Codable, Sendable, Equatable {
        public var code: String
        public var lot: String?
        public var unit: String?
        public var place: String
        public var name: String?
        public var pieces: Int64
        /// `extra`: the list doesn't name it. `lot`, `unit`, `place`: it names another of it.
        public var reason: String

        public init(
            code: String, lot: String?, unit: String?, place: String, name: String?,
            pieces: Int64, reason: String
        ) {
            self.code = code
            self.lot = lot
            self.unit = unit
            self.place = place
            self.name = name
            self.pieces = pieces
            self.reason = reason
        }
    }

    public init(
        code: String, kind: String, given: String, isCurrent: Bool, lineCount: Int, pieces: Int64,
        comparison: Comparison? = nil
    ) {
        self.code = code
        self.kind = kind
        self.given = given
        self.isCurrent = isCurrent
        self.lineCount = lineCount
        self.pieces = pieces
        self.comparison = comparison
    }
}
