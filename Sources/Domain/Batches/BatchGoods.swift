public import GS1
public import Replication
public import Scans

/// One line of a batch, understood: what it is, how much, where, in which unit.
public struct BatchGoods: Sendable, Equatable {
    /// The operation that added it: the line's name.
    public var line: OperationID
    public var subject: BatchSubject
    public var quantity: Int64
    public var place: PlaceCode
    /// The logistic unit that it lies in; empty: in none.
    public var unit: SerialCode
    /// From this day on it mustn't be used; nil: the label doesn't say.
    public var expiry: CalendarDate?

    public init(
        line: OperationID, subject: BatchSubject, quantity: Int64, place: PlaceCode,
        unit: SerialCode = "", expiry: CalendarDate? = nil
    ) {
        self.line = line
        self.subject = subject
        self.quantity = quantity
        self.place = place
        self.unit = unit
        self.expiry = expiry
    }

    /// What a line in the log says, by the rules of today. `named`: what the catalogue makes of a
    /// meaning. `currentYear`: of two digits of a year, the nearest is meant.
    ///
    /// What means nothing any more is an item by its text: it was scanned, so it is told.
    public init(
        _ line: OperationID, _ content: BatchLine, at place: PlaceCode, _ interpreter: Interpreter,
        currentYear: Int, named: (Meaning) throws -> Meaning
    ) rethrows {
        let scan = interpreter.scan(of: content)
        let read = scan.map { Scan(text: $0.text, symbology: nil, aim: "", meaning: $0.meaning) }
        var subject = BatchSubject.item(ItemCode(content.code))
        if var read {
            read.meaning = try named(read.meaning)
            subject = read.subject ?? subject
        }
        self.init(
            line: line, subject: subject, quantity: content.quantity, place: place,
            unit: content.unit, expiry: scan?.elements?.expiry(currentYear: currentYear))
    }
}

extension Interpreter {
    /// The line's code with the AIM identifier that it was read with, if any.
    fileprivate func scan(of line: BatchLine) -> Scan? {
        let capture = Capture(
            device: "", payload: .code(Array(line.code.utf8)),
            aim: line.aim.isEmpty ? nil : line.aim,
            time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0))
        guard case .scan(let scan) = interpret(capture) else { return nil }
        return scan
    }
}

extension BatchSubject {
    /// The item of which it is a piece; nil: of none, such as a pallet or an asset.
    public var item: ItemCode? {
        switch self {
        case .item(let item, _): item
        case .serial(let serial):
            serial.rawValue.utf8.starts(with: "01/".utf8)
                ? ItemCode(String(serial.rawValue.dropFirst(3).prefix(14))) : nil
        }
    }

    public var isLogisticUnit: Bool {
        if case .serial(let serial) = self { serial.isLogisticUnit } else { false }
    }
}
