/// The check of a date that is written with digits alone.
struct DateRule {
    let yearDigits: Int
    /// Whether day 00 stands for the month as a whole.
    let dayMayBeZero: Bool

    func finding(in field: Field) -> Finding? {
        let length = yearDigits + 4
        if field.count < length { return Finding(.dateTooShort, in: field) }
        if field.count > length { return Finding(.dateTooLong, in: field) }
        if let finding = field.digitFinding { return finding }
        let (year, monthEnd) = (field[0..<yearDigits].number, yearDigits + 2)
        let month = field[yearDigits..<monthEnd].number
        let day = field[monthEnd..<length].number
        guard (1...12).contains(month) else {
            return Finding(.illegalMonth, at: yearDigits..<monthEnd)
        }
        // A year of two digits is one near the present: 00 is 2000, which had a leap day.
        let fullYear = yearDigits == 2 ? 2000 + year : year
        let days = (dayMayBeZero ? 0 : 1)...CalendarDate.daysInMonth(month, of: fullYear)
        return days.contains(day) ? nil : Finding(.illegalDay, at: monthEnd..<length)
    }
}

/// The check of two digits of a time of day.
enum TimeRule {
    case hour, minute, second

    func finding(in field: Field) -> Finding? {
        if field.count < 2 { return Finding(codes.tooShort, in: field) }
        if field.count > 2 { return Finding(codes.tooLong, in: field) }
        if let finding = field.digitFinding { return finding }
        return field.number < limit ? nil : Finding(codes.illegal, in: field)
    }

    static func hourAndMinuteFinding(in field: Field) -> Finding? {
        if field.count < 4 { return Finding(.hourWithMinuteTooShort, in: field) }
        if field.count > 4 { return Finding(.hourWithMinuteTooLong, in: field) }
        return field.digitFinding ?? hour.finding(in: field[0..<2])
            ?? minute.finding(in: field[2..<4])?.moved(by: 2)
    }

    private var limit: Int { self == .hour ? 24 : 60 }

    private var codes: (tooShort: FaultCode, tooLong: FaultCode, illegal: FaultCode) {
        switch self {
        case .hour: (.hourTooShort, .hourTooLong, .illegalHour)
        case .minute: (.minuteTooShort, .minuteTooLong, .illegalMinute)
        case .second: (.secondTooShort, .secondTooLong, .illegalSecond)
        }
    }
}
