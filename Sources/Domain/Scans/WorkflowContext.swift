public import Replication

/// What scans are put into, beside the place: kept with the workflow's state.
public struct WorkflowContext: Sendable, Equatable, Codable {
    /// The logistic units that are being filled, the outermost first.
    public internal(set) var units: [SerialCode] = []
    /// The next unit that is scanned goes into the innermost of `units`, not beside it.
    public internal(set) var isNesting = false
    /// By which profile work goes; nil: by the settings alone.
    public internal(set) var profile: String?
    /// The expected list that scans are compared with; empty: none.
    public internal(set) var list = ""
    /// A read that may be a repeat: nobody has said yet whether it counts.
    public internal(set) var asked: AskedRepeat?

    public init() {}

    /// The unit that goods are in; empty: in none.
    public var unit: SerialCode { units.last ?? "" }

    mutating func leaveUnits() {
        (units, isNesting) = ([], false)
    }
}

/// A read that waits for "yes, count it".
public struct AskedRepeat: Sendable, Equatable, Codable {
    public internal(set) var text: String
    var aim: String
    var subject: BatchSubject
    var quantity: Int64
}

/// A step between logistic units.
public enum UnitStep: String, Sendable, Equatable, Hashable, CaseIterable, Codable {
    /// The next unit that is scanned goes into this one.
    case into = "IN"
    /// This unit is full: on with the one around it.
    case out = "OUT"
}

extension SerialCode {
    /// Whether it is the number of a logistic unit: `00/` and an SSCC.
    public var isLogisticUnit: Bool {
        rawValue.utf8.count == 21 && rawValue.utf8.starts(with: "00/".utf8)
            && rawValue.utf8.dropFirst(3).allSatisfy { (0x30...0x39).contains($0) }
    }
}
