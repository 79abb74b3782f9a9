extension BatchReport {
    /// What lies together: one lot with one date of one item, at one place, in one unit.
    public struct Group: Codable, Sendable, Equatable {
        public var place: String
        /// The logistic unit, `00/` and its SSCC.
        public var unit: String?
        public var code: String
        public var lot: String?
        /// The day, `2027-03-31`.
        public var expiry: String?
        public var lines: Int
        public var pieces: Int64
        public var name: String?
        public var isExpired: Bool?
        public var isRecalled: Bool?
        /// It is the label of a logistic unit.
        public var isUnit: Bool { code.utf8.count == 21 && code.hasPrefix("00/") }

        public init(
            place: String, unit: String?, code: String, lot: String?, expiry: String?, lines: Int,
            pieces: Int64, name: String? = nil, isExpired: Bool? = nil, isRecalled: Bool? = nil
        ) {
            self.place = place
            self.unit = unit
            self.code = code
            self.lot = lot
            self.expiry = expiry
            self.lines = lines
            self.pieces = pieces
            self.name = name
            self.isExpired = isExpired
            self.isRecalled = isRecalled
        }
    }

    /// A logistic unit, and the units in it.
    public struct Unit: Codable, Sendable, Equatable {
        public var unit: String
        /// Its own label was scanned.
        public var isScanned: Bool
        /// With those in inner units.
        public var pieces: Int64
        public var inner: [Unit]

        public init(unit: String, isScanned: Bool, pieces: Int64, inner: [Unit]) {
            self.unit = unit
            self.isScanned = isScanned
            self.pieces = pieces
            self.inner = inner
        }
    }

    /// What lies in the units, without their labels.
    public var goods: [Group] { (groups ?? []).filter { !$0.isUnit } }

    /// Units with how deep they stand, as they are listed.
    public var flatUnits: [(unit: Unit, depth: Int)] {
        func flat(_ units: [Unit], _ depth: Int) -> [(Unit, Int)] {
            units.flatMap { [($0, depth)] + flat($0.inner, depth + 1) }
        }
        return flat(units ?? [], 0)
    }
}
