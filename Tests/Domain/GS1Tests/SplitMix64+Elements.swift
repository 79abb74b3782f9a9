import ScanTesting

@testable import GS1

extension SplitMix64 {
    /// A valid element with this identifier.
    mutating func element(_ identifier: ApplicationIdentifier) -> Element? {
        for _ in 0..<200 {
            let value = value(of: identifier)
            if let element = try? Element(ai: identifier.code, value: value) { return element }
        }
        return nil
    }

    /// Up to `limit` elements with identifiers that differ.
    mutating func elements(below limit: Int) -> [Element] {
        var elements: [Element] = []
        for _ in 0..<1 + below(limit) {
            let identifier = pick(ApplicationIdentifierTable.shared.all)
            if !elements.contains(where: { $0.ai == identifier.code }),
                let element = element(identifier)
            {
                elements.append(element)
            }
        }
        return elements
    }

    private mutating func value(of identifier: ApplicationIdentifier) -> String {
        var value = ""
        for component in identifier.components {
            if component.isOptional && below(2) == 0 { break }
            value += field(of: component)
        }
        return value
    }

    private mutating func field(of component: Component) -> String {
        if let sample = component.linters.compactMap({ Self.samples[$0] }).first {
            return pick(sample)
        }
        let length = Int.random(in: component.minimum...component.maximum, using: &self)
        let characters = Array(Self.characters(of: component.repertoire))
        var text = String((0..<length).map { _ in pick(characters) })
        if component.linters.contains(.gcppos1) { text = "4006" + text.dropFirst(4) }
        if component.linters.contains(.csum) {
            let digit = Field(Array(text.utf8)[...]).rightCheckDigit ?? 0
            text = text.dropLast() + String(digit)
        }
        return text
    }

    private static func characters(of repertoire: Repertoire) -> String {
        switch repertoire {
        case .numeric: "0123456789"
        case .cset39: "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        case .cset82: String(decoding: Repertoire.cset82Characters, as: UTF8.self)
        case .cset64: "ABCXYZabcxyz0189-_"
        }
    }

    private static let samples: [Linter: [String]] = [
        .yymmd0: ["270200", "991231", "240229"], .yymmdd: ["270228", "991231", "240229"],
        .yyyymmdd: ["19990101"], .hh: ["00", "23"], .mi: ["00", "59"], .ss: ["00", "59"],
        .hhmi: ["0000", "2359"], .iban: ["BE71096123456769", "GB98MIDL07009312345678"],
        .csumalpha: ["1987654Ad4X4bL5ttr2310c2K"], .couponcode: ["012345612345611110123"],
        .couponposoffer: ["001234561234560123456"], .iso3166: ["276", "528"],
        .iso3166999: ["276", "999"], .iso3166alpha2: ["DE", "NL"], .iso4217: ["978", "840"],
        .packagetype: ["201", "BX", "9"], .mediatype: ["01", "99"], .hyphen: ["-"],
        .posinseqslash: ["2/3"], .pieceoftotal: ["0103"], .zero: ["0"], .yesno: ["0", "1"],
        .latitude: ["0279085848"], .longitude: ["3600000000"], .pcenc: ["Main%20Street(1)"],
    ]
}
