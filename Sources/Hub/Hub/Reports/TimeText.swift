import Foundation
import Replication

extension HybridTime {
    /// `2026-11-24T16:00:00.123Z`
    var text: String {
        Date(timeIntervalSince1970: Double(rawValue) / 1_000_000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
