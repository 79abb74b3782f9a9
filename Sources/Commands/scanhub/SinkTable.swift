import HubStorage
import Sinks

/// Sinks as people are shown them.
enum SinkTable {
    static func lines(_ reports: [SinkReport]) -> [String] {
        var table = TextTable([
            ("SINK", .left), ("KIND", .left), ("STATE", .left), ("WAITING", .right),
            ("SINCE", .left), ("SET ASIDE", .right), ("LAST SUCCESS", .left),
            ("FAILED", .right), ("LAST ERROR", .left),
        ])
        for report in reports {
            table.add([
                report.name, report.kind, report.state.rawValue, "\(report.lag)",
                report.lagSeconds.map(age) ?? "", report.parked == 0 ? "" : "\(report.parked)",
                report.lastSuccess ?? "never", report.attempts == 0 ? "" : "\(report.attempts)",
                report.lastError.map { "\($0.time) \($0.message) [\($0.code)]" } ?? "",
            ])
        }
        return table.lines
    }

    static func lines(_ parked: [ParkedReport]) -> [String] {
        var table = TextTable([("OPERATION", .left), ("SINCE", .left), ("WHY", .left)])
        for entry in parked {
            table.add([
                entry.operation, entry.error.time, "\(entry.error.message) [\(entry.error.code)]",
            ])
        }
        return parked.isEmpty ? [] : table.lines
    }

    static func lines(_ audit: [SinkAuditReport]) -> [String] {
        var table = TextTable([
            ("WHEN", .left), ("WHO", .left), ("WHAT", .left), ("", .left),
        ])
        for entry in audit {
            table.add([entry.time, entry.who, entry.action, entry.detail])
        }
        return table.lines
    }

    /// In the unit that a person would name.
    private static func age(_ seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        case ..<172_800: "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
