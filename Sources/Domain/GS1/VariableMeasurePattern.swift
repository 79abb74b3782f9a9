public import Barcodes

/// How a shop or a country writes weight or price into numbers of its own, which begin with 2.
///
/// GS1 leaves these numbers to its member organisations, so the profile must say the form. One
/// character a digit: `I` item, `P` price, `W` weight, `Q` count, `V` a check of the price that
/// is passed over, `C` the check digit at the end; digits stand for themselves, and a point among
/// `P` or `W` tells where the decimals begin. `22IIIIIPPP.PPC` is a German price.
public struct VariableMeasurePattern: Hashable, Sendable {
    /// The lengths of the numbers that may be so used: UPC-A and EAN-13.
    private static let lengths = [12, 13]

    private let characters: [UInt8]
    private let decimals: Int

    public init(_ text: String) throws(SyntaxFault) {
        let point = UInt8(ascii: ".")
        let bytes = Array(text.utf8)
        characters = bytes.filter { $0 != point }
        let behindPoint = bytes.firstIndex(of: point).map { bytes[($0 + 1)...] } ?? []
        decimals = behindPoint.prefix { "PW".utf8.contains($0) }.count
        guard isWellFormed, bytes.count - characters.count <= 1,
            bytes.contains(point) == (decimals > 0)
        else {
            throw SyntaxFault(
                .malformedPattern, at: 0,
                message: "\(PlainText.quoted(bytes)) is no pattern such as 22IIIIIPPP.PPC: it "
                    + "takes 12 or 13 characters, first a digit, then I with P, W or Q, last C.")
        }
    }

    private var isWellFormed: Bool {
        guard Self.lengths.contains(characters.count), characters.first?.isDigit == true,
            characters.last == UInt8(ascii: "C"),
            characters.dropLast().allSatisfy({ $0.isDigit || "IPWQV".utf8.contains($0) }),
            characters.contains(UInt8(ascii: "I"))
        else { return false }
        return Set(characters).intersection("PWQ".utf8).count == 1
    }

    /// The number of the article on every package: what varies as zeros, and the check digit that
    /// belongs behind. nil when the number isn't of this form.
    public func article(of gtin: GTIN) -> GTIN? {
        guard reading(of: gtin) != nil else { return nil }
        let number = gtin.digits.utf8.suffix(characters.count)
        let kept = zip(number, characters).dropLast().map { digit, character in
            "PWQV".utf8.contains(character) ? UInt8(ascii: "0") : digit
        }
        let body = String(decoding: kept, as: UTF8.self)
        return CheckDigit.following(body).flatMap { GTIN(body + String($0)) }
    }

    /// What a number says; nil when it isn't of this form.
    public func reading(of gtin: GTIN) -> VariableMeasure? {
        let digits = Array(gtin.digits.utf8)
        let number = digits.suffix(characters.count)
        guard digits.dropLast(characters.count).allSatisfy({ $0 == UInt8(ascii: "0") }) else {
            return nil
        }
        var item: [UInt8] = []
        var measure: [UInt8] = []
        var kind = VariableMeasure.Kind.price
        for (digit, character) in zip(number, characters) {
            switch character {
            case UInt8(ascii: "I"): item.append(digit)
            case UInt8(ascii: "V"), UInt8(ascii: "C"): continue
            case let letter where !letter.isDigit:
                measure.append(digit)
                kind = VariableMeasure.Kind(letter: letter)
            case digit: item.append(digit)
            default: return nil
            }
        }
        return VariableMeasure(
            item: String(decoding: item, as: UTF8.self), kind: kind,
            value: ImpliedDecimal(coefficient: Field(measure[...]).number, decimals: decimals))
    }
}

/// What a shop's own number says of one package.
public struct VariableMeasure: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case price, weight, count

        init(letter: UInt8) {
            switch letter {
            case UInt8(ascii: "W"): self = .weight
            case UInt8(ascii: "Q"): self = .count
            default: self = .price
            }
        }
    }

    /// The digits that are the same on every package of the article, those before it included.
    public let item: String
    public let kind: Kind
    public let value: ImpliedDecimal
}
