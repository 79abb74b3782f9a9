/// `GET /v1/batches`, the newest first.
public struct BatchList: Codable, Sendable, Equatable {
    public var batches: [BatchReport]

    public init(batches: [BatchReport]) {
        self.batches = batches
    }
}

/// A batch as this station sees it; `GET /v1/batches/{code}` adds its lines.
public struct BatchReport: Codable, Sendable, Equatable {
    public var code: String
    /// `receive`, `count`, `move`.
    public var mode: String
    /// Where; in move mode where from.
    public var place: String
    public var destination: String?
    /// `open`, `closed` or `cancelled`.
    public var stage: String
    public var opened: String
    /// Absent while it is open.
    public var closed: String?
    public var lines: Int
    public var pieces: Int64
    /// In the order of the first scans. In a list of batches, empty for the open one.
    public var totals: [Total]
    public var content: [Line]?
    /// The expected list that it was scanned for.
    public var list: String?
    /// With the lines only: what lies together.
    public var groups: [Group]?
    /// With the lines only: the logistic units that stand in no other.
    public var units: [Unit]?

    /// How much of one lot of an item, or which numbered piece.
    public struct Total: Codable, Sendable, Equatable {
        public var code: String
        /// Absent where none was named.
        public var lot: String?
        public var lines: Int
        public var pieces: Int64
        /// What the catalogue calls it now.
        public var name: String?

        public init(code: String, lot: String? = nil, lines: Int, pieces: Int64) {
            self.code = code
            self.lot = lot
            self.lines = lines
            self.pieces = pieces
        }
    }

    public struct Line: Codable, Sendable, Equatable {
        /// The operation that added it, which is what `UNDO:` takes.
        public var id: String
        /// As it was read.
        public var code: String
        public var quantity: Int64
        /// What the catalogue calls it now.
        public var name: String?
        /// The logistic unit that it lies in.
        public var unit: String?

        public init(id: String, code: String, quantity: Int64, unit: String? = nil) {
            self.id = id
            self.code = code
            self.quantity = quantity
            self.unit = unit
        }
    }

    public init(
        code: String, mode: String, place: String, destination: String?, stage: String,
        opened: String, closed: String?, lines: Int, pieces: Int64, totals: [Total],
        content: [Line]? = nil
    ) {
        self.code = code
        self.mode = mode
        self.place = place
        self.destination = destination
        self.stage = stage
        self.opened = opened
        self.closed = closed
        self.lines = lines
        self.pieces = pieces
        self.totals = totals
        self.content = content
    }
}
