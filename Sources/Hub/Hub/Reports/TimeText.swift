import Replication
import Reporting

extension HybridTime {
    /// `2026-11-24T16:00:00.123Z`
    var text: String { TimeText.utc(rawValue) }
}
