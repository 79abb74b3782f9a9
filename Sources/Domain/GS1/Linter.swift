/// A check of what a component says, by the name that the GS1 Syntax Dictionary gives it.
enum Linter: String, CaseIterable, Sendable {
    case couponcode, couponposoffer
    case cset39, cset64, cset82, csetnumeric
    case csum, csumalpha
    case gcppos1, gcppos2
    case hasnondigit, hyphen, nonzero, nozeroprefix, yesno, winding, zero
    case hh, hhmi, mi, ss
    case yymmd0, yymmdd, yyyymmd0, yyyymmdd
    case iban, importeridx, iso3166, iso3166999, iso3166alpha2, iso4217, iso5218
    case latitude, longitude, mediatype, packagetype
    case pcenc, pieceoftotal, posinseqslash

    /// What the check finds wrong; nil when all is well.
    func finding(in field: Field) -> Finding? {
        switch self {
        case .cset39: Repertoire.cset39.finding(in: field)
        case .cset64: Repertoire.cset64.finding(in: field)
        case .cset82: Repertoire.cset82.finding(in: field)
        case .csetnumeric: Repertoire.numeric.finding(in: field)
        case .couponcode: CouponReader.findingInOffer(field)
        case .couponposoffer: CouponReader.findingInPositiveOffer(field)
        case .csum: field.checkDigitFinding
        case .csumalpha: CheckPair.finding(in: field)
        case .gcppos1: field.companyPrefixFinding
        case .gcppos2: field.dropFirst.companyPrefixFinding?.moved(by: min(1, field.count))
        case .yymmd0: DateRule(yearDigits: 2, dayMayBeZero: true).finding(in: field)
        case .yymmdd: DateRule(yearDigits: 2, dayMayBeZero: false).finding(in: field)
        case .yyyymmd0: DateRule(yearDigits: 4, dayMayBeZero: true).finding(in: field)
        case .yyyymmdd: DateRule(yearDigits: 4, dayMayBeZero: false).finding(in: field)
        case .hh: TimeRule.hour.finding(in: field)
        case .mi: TimeRule.minute.finding(in: field)
        case .ss: TimeRule.second.finding(in: field)
        case .hhmi: TimeRule.hourAndMinuteFinding(in: field)
        case .iban: AccountNumber.finding(in: field)
        case .pcenc: field.percentFinding
        case .pieceoftotal: field.pieceOfTotalFinding
        case .posinseqslash: field.positionInSequenceFinding
        case .latitude:
            field.angleFinding(1_800_000_000, .latitudeInvalidLength, .invalidLatitude)
        case .longitude:
            field.angleFinding(3_600_000_000, .longitudeInvalidLength, .invalidLongitude)
        default: wordFinding(in: field)
        }
    }

    /// The checks that blame all of a short field or nothing, and those of zeros.
    private func wordFinding(in field: Field) -> Finding? {
        switch self {
        case .iso3166: whole(field, .notISO3166, CodeList.countries.contains(field))
        case .iso3166alpha2:
            whole(field, .notISO3166Alpha2, CodeList.countryLetters.contains(field))
        case .iso3166999:
            whole(
                field, .notISO3166Or999,
                field.text == "999" || CodeList.countries.contains(field))
        case .iso4217: whole(field, .notISO4217, CodeList.currencies.contains(field))
        case .packagetype:
            whole(field, .invalidPackageType, CodeList.packageTypes.contains(field))
        case .mediatype: whole(field, .invalidMediaType, CodeList.mediaTypes.contains(field))
        case .iso5218: whole(field, .invalidBiologicalSexCode, field.isOne(of: "0129"))
        case .winding: whole(field, .invalidWindingDirection, field.isOne(of: "019"))
        case .yesno: whole(field, .notZeroOrOne, field.isOne(of: "01"))
        case .zero: whole(field, .notZero, !field.isEmpty && field.isAll("0"))
        case .hyphen: whole(field, .notHyphen, !field.isEmpty && field.isAll("-"))
        case .hasnondigit:
            whole(field, .requiresNonDigitCharacter, !field.allSatisfy(\.isDigit))
        case .nonzero: field.nonzeroFinding
        case .nozeroprefix: field.zeroPrefixFinding
        case .importeridx: field.importerFinding
        default: nil
        }
    }

    private func whole(_ field: Field, _ code: FaultCode, _ isRight: Bool) -> Finding? {
        isRight ? nil : Finding(code, in: field)
    }
}
