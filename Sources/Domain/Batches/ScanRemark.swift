public import Scans

/// What is told of one scan, by the list that it is compared with.
public enum ScanRemark: Sendable, Equatable {
    case expected(scanned: Int64, of: Int64)
    case over(scanned: Int64, of: Int64)
    case stray(Comparison.Stray.Reason)
}

extension ExpectedIndex {
    /// nil: the list has nothing to say, as of the label of a unit.
    public func remark(on goods: BatchGoods, in content: BatchContent) -> ScanRemark? {
        let part = comparison(of: goods.subject, with: content)
        let key = BatchContent.Key(
            place: goods.place, unit: goods.unit, subject: goods.subject, expiry: goods.expiry)
        if let stray = part.strays.first(where: { $0.key == key }) { return .stray(stray.reason) }
        guard !part.rows.isEmpty else { return nil }
        let (scanned, expected) = part.rows.reduce((Int64(0), Int64(0))) {
            ($0.0 + $1.scanned, $0.1 + $1.expected)
        }
        return part.rows.contains { $0.over > 0 }
            ? .over(scanned: scanned, of: expected) : .expected(scanned: scanned, of: expected)
    }
}

extension ScanRemark {
    /// Adds it to what the operator is told. The goods are taken all the same: facts are.
    public func added(to feedback: Feedback) -> Feedback {
        guard feedback.signal != .error else { return feedback }
        var feedback = feedback
        feedback.message += " " + sentence
        guard let code else { return feedback }
        if feedback.signal == .ok { feedback.signal = .unknown }
        // What was said before, that a lot was recalled, weighs more.
        if feedback.code == nil { feedback.code = code }
        return feedback
    }

    /// nil: all is well.
    var code: String? {
        switch self {
        case .expected: nil
        case .over: "over-expected"
        case .stray(.extra): "not-expected"
        case .stray: "wrong-goods"
        }
    }

    private var sentence: String {
        switch self {
        case .expected(let scanned, let expected):
            scanned == expected
                ? "\(scanned) of \(expected): all of it." : "\(scanned) of \(expected)."
        case .over(let scanned, let expected):
            "That is \(scanned) of \(expected): more than expected."
        case .stray(.extra): "The list doesn't ask for this."
        case .stray(.lot): "The list asks for another lot."
        case .stray(.unit): "The list has this in another unit."
        case .stray(.place): "The list has this at another place."
        }
    }
}
