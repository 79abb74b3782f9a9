import Replication

extension WorkflowBatch {
    /// What a line did: `3 × 04006381333931 received at DOCK`.
    func sentence(for entry: BatchEntry) -> String {
        let place = self.place.rawValue.shown
        switch (mode, entry.subject) {
        case (.count, .item):
            let total = tally(of: entry.subject)?.pieces ?? entry.quantity
            return "\(entry.phrase) counted at \(place), \(total) so far"
        case (.move, _): return "\(entry.phrase) taken from \(place)"
        case (_, .serial): return "\(entry.phrase) seen at \(place)"
        case (_, .item): return "\(entry.phrase) received at \(place)"
        }
    }

    /// `2 lines, 5 pieces`
    var contents: String {
        guard !entries.isEmpty else { return "nothing" }
        return plural(entries.count, "line") + ", " + plural(pieces, "piece")
    }

    private func plural(_ count: some BinaryInteger, _ noun: String) -> String {
        count == 1 ? "1 \(noun)" : "\(count) \(noun)s"
    }
}

extension BatchEntry {
    /// `3 × 04006381333931 lot L7`
    var phrase: String {
        switch subject {
        case .item(let item, let lot):
            "\(quantity) × \(item.rawValue.shown)"
                + (lot.rawValue.isEmpty ? "" : " lot \(lot.rawValue.shown)")
        case .serial: subject.code.shown
        }
    }
}

extension Mode {
    func sentence(at place: PlaceCode) -> String {
        let shown = place.rawValue.shown
        switch self {
        case .receive: return "Receiving at \(shown)"
        case .count: return "Counting at \(shown)"
        case .move: return "Moving from \(shown)"
        case .lookUp: return "Looking up"
        }
    }
}

extension WorkflowRefusal {
    static let nothingToUndo = WorkflowRefusal(
        code: "nothing-to-undo", message: "There is no line left to take back.")
    static let notAsked = WorkflowRefusal(
        code: "not-asked", message: "This answers a question, and none was asked.")
    static let noUnit = WorkflowRefusal(
        code: "no-unit", message: "No logistic unit is being filled: scan its label first.")
    static let noBatch = WorkflowRefusal(code: "no-batch", message: "No batch is open.")
    static let inLookUp = WorkflowRefusal(
        code: "in-look-up", message: "Looking up counts nothing: choose another mode first.")
    static let batchFull = WorkflowRefusal(
        code: "batch-full",
        message: "This batch has its \(Workflow.batchLineLimit) lines: scan where the goods go.")

    static func unknownLine(_ id: OperationID) -> WorkflowRefusal {
        WorkflowRefusal(
            code: "unknown-line",
            message: "Line \(id) is neither in the open batch nor in the last one.")
    }

    static func unitsTooDeep(_ unit: SerialCode) -> WorkflowRefusal {
        WorkflowRefusal(
            code: "units-too-deep",
            message: "\(Workflow.unitDepthLimit) units stand in one another already: "
                + "\(unit.rawValue.shown) is one too many.")
    }

    static func unknownProfile(_ name: String) -> WorkflowRefusal {
        let names = BatchProfile.all.map(\.name).joined(separator: ", ")
        return WorkflowRefusal(
            code: "unknown-profile",
            message: "There is no profile “\(name.shown)”. There are \(names).")
    }

    static func noDestination(_ open: WorkflowBatch) -> WorkflowRefusal {
        WorkflowRefusal(
            code: "no-destination",
            message: "\(open.contents) taken from \(open.place.rawValue.shown): "
                + "scan where the goods go, or cancel the batch.")
    }

    static func samePlace(_ place: PlaceCode) -> WorkflowRefusal {
        WorkflowRefusal(
            code: "same-place",
            message: "The goods come from \(place.rawValue.shown): scan another place.")
    }

    static func badPlace(_ place: PlaceCode) -> WorkflowRefusal {
        WorkflowRefusal(
            code: "bad-place",
            message: "No goods can be put at the place “\(place.rawValue.shown)”.")
    }

    static func badQuantity(_ quantity: Int64) -> WorkflowRefusal {
        WorkflowRefusal(
            code: "bad-quantity",
            message: "The quantity \(quantity) is not from 1 to \(Command.quantityLimit).")
    }

    static func serialQuantity(_ subject: BatchSubject, _ quantity: Int64) -> WorkflowRefusal {
        WorkflowRefusal(
            code: "serial-quantity",
            message: "\(subject.code.shown) is a single piece: "
                + "quantity \(quantity) waits for the next item.")
    }
}
