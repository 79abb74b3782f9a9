/// The check of an International Bank Account Number, ISO 13616.
enum AccountNumber {
    private static let lengths = 5...34

    static func finding(in field: Field) -> Finding? {
        if field.count < 4 { return Finding(.ibanTooShort, in: field) }
        if !CodeList.countryLetters.contains(field[0..<2]) {
            return Finding(.illegalIBANCountryCode, at: 0..<2)
        }
        if field.count > lengths.upperBound { return Finding(.ibanTooLong, in: field) }
        if field.count < lengths.lowerBound { return Finding(.ibanTooShort, in: field) }
        return checksumFinding(in: field)
    }

    private static func checksumFinding(in field: Field) -> Finding? {
        var remainder = 0
        for position in Array(4..<field.count) + Array(0..<4) {
            guard let value = value(of: field[position]) else {
                return Finding(.invalidIBANCharacter, at: field.character(at: position))
            }
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97
        }
        return remainder == 1 ? nil : Finding(.incorrectIBANChecksum, at: 2..<4)
    }

    private static func value(of byte: UInt8) -> Int? {
        if byte.isDigit { return byte.digit }
        let letter = byte &- UInt8(ascii: "A")
        return letter < 26 ? Int(letter) + 10 : nil
    }
}
