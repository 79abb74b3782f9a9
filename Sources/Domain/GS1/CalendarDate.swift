/// A day of the Gregorian calendar.
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.daysInMonth(month, of: year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// Reads the six digits of a GS1 date: year, month, day.
    ///
    /// The year is the one nearest to the present: up to 49 years ago, up to 50 years ahead. Day
    /// 00 is the last of the month. GS1 General Specifications, section 7.12 and AI (17).
    public init?(sixDigits digits: some StringProtocol, currentYear: Int) {
        let field = Field(Array(digits.utf8)[...])
        guard field.count == 6, field.digitFinding == nil, (1...9999).contains(currentYear)
        else { return nil }
        let year = Self.fullYear(field[0..<2].number, currentYear: currentYear)
        let (month, day) = (field[2..<4].number, field[4..<6].number)
        guard (1...12).contains(month) else { return nil }
        self.init(
            year: year, month: month, day: day == 0 ? Self.daysInMonth(month, of: year) : day)
    }

    /// The day by UTC, of microseconds since 1970; nil outside of the years 1 to 9999.
    public init?(unixMicroseconds: Int64) {
        // The calendar repeats every 400 years. Counted from March on, leap days end a year.
        let daysSinceMarchOfYear0 = Self.floor(unixMicroseconds, 86_400_000_000) + 719_468
        let era = Self.floor(daysSinceMarchOfYear0, 146_097)
        let dayOfEra = daysSinceMarchOfYear0 - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.init(
            year: Int(yearOfEra + era * 400 + (month <= 2 ? 1 : 0)), month: Int(month),
            day: Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1))
    }

    private static func floor(_ number: Int64, _ divisor: Int64) -> Int64 {
        number / divisor - (number % divisor < 0 ? 1 : 0)
    }

    /// The century of a year of two digits.
    static func fullYear(_ twoDigits: Int, currentYear: Int) -> Int {
        let century = currentYear - currentYear % 100
        switch twoDigits - currentYear % 100 {
        case 51...: return century - 100 + twoDigits
        case ...(-50): return century + 100 + twoDigits
        default: return century + twoDigits
        }
    }

    static func daysInMonth(_ month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// As ISO 8601 writes it: `2027-02-28`.
    public var description: String {
        func padded(_ number: Int, to length: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, length - digits.count)) + digits
        }
        return "\(padded(year, to: 4))-\(padded(month, to: 2))-\(padded(day, to: 2))"
    }
}
