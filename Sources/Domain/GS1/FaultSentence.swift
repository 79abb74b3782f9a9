/// Puts a fault of one value into words that an operator can act on.
struct FaultSentence {
    let finding: Finding
    let value: Field
    let identifier: ApplicationIdentifier

    var text: String {
        switch finding.code {
        case .incorrectCheckDigit: checkDigitText
        case .incorrectCheckPair:
            "The two check characters at the end of \(name) are wrong: \(misread)."
        case .incorrectIBANChecksum: "The check digits of \(name) are wrong: \(misread)."
        case .aiDataTooShort:
            "\(capitalName) has \(characters(value.count)), but needs \(demandedLength)."
        case .aiDataTooLong:
            "\(capitalName) has \(characters(value.count)), but may have \(demandedLength)."
        default: formText ?? dateText ?? listText ?? couponText
        }
    }

    private var checkDigitText: String {
        let end = finding.range.upperBound
        let component = value[componentStart..<end]
        let given = String(decoding: [value[end - 1]], as: UTF8.self)
        guard let right = component.rightCheckDigit else {
            return "The check digit of \(name) is wrong: \(misread)."
        }
        return "The check digit of \(name) is \(given) but should be \(right): \(misread)."
    }

    /// Where the component begins that the finding ends.
    private var componentStart: Int {
        var position = 0
        for component in identifier.components {
            if position + component.maximum >= finding.range.upperBound { break }
            position += component.maximum
        }
        return position
    }

    private var misread: String { "it was misread or mistyped" }

    private var formText: String? {
        switch finding.code {
        case .nonDigitCharacter: "\(culpritSentence) Only digits may stand there."
        case .invalidCSET82Character, .invalidCSET39Character, .invalidCSET64Character:
            "\(culpritSentence) GS1 permits no such character there."
        case .invalidCSET64Padding: "\(capitalName) ends in a wrong number of = signs."
        case .tooShortForCheckPair: "\(capitalName) is too short to hold its check characters."
        case .tooLongForCheckPairImplementation, .tooShortForCheckDigit:
            "\(capitalName) has a length for which there is no check."
        case .tooShortForGCP, .invalidGCPPrefix:
            "\(capitalName) must begin with a company prefix of at least four digits."
        case .illegalZeroValue: "A part of \(name) is zero, which it must not be."
        case .notZero: "\(capitalName) must begin with a zero."
        case .illegalZeroPrefix: "\(capitalName) holds a number that begins with a zero."
        case .notZeroOrOne: "\(capitalName) is \(culprit), but may only be 0 or 1."
        case .notHyphen: "\(capitalName) ends in \(culprit) where only a minus sign may stand."
        case .requiresNonDigitCharacter: "\(capitalName) must not consist of digits alone."
        case .importerIdxMustBeOneCharacter, .invalidImportIdxCharacter:
            "The importer index of \(name) is \(culprit), which is none."
        case .invalidPercentSequence:
            "\(capitalName) holds a % that two hexadecimal digits don't follow."
        case .invalidLengthForPieceOfTotal, .zeroPieceNumber, .zeroTotalPieces,
            .pieceNumberExceedsTotal:
            "\(culprit) in \(name) is no piece number and total: 0103 is piece 1 of 3."
        case .positionInSequenceMalformed, .positionExceedsEnd:
            "\(culprit) in \(name) is no position and total: 2/3 is the second of three."
        default: nil
        }
    }

    private var dateText: String? {
        switch finding.code {
        case .illegalMonth: "\(culprit) in \(name) is no month."
        case .illegalDay: "\(culprit) in \(name) is no day of that month."
        case .illegalHour, .hourTooShort, .hourTooLong:
            "\(culprit) in \(name) is no hour of the day."
        case .illegalMinute, .minuteTooShort, .minuteTooLong: "\(culprit) in \(name) is no minute."
        case .illegalSecond, .secondTooShort, .secondTooLong: "\(culprit) in \(name) is no second."
        case .hourWithMinuteTooShort, .hourWithMinuteTooLong:
            "\(culprit) in \(name) is no hour and minute."
        case .dateTooShort, .dateTooLong: "\(culprit) in \(name) is no date."
        default: nil
        }
    }

    private var listText: String? {
        switch finding.code {
        case .notISO3166, .notISO3166Alpha2, .notISO3166Or999, .illegalIBANCountryCode:
            "\(culprit) in \(name) is no country code of ISO 3166."
        case .notISO4217: "\(culprit) in \(name) is no currency code of ISO 4217."
        case .invalidMediaType: "\(culprit) in \(name) is no media type of GS1."
        case .invalidPackageType: "\(culprit) in \(name) is no package type of GS1."
        case .invalidWindingDirection: "The winding direction in \(name) must be 0, 1 or 9."
        case .invalidBiologicalSexCode: "\(capitalName) must be 0, 1, 2 or 9."
        case .ibanTooShort, .ibanTooLong:
            "\(capitalName) has \(characters(value.count)), but must have 5 to 34."
        case .invalidIBANCharacter: "\(culpritSentence) Only capitals and digits may stand there."
        case .invalidLatitude, .latitudeInvalidLength:
            "\(culprit) in \(name) is no latitude from 0000000000 to 1800000000."
        case .invalidLongitude, .longitudeInvalidLength:
            "\(culprit) in \(name) is no longitude from 0000000000 to 3600000000."
        default: nil
        }
    }

    private var couponText: String {
        let words = finding.code.rawValue.split(separator: "-").dropFirst()
        return "The coupon (\(identifier.code)) is damaged or incomplete: "
            + "\(words.joined(separator: " "))."
    }

    private var name: String { "the \(bareName)" }
    private var capitalName: String { "The \(bareName)" }

    private var bareName: String {
        let title = identifier.title.isEmpty ? "value" : identifier.title
        return "\(title) (\(identifier.code))"
    }

    private var culprit: String { PlainText.quoted(value[finding.range].bytes) }

    private var culpritSentence: String {
        "Character \(finding.range.lowerBound + 1) of \(name) is \(culprit)."
    }

    private func characters(_ count: Int) -> String {
        count == 1 ? "1 character" : "\(count) characters"
    }

    private var demandedLength: String {
        let (low, high) = (identifier.minimumLength, identifier.maximumLength)
        return low == high ? "exactly \(low)" : "\(low) to \(high)"
    }
}

/// Shows foreign bytes without passing on what a terminal would obey.
enum PlainText {
    private static let lengthLimit = 40

    static func quoted(_ bytes: some Collection<UInt8>) -> String {
        var text = ""
        for byte in bytes.prefix(lengthLimit) {
            if (0x20...0x7E).contains(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hexadecimal = String(byte, radix: 16, uppercase: true)
                text += "<\(byte < 16 ? "0" : "")\(hexadecimal)>"
            }
        }
        return "\"\(text)\(bytes.count > lengthLimit ? "..." : "")\""
    }
}
