/// What is wrong with GS1 data: one stable name a fault.
///
/// Faults of one component bear the names of the GS1 Syntax Dictionary, spelling included.
public enum FaultCode: String, Sendable, CaseIterable {
    /// Nothing was given.
    case empty
    /// An identifier's brackets don't close, or data stands before the first.
    case malformedBrackets = "malformed-brackets"
    /// No application identifier begins here.
    case unknownAI = "unknown-ai"
    /// The value is shorter than its identifier demands.
    case aiDataTooShort = "ai-data-too-short"
    /// The value is longer than its identifier permits.
    case aiDataTooLong = "ai-data-too-long"
    /// Something follows that belongs to nothing.
    case excessData = "excess-data"
    /// One identifier stands twice with different values.
    case conflictingAI = "conflicting-ai"
    /// A Digital Link gives one identifier twice.
    case duplicateAI = "duplicate-ai"
    /// Scan data without the three characters that say the symbology.
    case noAIMIdentifier = "no-aim-identifier"
    /// The symbology carries no GS1 data.
    case unsupportedCarrier = "unsupported-carrier"
    /// The symbology carries another number of digits.
    case wrongLengthForCarrier = "wrong-length-for-carrier"
    /// Digits of a length that GTIN and SSCC don't have.
    case notAGS1Number = "not-a-gs1-number"
    /// The symbology can't carry this data.
    case wrongContentForCarrier = "wrong-content-for-carrier"
    /// Not an absolute http or https address.
    case notAWebAddress = "not-a-web-address"
    /// A character that no web address may hold.
    case illegalURICharacter = "illegal-uri-character"
    /// The host of the address is malformed.
    case invalidHost = "invalid-host"
    /// No primary identification key stands in the path.
    case noKeyInLink = "no-key-in-link"
    /// The link is compressed.
    case compressedLink = "compressed-link"
    /// The qualifiers don't belong to the key, or their order is wrong.
    case invalidKeyQualifiers = "invalid-key-qualifiers"
    /// The identifier may not stand in the query.
    case notALinkAttribute = "not-a-link-attribute"
    /// A % without two hexadecimal digits, or one that stands for NUL.
    case malformedPercentEncoding = "malformed-percent-encoding"
    /// An identifier of the link has no value.
    case noValueInLink = "no-value-in-link"
    /// A text that describes no variable-measure number.
    case malformedPattern = "malformed-pattern"

    case nonDigitCharacter = "non-digit-character"
    case invalidCSET82Character = "invalid-cset82-character"
    case invalidCSET39Character = "invalid-cset39-character"
    case invalidCSET64Character = "invalid-cset64-character"
    case invalidCSET64Padding = "invalid-cset64-padding"
    case incorrectCheckDigit = "incorrect-check-digit"
    case tooShortForCheckDigit = "too-short-for-check-digit"
    case incorrectCheckPair = "incorrect-check-pair"
    case tooShortForCheckPair = "too-short-for-check-pair"
    case tooLongForCheckPairImplementation = "too-long-for-check-pair-implementation"
    case invalidGCPPrefix = "invalid-gcp-prefix"
    case tooShortForGCP = "too-short-for-gcp"
    case importerIdxMustBeOneCharacter = "importer-idx-must-be-one-character"
    case invalidImportIdxCharacter = "invalid-import-idx-character"
    case illegalZeroValue = "illegal-zero-value"
    case notZero = "not-zero"
    case illegalZeroPrefix = "illegal-zero-prefix"
    case notZeroOrOne = "not-zero-or-one"
    case notHyphen = "not-hyphen"
    case requiresNonDigitCharacter = "requires-non-digit-character"
    case invalidWindingDirection = "invalid-winding-direction"
    case invalidBiologicalSexCode = "invalid-biological-sex-code"
    case notISO3166 = "not-iso3166"
    case notISO3166Or999 = "not-iso3166-or-999"
    case notISO3166Alpha2 = "not-iso3166-alpha2"
    case notISO4217 = "not-iso4217"
    case invalidMediaType = "invalid-media-type"
    case invalidPackageType = "invalid-package-type"
    case ibanTooShort = "iban-too-short"
    case ibanTooLong = "iban-too-long"
    case invalidIBANCharacter = "invalid-iban-character"
    case illegalIBANCountryCode = "illegal-iban-country-code"
    case incorrectIBANChecksum = "incorrect-iban-checksum"
    case dateTooShort = "date-too-short"
    case dateTooLong = "date-too-long"
    case illegalMonth = "illegal-month"
    case illegalDay = "illegal-day"
    case hourWithMinuteTooShort = "hour-with-minute-too-short"
    case hourWithMinuteTooLong = "hour-with-minute-too-long"
    case hourTooShort = "hour-too-short"
    case hourTooLong = "hour-too-long"
    case illegalHour = "illegal-hour"
    case minuteTooShort = "minute-too-short"
    case minuteTooLong = "minute-too-long"
    case illegalMinute = "illegal-minute"
    case secondTooShort = "second-too-short"
    case secondTooLong = "second-too-long"
    case illegalSecond = "illegal-second"
    case invalidLengthForPieceOfTotal = "invalid-length-for-piece-of-total"
    case zeroPieceNumber = "zero-piece-number"
    case zeroTotalPieces = "zero-total-pieces"
    case pieceNumberExceedsTotal = "piece-number-exceeds-total"
    case positionInSequenceMalformed = "position-in-sequence-malformed"
    case positionExceedsEnd = "position-exceeds-end"
    case invalidPercentSequence = "invalid-percent-sequence"
    case invalidLatitude = "invalid-latitude"
    case invalidLongitude = "invalid-longitude"
    case latitudeInvalidLength = "latitude-invalid-length"
    case longitudeInvalidLength = "longitude-invalid-length"

    case couponMissingFormatCode = "coupon-missing-format-code"
    case couponInvalidFormatCode = "coupon-invalid-format-code"
    case couponMissingFunderVLI = "coupon-missing-funder-vli"
    case couponInvalidFunderLength = "coupon-invalid-funder-length"
    case couponTruncatedFunder = "coupon-truncated-funder"
    case couponTruncatedOfferCode = "coupon-truncated-offer-code"
    case couponMissingSerialNumberVLI = "coupon-missing-serial-number-vli"
    case couponTruncatedSerialNumber = "coupon-truncated-serial-number"
    case couponMissingGCPVLI = "coupon-missing-gcp-vli"
    case couponInvalidGCPLength = "coupon-invalid-gcp-length"
    case couponTruncatedGCP = "coupon-truncated-gcp"
    case couponMissingSaveValueVLI = "coupon-missing-save-value-vli"
    case couponInvalidSaveValueLength = "coupon-invalid-save-value-length"
    case couponTruncatedSaveValue = "coupon-truncated-save-value"
    case couponMissing1stPurchaseRequirementVLI = "coupon-missing-1st-purchase-requirement-vli"
    case couponInvalid1stPurchaseRequirementLength =
        "coupon-invalid-1st-purchase-requirement-length"
    case couponTruncated1stPurchaseRequirement = "coupon-truncated-1st-purchase-requirement"
    case couponMissing1stPurchaseRequirementCode = "coupon-missing-1st-purchase-requirement-code"
    case couponInvalid1stPurchaseRequirementCode = "coupon-invalid-1st-purchase-requirement-code"
    case couponTruncated1stPurchaseFamilyCode = "coupon-truncated-1st-purchase-family-code"
    case couponMissingAdditionalPurchaseRulesCode = "coupon-missing-additional-purchase-rules-code"
    case couponInvalidAdditionalPurchaseRulesCode = "coupon-invalid-additional-purchase-rules-code"
    case couponMissing2ndPurchaseRequirementVLI = "coupon-missing-2nd-purchase-requirement-vli"
    case couponInvalid2ndPurchaseRequirementLength =
        "coupon-invalid-2nd-purchase-requirement-length"
    case couponTruncated2ndPurchaseRequirement = "coupon-truncated-2nd-purchase-requirement"
    case couponMissing2ndPurchaseRequirementCode = "coupon-missing-2nd-purchase-requirement-code"
    case couponInvalid2ndPurchaseRequirementCode = "coupon-invalid-2nd-purchase-requirement-code"
    case couponTruncated2ndPurchaseFamilyCode = "coupon-truncated-2nd-purchase-family-code"
    case couponMissing2ndPurchaseGCPVLI = "coupon-missing-2nd-purchase-gcp-vli"
    case couponInvalid2ndPurchaseGCPLength = "coupon-invalid-2nd-purchase-gcp-length"
    case couponTruncated2ndPurchaseGCP = "coupon-truncated-2nd-purchase-gcp"
    case couponMissing3rdPurchaseRequirementVLI = "coupon-missing-3rd-purchase-requirement-vli"
    case couponInvalid3rdPurchaseRequirementLength =
        "coupon-invalid-3rd-purchase-requirement-length"
    case couponTruncated3rdPurchaseRequirement = "coupon-truncated-3rd-purchase-requirement"
    case couponMissing3rdPurchaseRequirementCode = "coupon-missing-3rd-purchase-requirement-code"
    case couponInvalid3rdPurchaseRequirementCode = "coupon-invalid-3rd-purchase-requirement-code"
    case couponTruncated3rdPurchaseFamilyCode = "coupon-truncated-3rd-purchase-family-code"
    case couponMissing3rdPurchaseGCPVLI = "coupon-missing-3rd-purchase-gcp-vli"
    case couponInvalid3rdPurchaseGCPLength = "coupon-invalid-3rd-purchase-gcp-length"
    case couponTruncated3rdPurchaseGCP = "coupon-truncated-3rd-purchase-gcp"
    case couponTooShortForExpirationDate = "coupon-too-short-for-expiration-date"
    case couponInvalidExpirationDate = "coupon-invalid-exipiration-date"
    case couponTooShortForStartDate = "coupon-too-short-for-start-date"
    case couponInvalidStartDate = "coupon-invalid-start-date"
    case couponExpirationBeforeStart = "coupon-expiration-before-start"
    case couponMissingRetailerGCPOrGLNVLI = "coupon-missing-retailer-gcp-or-gln-vli"
    case couponInvalidRetailerGCPOrGLNLength = "coupon-invalid-retailer-gcp-or-gln-length"
    case couponTruncatedRetailerGCPOrGLN = "coupon-truncated-retailer-gcp-or-gln"
    case couponMissingSaveValueCode = "coupon-missing-save-value-code"
    case couponInvalidSaveValueCode = "coupon-invalid-save-value-code"
    case couponMissingSaveValueAppliesToItem = "coupon-missing-save-value-applies-to-item"
    case couponInvalidSaveValueAppliesToItem = "coupon-invalid-save-value-applies-to-item"
    case couponMissingStoreCouponFlag = "coupon-missing-store-coupon-flag"
    case couponMissingDontMultiplyFlag = "coupon-missing-dont-multiply-flag"
    case couponInvalidDontMultiplyFlag = "coupon-invalid-dont-multiply-flag"
    case couponExcessData = "coupon-excess-data"
}
