import FoundationEssentials

/// Times as answers have them.
public enum TimeText {
    /// `2026-11-24T16:00:00.123Z`, from microseconds since 1970.
    public static func utc(_ microseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(microseconds) / 1_000_000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
