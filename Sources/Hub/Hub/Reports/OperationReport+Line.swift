extension OperationReport {
    /// What happened, in columns for people: when, at which station, by which device, what.
    public func columns(stationName: String?) -> [String] {
        var what = [sentence]
        if let by = self.operator { what.append("by \(by)") }
        if let refusal { what.append("REFUSED: \(refusal.message)") }
        if let after = balanceText { what.append(after) }
        return [clock, stationName ?? station, device ?? "", what.joined(separator: "  ")]
            .map(TerminalText.safe)
    }

    /// `16:00:01`, UTC, by the station's clock.
    private var clock: String {
        String(time.drop { $0 != "T" }.dropFirst().prefix(8))
    }

    private var sentence: String {
        switch kind {
        case "adjust":
            (delta ?? 0) < 0
                ? "took out \((delta ?? 0).magnitude) × \(goods) at \(place ?? "")"
                : "received \(delta ?? 0) × \(goods) at \(place ?? "")"
        case "move": "moved \(number) × \(goods) from \(place ?? "") to \(to ?? "")"
        case "count": "counted \(number) × \(goods) at \(place ?? "")"
        case "pick": "picked \(number) × \(goods) at \(place ?? "") for \(orderLine ?? "")"
        case "serial": "saw serial \(serial ?? "") at \(place ?? "")"
        case "attribute": "set \(field ?? "") of \(shortItem) to \(value ?? "")"
        case "batch-add": "scanned \(number) × \(code ?? "")"
        case "batch-remove": "took back \(scans)"
        case "undo": (level ?? 2) % 2 == 0 ? "undid \(target ?? "")" : "redid \(target ?? "")"
        default: "did something that this program doesn't know"
        }
    }

    /// `→ 12`, or with places when there are two.
    private var balanceText: String? {
        guard refusal == nil, let balances, let first = balances.first else { return nil }
        if balances.count == 1 { return "→ \(first.quantity)" }
        return "→ " + balances.map { "\($0.quantity) at \($0.place)" }.joined(separator: ", ")
    }

    private var goods: String {
        lot.map { "\(shortItem) lot \($0)" } ?? shortItem
    }

    /// A GTIN as it is printed on most goods: 13 digits.
    private var shortItem: String {
        let item = item ?? ""
        let isPadded = item.utf8.count == 14 && item.hasPrefix("0") && item.allSatisfy(\.isNumber)
        return isPadded ? String(item.dropFirst()) : item
    }

    private var number: String { "\(quantity ?? 0)" }

    private var scans: String {
        let count = lines?.count ?? 0
        return count == 1 ? "a scan" : "\(count) scans"
    }
}
