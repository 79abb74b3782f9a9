/// A weight, length, area or volume: AI (310n) to (369n).
public struct Measure: Hashable, Sendable {
    public let ai: String
    /// `NET WEIGHT`.
    public let quantity: String
    /// `kg`, `lb`, `m²`.
    public let unit: String
    /// Whether it is that of a logistic unit with all its packing.
    public let isLogistic: Bool
    public let value: ImpliedDecimal

    /// nil when the element is none.
    init?(_ element: Element) {
        guard element.ai.utf8.count == 4, ("31"..."36").contains(element.ai.prefix(2)),
            let decimals = element.ai.last?.wholeNumberValue,
            let value = ImpliedDecimal(digits: element.value, decimals: decimals)
        else { return nil }
        ai = element.ai
        self.value = value
        isLogistic = element.title.hasSuffix(", log")
        let title = element.title.prefix { $0 != "," }
        if let open = title.firstIndex(of: "("), let close = title.lastIndex(of: ")") {
            quantity = String(title[..<open].dropLast())
            unit = String(title[title.index(after: open)..<close])
        } else {
            // (337n) alone has its unit for a title.
            (quantity, unit) = (String(title), "kg/m²")
        }
    }
}

/// An amount of money or a rebate: AI (390n) to (395n) and (8005).
public struct Price: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// What is to be paid, or what a coupon is worth.
        case amount
        /// For this one item of variable measure.
        case item
        case perUnit
        /// Not money but hundredths.
        case percentOff
    }

    public let ai: String
    public let kind: Kind
    public let value: ImpliedDecimal
    /// Three digits of ISO 4217; nil when the currency is that of the place.
    public let currency: String?

    /// nil when the element is none.
    init?(_ element: Element) {
        let digits: Substring
        let decimals: Int
        if element.ai == "8005" {
            (digits, decimals, currency, kind) = (element.value[...], 0, nil, .perUnit)
        } else {
            guard element.ai.utf8.count == 4, let last = element.ai.last?.wholeNumberValue,
                let kind = Self.kind(of: element.ai.prefix(3))
            else { return nil }
            let hasCurrency = ["391", "393"].contains(element.ai.prefix(3))
            currency = hasCurrency ? String(element.value.prefix(3)) : nil
            digits = element.value.dropFirst(hasCurrency ? 3 : 0)
            (decimals, self.kind) = (last, kind)
        }
        guard let value = ImpliedDecimal(digits: digits, decimals: decimals) else { return nil }
        ai = element.ai
        self.value = value
    }

    private static func kind(of group: Substring) -> Kind? {
        switch group {
        case "390", "391": .amount
        case "392", "393": .item
        case "394": .percentOff
        case "395": .perUnit
        default: nil
        }
    }
}
