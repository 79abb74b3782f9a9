import Replication

/// The state that operations fold to, as one line of JSON.
struct FoldOutput: Codable, Equatable {
    struct Quantity: Codable, Equatable {
        var item: String
        var place: String
        var lot: String?
        var quantity: Int64
    }

    struct Serial: Codable, Equatable {
        var place: String
        var contested: [String]
    }

    struct Attribute: Codable, Equatable {
        var value: String
        var siblings: [String]
    }

    struct Line: Codable, Equatable {
        struct Reference: Codable, Equatable {
            var station: String
            var incarnation: String
            var seq: UInt64
        }
        var batch: String
        var code: String
        var add: Reference
    }

    var quantities: [Quantity]
    var serials: [String: Serial]
    var attributes: [String: [String: Attribute]]
    var batches: [Line]
    var overPicks: [String: Int64]
}

extension FoldOutput {
    init(_ state: InventoryState, _ input: FoldInput, _ numbers: FoldIncarnations) {
        quantities = state.quantities.sorted { $0.key < $1.key }.map { key, quantity in
            Quantity(
                item: key.item.rawValue, place: key.place.rawValue,
                lot: key.lot.rawValue.isEmpty ? nil : key.lot.rawValue, quantity: quantity)
        }
        serials = [:]
        for (serial, placement) in state.serials {
            serials[serial.rawValue] = Serial(
                place: placement.place.rawValue,
                contested: placement.contested.sorted().map(\.rawValue))
        }
        attributes = [:]
        for (key, value) in state.attributes {
            attributes[key.item.rawValue, default: [:]][key.field] = Attribute(
                value: value.value, siblings: value.siblings.sorted())
        }
        batches = FoldOutput.lines(state, input, numbers)
        overPicks = [:]
        for (line, excess) in state.overPicks { overPicks[line.rawValue] = excess }
    }

    private static func lines(
        _ state: InventoryState, _ input: FoldInput, _ numbers: FoldIncarnations
    ) -> [Line] {
        let stations = Dictionary(
            input.operations.map { ($0.incarnation, $0.station) },
            uniquingKeysWith: { first, _ in first })
        let lines = state.batchLines.map { id, line in
            let incarnation = numbers.name(id.incarnation)
            return Line(
                batch: line.batch.rawValue, code: line.code,
                add: Line.Reference(
                    station: stations[incarnation] ?? "", incarnation: incarnation,
                    seq: id.sequence))
        }
        return lines.sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }
}

extension FoldOutput.Line {
    /// Lines are a set; they are written in the order of these texts.
    fileprivate var order: [String] {
        [batch, add.station, add.incarnation, String(add.seq)]
    }
}
