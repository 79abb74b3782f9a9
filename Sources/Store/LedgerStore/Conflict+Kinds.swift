import Replication
import Reporting

extension Conflict {
    init(_ serial: SerialCode, at place: String, _ candidates: [Candidate]) {
        let places = Set(candidates.map(\.value)).sorted()
        self.init(
            kind: .serial, subject: .serial(serial),
            sentence: "Serial \(serial) was seen at \(places.joined(separator: " and ")).",
            value: place, candidates: candidates,
            choices: places.map {
                Choice(sentence: "it is at \($0)", operation: .serial(serial, place: PlaceCode($0)))
            },
            fingerprint: [serial.rawValue] + candidates.ids)
    }

    init(_ key: AttributeKey, is value: String, _ candidates: [Candidate]) {
        let values = Set(candidates.map(\.value)).sorted()
        self.init(
            kind: .attribute, subject: .attribute(key),
            sentence: "\(key.field) of \(key.item) is \(values.joined(separator: " or ")).",
            value: value, candidates: candidates,
            choices: values.map {
                Choice(
                    sentence: "it is \($0)",
                    operation: .attribute(key.item, field: key.field, value: $0))
            },
            fingerprint: [key.item.rawValue, key.field] + candidates.ids)
    }

    /// `balances`: what is there, depending on which count held and what came before it.
    init(
        countsOf key: StockKey, value: Int64, balances: Set<Int64>, isBesidePostings: Bool,
        _ candidates: [Candidate]
    ) {
        let possible = balances.filter { (0...OperationKind.quantityLimit).contains($0) }.sorted()
        self.init(
            kind: isBesidePostings ? .recount : .counts, subject: .stock(key),
            sentence: "Count \(key.name) again: "
                + (isBesidePostings
                    ? "something happened beside the count." : "two counts disagree."),
            value: "\(value)", candidates: candidates,
            choices: possible.map {
                Choice(
                    sentence: "there are \($0)\($0 == value ? ", as the books say" : "")",
                    operation: .count(key, quantity: $0))
            },
            fingerprint: key.parts + candidates.ids)
    }

    init(shortageOf key: StockKey, value: Int64, _ candidates: [Candidate]) {
        self.init(
            kind: .negativeStock, subject: .stock(key),
            sentence: "The books say \(value) of \(key.name).", value: "\(value)",
            candidates: candidates,
            choices: [Choice(sentence: "there are none", operation: .count(key, quantity: 0))],
            fingerprint: key.parts + ["\(value)"])
    }

    /// nil: none of the picks says where the goods came from. The highest rank returns first.
    init?(_ line: OrderLineCode, _ shares: [(pick: LoggedOperation, quantity: Int64)]) {
        let returns = shares.compactMap { share in
            if case .pick(let key, _, _) = share.pick.operation.kind {
                (key: key, share: share)
            } else {
                nil
            }
        }
        guard let first = returns.first else { return nil }
        let excess = shares.reduce(0) { $0 + $1.quantity }
        let candidates = shares.map {
            Candidate(value: "\($0.quantity) too many", logged: $0.pick)
        }
        self.init(
            kind: .overPick, subject: .orderLine(line, first.key),
            sentence: "\(excess) too many were picked for \(line).", value: "\(excess)",
            candidates: candidates,
            choices: returns.map { key, share in
                Choice(
                    sentence: "return \(share.quantity) × \(key.name)",
                    operation: .pick(key, line: line, quantity: 0 - share.quantity))
            },
            fingerprint: [line.rawValue, "\(excess)"] + candidates.ids)
    }
}

extension [Conflict.Candidate] {
    fileprivate var ids: [String] { map { $0.logged.operation.id.description } }
}

extension StockKey {
    fileprivate var parts: [String] { [item.rawValue, place.rawValue, lot.rawValue] }

    fileprivate var name: String {
        "\(item)\(lot.rawValue.isEmpty ? "" : " lot \(lot)") at \(place)"
    }
}
