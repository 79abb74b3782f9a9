import Replication

/// `GET /v1/batches/{batch}`: the lines that remain in it.
public struct BatchReport: Codable, Sendable {
    public var batch: String
    public var lines: [Line]

    public struct Line: Codable, Sendable {
        public var id: String
        /// As it was read.
        public var code: String
        public var aim: String?
        public var quantity: Int64
        /// The logistic unit that it lies in.
        public var unit: String?
        /// The expected list that it was scanned for.
        public var list: String?

        init(_ id: OperationID, _ line: BatchLine) {
            self.id = id.description
            code = line.code
            aim = line.aim.isEmpty ? nil : line.aim
            quantity = line.quantity
            unit = line.unit.rawValue.isEmpty ? nil : line.unit.rawValue
            list = line.list.isEmpty ? nil : line.list
        }
    }

    init(_ batch: BatchCode, _ lines: [(id: OperationID, line: BatchLine)]) {
        self.batch = batch.rawValue
        self.lines = lines.map { Line($0.id, $0.line) }
    }
}
