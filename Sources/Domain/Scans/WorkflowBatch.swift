public import Replication

/// A batch with what is needed to close it and to take back its lines.
public struct WorkflowBatch: Sendable, Equatable {
    public let code: BatchCode
    public let mode: Mode
    public internal(set) var place: PlaceCode
    var destination: PlaceCode?
    var stage: BatchSummary.Stage = .open
    public let opened: CaptureTime
    /// When it was last used: what the quiet gap is measured from.
    public internal(set) var touched: CaptureTime
    public internal(set) var entries: [BatchEntry] = []
    /// In the order of their first lines.
    var tallies: [BatchTally] = []

    init(code: BatchCode, mode: Mode, place: PlaceCode, opened: CaptureTime) {
        self.code = code
        self.mode = mode
        self.place = place
        self.opened = opened
        touched = opened
    }

    /// An open batch as it was kept; nil when its lines are none that a batch can have.
    public init?(
        code: BatchCode, mode: Mode, place: PlaceCode, opened: CaptureTime, touched: CaptureTime,
        lines: [BatchEntry]
    ) {
        guard lines.count <= Workflow.batchLineLimit,
            lines.allSatisfy({ (1...Command.quantityLimit).contains($0.quantity) })
        else { return nil }
        self.init(code: code, mode: mode, place: place, opened: opened)
        self.touched = touched
        for line in lines { insert(line) }
    }

    var pieces: Int64 { tallies.reduce(0) { $0 + $1.pieces } }

    /// Goods were taken and nobody has said yet where they go: such a batch can't just be closed.
    var awaitsDestination: Bool { mode == .move && !entries.isEmpty }

    /// Whether a line about this is an operation on stock at once, not when the batch closes.
    func isImmediate(_ subject: BatchSubject) -> Bool {
        switch (mode, subject) {
        case (.receive, _), (.count, .serial): true
        case (.count, .item), (.move, _), (.lookUp, _): false
        }
    }

    func tally(of subject: BatchSubject) -> BatchTally? {
        tallies.first { $0.subject == subject }
    }

    mutating func insert(_ entry: BatchEntry) {
        entries.append(entry)
        if let index = tallies.firstIndex(where: { $0.subject == entry.subject }) {
            tallies[index].lines += 1
            tallies[index].pieces += entry.quantity
        } else {
            tallies.append(
                BatchTally(subject: entry.subject, lines: 1, pieces: entry.quantity))
        }
    }

    /// A line taken back may have been the first of its subject.
    mutating func sortTallies() {
        var places: [BatchSubject: Int] = [:]
        for entry in entries where places[entry.subject] == nil {
            places[entry.subject] = places.count
        }
        tallies.sort { places[$0.subject, default: 0] < places[$1.subject, default: 0] }
    }

    var summary: BatchSummary {
        BatchSummary(
            code: code, mode: mode, place: place, destination: destination, stage: stage,
            opened: opened, lines: entries.count, pieces: pieces,
            totals: tallies.map {
                BatchTotal(subject: $0.subject, lines: $0.lines, pieces: $0.pieces)
            })
    }
}

/// A line that is in its batch.
public struct BatchEntry: Sendable, Equatable {
    /// The operation that added it: the line's name.
    public let line: OperationID
    public let subject: BatchSubject
    public let quantity: Int64

    public init(line: OperationID, subject: BatchSubject, quantity: Int64) {
        self.line = line
        self.subject = subject
        self.quantity = quantity
    }

    /// The operation on stock that was made with the line, where one was.
    var stock: OperationID {
        OperationID(incarnation: line.incarnation, sequence: line.sequence &+ 1)
    }
}

/// What a batch holds of one subject, and the operations that closing it made.
struct BatchTally: Sendable, Equatable {
    let subject: BatchSubject
    var lines: Int
    var pieces: Int64
    /// The count or move, then the corrections for lines taken back since.
    var settled: [OperationID] = []
}
