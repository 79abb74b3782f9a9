extension OperationReport {
    /// One calm line for people: when, where, what, who.
    public var line: String {
        var parts = [clock, station.padded(to: 15), what]
        if let by = self.operator { parts.append("by \(by)") }
        if let refusal { parts.append("REFUSED \(refusal.code)") }
        return parts.joined(separator: "  ")
    }

    /// `16:00:01`, by the station's clock.
    private var clock: String {
        String(time.drop { $0 != "T" }.dropFirst().prefix(8))
    }

    private var what: String {
        switch kind {
        case "adjust": "\(signed(delta)) \(goods) at \(place ?? "")"
        case "move": "move \(number) \(goods) from \(place ?? "") to \(to ?? "")"
        case "count": "count \(number) \(goods) at \(place ?? "")"
        case "pick": "pick \(number) \(goods) at \(place ?? "") for \(orderLine ?? "")"
        case "serial": "serial \(serial ?? "") at \(place ?? "")"
        case "attribute": "\(item ?? "") \(field ?? "") = \(value ?? "")"
        case "batch-add": "batch \(batch ?? "") + \(number) x \(code ?? "")"
        case "batch-remove": "batch \(batch ?? "") - \(lines?.count ?? 0) lines"
        case "undo": (level ?? 2) % 2 == 0 ? "undo \(target ?? "")" : "redo \(target ?? "")"
        default: "\(kind) operation"
        }
    }

    private var goods: String {
        lot.map { "\(item ?? "") lot \($0)" } ?? item ?? ""
    }

    private var number: String { "\(quantity ?? 0)" }

    private func signed(_ number: Int64?) -> String {
        let number = number ?? 0
        return number > 0 ? "+\(number)" : "\(number)"
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
