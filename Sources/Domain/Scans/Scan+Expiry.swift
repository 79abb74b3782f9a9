public import GS1

extension Scan {
    /// No station began earlier: a clock that says so was never set.
    private static let earliestYear = 2025

    /// The day from which the goods mustn't be used any more, if that is before the day of `time`,
    /// by UTC. nil as well when the code says nothing or the clock can't be right.
    public func expiry(passedAt time: CaptureTime) -> CalendarDate? {
        guard let elements, let today = CalendarDate(unixMicroseconds: time.wallMicroseconds),
            today.year >= Self.earliestYear,
            let expiry = elements.expiry(currentYear: today.year), expiry < today
        else { return nil }
        return expiry
    }
}
