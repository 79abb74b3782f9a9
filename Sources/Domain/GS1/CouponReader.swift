/// Reads the fields of a North American coupon, AI (8110) and (8112), in their order.
///
/// Source: GS1 North American Coupon Application Guideline; GS1 General Specifications, 3.9.
struct CouponReader {
    private let field: Field
    private var position = 0

    private init(_ field: Field) {
        self.field = field
    }

    /// The check of AI (8110).
    static func findingInOffer(_ field: Field) -> Finding? {
        finding(in: field) { (reader: inout Self) throws(Blame) in try reader.readOffer() }
    }

    /// The check of AI (8112).
    static func findingInPositiveOffer(_ field: Field) -> Finding? {
        finding(in: field) { (reader: inout Self) throws(Blame) in
            try reader.readPositiveOffer()
        }
    }

    private static func finding(
        in field: Field, reading: (inout Self) throws(Blame) -> Void
    ) -> Finding? {
        if let finding = field.digitFinding { return finding }
        var reader = Self(field)
        do throws(Blame) {
            try reading(&reader)
            guard reader.isAtEnd else { throw Blame(.couponExcessData, reader.rest) }
            return nil
        } catch {
            // What is missing altogether can't be pointed at: the whole is to blame.
            return Finding(error.code, at: error.range.isEmpty ? 0..<field.count : error.range)
        }
    }

    private mutating func readPositiveOffer() throws(Blame) {
        try readDigit("01", .couponMissingFormatCode, .couponInvalidFormatCode)
        try readLengthAndField(
            Lengths("0123456", offset: 6),
            .couponMissingFunderVLI, .couponInvalidFunderLength, .couponTruncatedFunder)
        try read(6, .couponTruncatedOfferCode)
        try readSerialNumber()
    }

    private mutating func readOffer() throws(Blame) {
        try readLengthAndField(
            Lengths("0123456", offset: 6),
            .couponMissingGCPVLI, .couponInvalidGCPLength, .couponTruncatedGCP)
        try read(6, .couponTruncatedOfferCode)
        try readLengthAndField(
            Lengths("12345"), .couponMissingSaveValueVLI, .couponInvalidSaveValueLength,
            .couponTruncatedSaveValue)
        try readPurchase(.first)
        try readOptionalFields()
    }

    /// Each optional field at most once, in the order of their indicators.
    private mutating func readOptionalFields() throws(Blame) {
        if takesIndicator("1") {
            try readDigit(
                "0123", .couponMissingAdditionalPurchaseRulesCode,
                .couponInvalidAdditionalPurchaseRulesCode)
            try readPurchase(.second)
        }
        if takesIndicator("2") { try readPurchase(.third) }
        try readDates()
        if takesIndicator("5") { try readSerialNumber() }
        if takesIndicator("6") {
            try readLengthAndField(
                Lengths("1234567", offset: 6), .couponMissingRetailerGCPOrGLNVLI,
                .couponInvalidRetailerGCPOrGLNLength, .couponTruncatedRetailerGCPOrGLN)
        }
        if takesIndicator("9") { try readSaveValueRules() }
    }

    private mutating func readPurchase(_ codes: PurchaseCodes) throws(Blame) {
        try readLengthAndField(
            Lengths("12345"), codes.missingLength, codes.invalidLength, codes.truncated)
        try readDigit("012349", codes.missingCode, codes.invalidCode)
        try read(3, codes.truncatedFamily)
        guard let company = codes.company else { return }
        // 9: the company is that of the first purchase.
        try readLengthAndField(
            Lengths("0123456", offset: 6, none: 9), company.missingLength, company.invalidLength,
            company.truncated)
    }

    private mutating func readDates() throws(Blame) {
        let begin = position
        var expiration: Int?
        if takesIndicator("3") {
            expiration = try readDate(
                .couponTooShortForExpirationDate, .couponInvalidExpirationDate)
        }
        if takesIndicator("4") {
            let start = try readDate(.couponTooShortForStartDate, .couponInvalidStartDate)
            if let expiration, expiration < start {
                throw Blame(.couponExpirationBeforeStart, begin..<position)
            }
        }
    }

    private mutating func readDate(
        _ tooShort: FaultCode, _ invalid: FaultCode
    ) throws(Blame) -> Int {
        let range = try read(6, tooShort)
        let rule = DateRule(yearDigits: 2, dayMayBeZero: false)
        if rule.finding(in: field[range]) != nil { throw Blame(invalid, range) }
        return field[range].number
    }

    private mutating func readSerialNumber() throws(Blame) {
        try readLengthAndField(
            Lengths("0123456789", offset: 6), .couponMissingSerialNumberVLI,
            .couponMissingSerialNumberVLI, .couponTruncatedSerialNumber)
    }

    private mutating func readSaveValueRules() throws(Blame) {
        try readDigit("01256", .couponMissingSaveValueCode, .couponInvalidSaveValueCode)
        try readDigit(
            "012", .couponMissingSaveValueAppliesToItem, .couponInvalidSaveValueAppliesToItem)
        try readDigit(
            "0123456789", .couponMissingStoreCouponFlag, .couponMissingStoreCouponFlag)
        try readDigit("01", .couponMissingDontMultiplyFlag, .couponInvalidDontMultiplyFlag)
    }
}

extension CouponReader {
    private struct Blame: Error {
        let code: FaultCode
        let range: Range<Int>

        init(_ code: FaultCode, _ range: Range<Int>) {
            self.code = code
            self.range = range
        }
    }

    /// The digits that may say a length, and what is to be added to them.
    private struct Lengths {
        let digits: String
        let offset: Int
        /// The digit that says that there is no such field.
        let none: Int?

        init(_ digits: String, offset: Int = 0, none: Int? = nil) {
            self.digits = digits + (none.map(String.init) ?? "")
            self.offset = offset
            self.none = none
        }
    }

    private var isAtEnd: Bool { position == field.count }
    private var rest: Range<Int> { position..<field.count }

    private mutating func takesIndicator(_ indicator: Unicode.Scalar) -> Bool {
        guard !isAtEnd, field[position] == UInt8(ascii: indicator) else { return false }
        position += 1
        return true
    }

    @discardableResult
    private mutating func read(_ length: Int, _ truncated: FaultCode) throws(Blame) -> Range<Int> {
        guard field.count - position >= length else { throw Blame(truncated, rest) }
        defer { position += length }
        return position..<position + length
    }

    @discardableResult
    private mutating func readDigit(
        _ permitted: String, _ missing: FaultCode, _ invalid: FaultCode
    ) throws(Blame) -> Int {
        let range = try read(1, missing)
        guard permitted.utf8.contains(field[range.lowerBound]) else {
            throw Blame(invalid, range)
        }
        return field[range].number
    }

    private mutating func readLengthAndField(
        _ lengths: Lengths, _ missing: FaultCode, _ invalid: FaultCode, _ truncated: FaultCode
    ) throws(Blame) {
        let digit = try readDigit(lengths.digits, missing, invalid)
        if digit != lengths.none { try read(digit + lengths.offset, truncated) }
    }
}

extension CouponReader {
    /// The names of what may be wrong with the first, second and third purchase.
    private struct PurchaseCodes {
        typealias Company = (
            missingLength: FaultCode, invalidLength: FaultCode, truncated: FaultCode
        )

        let missingLength: FaultCode
        let invalidLength: FaultCode
        let truncated: FaultCode
        let missingCode: FaultCode
        let invalidCode: FaultCode
        let truncatedFamily: FaultCode
        let company: Company?

        static let first = Self(
            missingLength: .couponMissing1stPurchaseRequirementVLI,
            invalidLength: .couponInvalid1stPurchaseRequirementLength,
            truncated: .couponTruncated1stPurchaseRequirement,
            missingCode: .couponMissing1stPurchaseRequirementCode,
            invalidCode: .couponInvalid1stPurchaseRequirementCode,
            truncatedFamily: .couponTruncated1stPurchaseFamilyCode,
            company: nil)

        static let second = Self(
            missingLength: .couponMissing2ndPurchaseRequirementVLI,
            invalidLength: .couponInvalid2ndPurchaseRequirementLength,
            truncated: .couponTruncated2ndPurchaseRequirement,
            missingCode: .couponMissing2ndPurchaseRequirementCode,
            invalidCode: .couponInvalid2ndPurchaseRequirementCode,
            truncatedFamily: .couponTruncated2ndPurchaseFamilyCode,
            company: (
                .couponMissing2ndPurchaseGCPVLI, .couponInvalid2ndPurchaseGCPLength,
                .couponTruncated2ndPurchaseGCP
            ))

        static let third = Self(
            missingLength: .couponMissing3rdPurchaseRequirementVLI,
            invalidLength: .couponInvalid3rdPurchaseRequirementLength,
            truncated: .couponTruncated3rdPurchaseRequirement,
            missingCode: .couponMissing3rdPurchaseRequirementCode,
            invalidCode: .couponInvalid3rdPurchaseRequirementCode,
            truncatedFamily: .couponTruncated3rdPurchaseFamilyCode,
            company: (
                .couponMissing3rdPurchaseGCPVLI, .couponInvalid3rdPurchaseGCPLength,
                .couponTruncated3rdPurchaseGCP
            ))
    }
}
