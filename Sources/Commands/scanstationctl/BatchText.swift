import LocalAPI

/// Batches and lists, as lines of text.
enum BatchText {
    static func current(_ current: CurrentBatch) -> String {
        var lines = ["\(current.mode) at \(Paint.strong(current.place))"]
        if let profile = current.profile { lines[0] += ", profile \(profile)" }
        if !current.units.isEmpty {
            lines.append("in unit " + current.units.map(sscc).joined(separator: " > "))
        }
        if let asked = current.asked {
            lines.append("\(asked) was read twice: 'command SAY:CONFIRM' counts it again")
        }
        let batch = current.batch.map { report($0, current.list) } ?? "No batch yet."
        return (lines + ["", batch]).joined(separator: "\n")
    }

    static func report(_ batch: BatchReport, _ list: ExpectedListReport?) -> String {
        let head =
            "Batch \(batch.code): \(batch.mode) at \(batch.place)"
            + (batch.destination.map { " to \($0)" } ?? "")
            + ", \(batch.stage), \(batch.lines) lines, \(batch.pieces) pieces"
        let times =
            "opened \(Clock.dayAndTime(batch.opened))"
            + (batch.closed.map { ", closed \(Clock.dayAndTime($0))" } ?? "")
        return [head + "\n" + times, goods(batch), units(batch), list.map(comparison) ?? ""]
            .filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func goods(_ batch: BatchReport) -> String {
        guard !batch.goods.isEmpty else { return "" }
        var table = Table("GOODS", "CODE", "LOT", "EXPIRY", "UNIT", "PIECES", "")
        for group in batch.goods {
            let flags = [
                group.isRecalled == true ? "recalled" : nil,
                group.isExpired == true ? "expired" : nil,
            ].compactMap { $0 }.joined(separator: ", ")
            table.add(
                .init(group.name ?? ""), .init(group.code), .init(group.lot ?? ""),
                .init(group.expiry ?? ""), .init(group.unit.map(sscc) ?? ""),
                .init("\(group.pieces)"), .init(flags, .bad))
        }
        return table.text
    }

    private static func units(_ batch: BatchReport) -> String {
        guard !batch.flatUnits.isEmpty else { return "" }
        var table = Table("UNIT", "LABEL", "PIECES")
        for (unit, depth) in batch.flatUnits {
            table.add(
                .init(String(repeating: "  ", count: depth) + sscc(unit.unit)),
                .init(unit.isScanned ? "scanned" : "not scanned"), .init("\(unit.pieces)"))
        }
        return table.text
    }

    static func comparison(_ list: ExpectedListReport) -> String {
        guard let compared = list.comparison else {
            return "List \(list.code): \(list.lineCount) lines, \(list.pieces) pieces"
        }
        let paint: Paint = compared.isExact ? .good : .bad
        var table = Table("LINE", "GOODS", "LOT", "UNIT", "EXPECTED", "SCANNED", "")
        for line in compared.lines {
            table.add(
                .init("\(line.number)"), .init(line.name ?? line.item), .init(line.lot ?? ""),
                .init(line.unit.map(sscc) ?? ""), .init("\(line.expected)"),
                .init("\(line.scanned)"),
                .init(line.state, line.state == "complete" ? .good : .bad))
        }
        for stray in compared.strays {
            let reason = stray.reason == "extra" ? "extra" : "wrong \(stray.reason)"
            table.add(
                "", .init(stray.name ?? stray.code), .init(stray.lot ?? ""),
                .init(stray.unit.map(sscc) ?? ""), "0", .init("\(stray.pieces)"),
                .init(reason, .bad))
        }
        return "List \(list.code): " + paint(compared.verdict) + "\n\n" + table.text
    }

    /// The number alone.
    private static func sscc(_ unit: String) -> String {
        unit.hasPrefix("00/") ? String(unit.dropFirst(3)) : unit
    }
}
