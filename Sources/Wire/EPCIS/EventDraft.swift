import Replication

/// The events of one operation that is in force.
struct EventDraft {
    private let ranked: RankedOperation
    private let level: UInt32
    private let settings: EPCISSettings
    /// The batch of scans that it was made with.
    var batch: BatchCode?

    private var names: EPCISNames { settings.names }

    init(_ ranked: RankedOperation, level: UInt32, _ settings: EPCISSettings) {
        self.ranked = ranked
        self.level = level
        self.settings = settings
    }

    var events: [EPCISEvent] {
        let operation = ranked.operation
        guard operation.kind.isWithinLimit else { return [] }
        let events: [EPCISEvent] =
            switch operation.kind {
            case .adjust(let key, let delta) where delta > 0: arrival(key, delta)
            case .adjust(let key, let delta) where delta < 0: departure(key, -delta)
            case .move(let key, let to, let quantity) where quantity > 0:
                move(key, to: to, quantity)
            case .move(let key, let to, let quantity) where quantity < 0:
                move(key.at(to), to: key.place, -quantity)
            case .count(let key, let quantity) where quantity >= 0: [count(key, quantity)]
            case .pick(let key, let line, let quantity) where quantity != 0:
                [pick(key, line, quantity)]
            case .serial(let serial, let place): [sighting(serial, place)]
            default: []
            }
        return events.enumerated().map { number, event in
            var event = event
            event.eventID = EventName.id(
                namespace: names.namespace, operation.id, level: level, number: number)
            return event
        }
    }

    private func event(_ kind: EPCISEvent.Kind, _ action: EPCISEvent.Action) -> EPCISEvent {
        EPCISEvent(
            type: kind, eventID: "", eventTime: EPCISMapping.time(of: ranked),
            eventTimeZoneOffset: settings.zoneOffset, action: action,
            operation: ranked.operation.id.description,
            station: ranked.operation.station.rawValue)
    }

    private func goods(_ key: StockKey, _ quantity: Int64) -> [EPCISEvent.Quantity] {
        [.init(epcClass: names.goods(key.item, lot: key.lot), quantity: quantity)]
    }

    /// nil: a logistic unit, or the world beyond the shelves, is no place.
    private func location(_ place: PlaceCode) -> EPCISEvent.Location? {
        guard !place.isInternal, names.container(place) == nil else { return nil }
        return .init(id: names.place(place))
    }

    private var batchPapers: [EPCISEvent.Paper]? {
        batch.map { [.init(bizTransaction: names.paper($0.rawValue))] }
    }
}

extension EventDraft {
    private func arrival(_ key: StockKey, _ quantity: Int64) -> [EPCISEvent] {
        let isMade = settings.goodsIn == .made
        var event = event(.object, isMade ? .add : .observe)
        event.bizStep = isMade ? "commissioning" : "receiving"
        event.disposition = isMade ? "active" : "in_progress"
        event.quantityList = goods(key, quantity)
        event.bizTransactionList = batchPapers
        stay(&event, at: key.place)
        return [event] + packing(key, quantity, into: key.place, at: nil)
    }

    private func departure(_ key: StockKey, _ quantity: Int64) -> [EPCISEvent] {
        let isConsumed = settings.goodsOut == .consumed
        var event = event(.object, isConsumed ? .delete : .observe)
        event.quantityList = goods(key, quantity)
        event.readPoint = location(key.place)
        event.bizTransactionList = batchPapers
        switch settings.goodsOut {
        case .other: (event.bizStep, event.disposition) = ("other", "unknown")
        case .shipped: (event.bizStep, event.disposition) = ("shipping", "in_transit")
        case .consumed: (event.bizStep, event.disposition) = ("decommissioning", "inactive")
        }
        return unpacking(key, quantity, at: nil) + [event]
    }

    private func move(_ key: StockKey, to: PlaceCode, _ quantity: Int64) -> [EPCISEvent] {
        let changes =
            unpacking(key, quantity, at: location(to))
            + packing(key, quantity, into: to, at: location(key.place))
        guard changes.isEmpty else { return changes }
        var event = event(.object, .observe)
        (event.bizStep, event.disposition) = ("storing", "in_progress")
        event.quantityList = goods(key, quantity)
        event.sourceList = location(key.place).map { [.init(source: $0.id)] }
        event.destinationList = location(to).map { [.init(destination: $0.id)] }
        stay(&event, at: to)
        return [event]
    }

    private func packing(
        _ key: StockKey, _ quantity: Int64, into place: PlaceCode, at from: EPCISEvent.Location?
    ) -> [EPCISEvent] {
        guard let container = names.container(place) else { return [] }
        var event = event(.aggregation, .add)
        (event.bizStep, event.disposition) = ("packing", "in_progress")
        event.parentID = container
        event.childQuantityList = goods(key, quantity)
        event.readPoint = from
        return [event]
    }

    private func unpacking(
        _ key: StockKey, _ quantity: Int64, at to: EPCISEvent.Location?
    ) -> [EPCISEvent] {
        guard let container = names.container(key.place) else { return [] }
        var event = event(.aggregation, .delete)
        (event.bizStep, event.disposition) = ("unpacking", "in_progress")
        event.parentID = container
        event.childQuantityList = goods(key, quantity)
        (event.readPoint, event.bizLocation) = (to, to)
        return [event]
    }

    private func count(_ key: StockKey, _ quantity: Int64) -> EPCISEvent {
        let container = names.container(key.place)
        var event = event(container == nil ? .object : .aggregation, .observe)
        event.bizStep = "stock_taking"
        if let container {
            event.parentID = container
            event.childQuantityList = goods(key, quantity)
        } else {
            event.quantityList = goods(key, quantity)
            stay(&event, at: key.place)
        }
        return event
    }

    /// Less than zero: goods came back, and belong to the order no more.
    private func pick(_ key: StockKey, _ line: OrderLineCode, _ quantity: Int64) -> EPCISEvent {
        var event = event(.transaction, quantity > 0 ? .add : .delete)
        event.bizStep = quantity > 0 ? "picking" : "storing"
        event.disposition = "in_progress"
        event.bizTransactionList = [
            .init(type: "po", bizTransaction: names.paper(line.rawValue))
        ]
        event.quantityList = goods(key, Int64(quantity.magnitude))
        event.readPoint = location(key.place)
        if quantity < 0 { event.bizLocation = event.readPoint }
        return event
    }

    private func sighting(_ serial: SerialCode, _ place: PlaceCode) -> EPCISEvent {
        let container = names.container(place)
        var event = event(
            container == nil ? .object : .aggregation, container == nil ? .observe : .add)
        if let container {
            event.bizStep = "packing"
            event.parentID = container
            event.childEPCs = [names.piece(serial)]
        } else {
            // Whether it was received, moved or counted, the operation doesn't say.
            event.epcList = [names.piece(serial)]
            stay(&event, at: place)
        }
        event.bizTransactionList = batchPapers
        return event
    }

    /// The event was there, and so are the goods from now on.
    private func stay(_ event: inout EPCISEvent, at place: PlaceCode) {
        (event.readPoint, event.bizLocation) = (location(place), location(place))
    }
}
