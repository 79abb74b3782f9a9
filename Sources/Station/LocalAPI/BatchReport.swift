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
    public var place: String
    public var opened: String
    /// Absent while it is open.
    public var closed: String?
    public var lines: Int
    public var pieces: Int64
    /// Pieces by item.
    public var totals: [String: Int64]
    public var content: [Line]?

    public struct Line: Codable, Sendable, Equatable {
        /// The operation that added it, which is what `UNDO:` takes.
        public var id: String
        /// As it was read.
        public var code: String
        public var quantity: Int64

        public init(id: String, code: String, quantity: Int64) {
            self.id = id
            self.code = code
            self.quantity = quantity
        }
    }

    public init(
        code: String, mode: String, place: String, opened: String, closed: String?, lines: Int,
        pieces: Int64, totals: [String: Int64], content: [Line]? = nil
    ) {
        self.code = code
        self.mode = mode
        self.place = place
        self.opened = opened
        self.closed = closed
        self.lines = lines
        self.pieces = pieces
        self.totals = totals
        self.content = content
    }
}
