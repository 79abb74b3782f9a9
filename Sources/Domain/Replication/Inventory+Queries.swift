extension Inventory {
    /// All that follows from what was merged.
    public var state: InventoryState {
        var state = InventoryState()
        state.quantities = quantities
        state.recounts = recounts
        state.serials = serialPlacements
        state.attributes = attributeValues
        state.batchLines = batchLines
        state.overPicks = overPicks
        return state
    }

    /// How much is there; nil when no operation named the key.
    public func quantity(of key: StockKey) -> Int64? {
        cellIndex[key].map { cells[Int($0)].stock.value }
    }

    /// Every key that an operation named, also when nothing is there.
    public var quantities: [StockKey: Int64] {
        cellIndex.mapValues { cells[Int($0)].stock.value }
    }

    /// The balances that stand on a count beside which something happened unseen.
    public var recounts: [StockKey: Recount] {
        cellIndex.compactMapValues { cells[Int($0)].stock.recount }
    }

    public var serialPlacements: [SerialCode: SerialPlacement] {
        serialIndex.compactMapValues { serials[$0].placement(lineage) }
    }

    public var attributeValues: [AttributeKey: AttributeValue] {
        attributeIndex.compactMapValues { attributes[$0].attribute(lineage) }
    }

    /// The lines that remain, by the operation that added them.
    public var batchLines: [OperationID: BatchLine] {
        var result: [OperationID: BatchLine] = [:]
        for (slot, line) in lines {
            let entry = entries[slot]
            if entry.isInForce, entry.removals == 0 { result[entry.mark.id] = line }
        }
        return result
    }

    /// Picked beyond what was ordered.
    public var overPicks: [OrderLineCode: Int64] {
        pickLines.reduce(into: [:]) { result, pair in
            let excess = pair.value.excess(over: ordered[pair.key] ?? 0)
            if excess > 0 { result[pair.key] = excess }
        }
    }
}

extension Register where Value == PlaceCode {
    /// nil when every write was undone.
    public func placement(_ lineage: Lineage) -> SerialPlacement? {
        winner.map {
            SerialPlacement(place: $0.value, contested: Set(maximal(lineage.saw).map(\.value)))
        }
    }
}

extension Register where Value == String {
    /// nil when every write was undone.
    public func attribute(_ lineage: Lineage) -> AttributeValue? {
        winner.map {
            AttributeValue(value: $0.value, siblings: Set(maximal(lineage.saw).map(\.value)))
        }
    }
}
