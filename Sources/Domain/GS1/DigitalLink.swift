/// A GS1 Digital Link: a web address that holds application identifiers.
///
/// Source: GS1 Digital Link Standard, URI Syntax. Any server and any path before the key will do.
public struct DigitalLink: Hashable, Sendable {
    /// The key, its qualifiers, then the attributes, in the order of the address.
    public let elements: ElementString

    /// Reads an address. Parameters of the query that aren't GS1's are passed over.
    public init(_ text: String) throws(SyntaxFault) {
        let address = try LinkAddress(text)
        var collector = LinkCollector()
        try collector.addPath(of: address)
        try collector.addQuery(of: address)
        elements = ElementString(elements: collector.elements)
    }
}

/// Finds the identifiers of one address.
private struct LinkCollector {
    private var collector = ElementCollector()

    var elements: [Element] { collector.elements }

    mutating func addPath(of address: LinkAddress) throws(SyntaxFault) {
        let segments = address.bytes[address.path].dropFirst()
            .split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let place = Self.keyPlace(in: segments), let key = Self.identifier(segments[place])
        else { throw Self.noKey(segments, address) }
        var qualifiers: [String] = []
        for index in stride(from: place, to: segments.count, by: 2) {
            guard let identifier = Self.identifier(segments[index]) else {
                throw Self.badQualifier(segments[index], of: key)
            }
            if index > place { qualifiers.append(identifier.code) }
            guard Self.permits(key, qualifiers) else {
                throw Self.badQualifier(segments[index], of: key)
            }
            try add(identifier, segments[index + 1], isQuery: false)
        }
    }

    /// Keys stand in pairs with their values; the last key counts, for the server may have a
    /// path of its own.
    private static func keyPlace(in segments: [ArraySlice<UInt8>]) -> Int? {
        stride(from: segments.count - 2, through: 0, by: -2).first {
            identifier(segments[$0])?.isLinkKey == true
        }
    }

    private static func identifier(_ segment: ArraySlice<UInt8>) -> ApplicationIdentifier? {
        if segment.first?.isDigit == true {
            return ApplicationIdentifierTable.shared.identifier(of: segment)
        }
        return shortNames[Field(segment).text].flatMap { ApplicationIdentifier(code: $0) }
    }

    private static func permits(_ key: ApplicationIdentifier, _ qualifiers: [String]) -> Bool {
        key.qualifiers?.contains { sequence in
            var rest = sequence[...]
            return qualifiers.allSatisfy { qualifier in
                guard let place = rest.firstIndex(of: qualifier) else { return false }
                rest = rest[(place + 1)...]
                return true
            }
        } == true
    }

    mutating func addQuery(of address: LinkAddress) throws(SyntaxFault) {
        let parameters = address.bytes[address.query].split {
            $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: ";")
        }
        for parameter in parameters {
            let equals = parameter.firstIndex(of: UInt8(ascii: "=")) ?? parameter.endIndex
            let name = parameter[..<equals]
            // All-digit names are reserved for application identifiers, all others are free.
            guard equals < parameter.endIndex, !name.isEmpty, name.allSatisfy(\.isDigit) else {
                continue
            }
            guard let identifier = ApplicationIdentifierTable.shared.identifier(of: name) else {
                throw SyntaxFault(
                    .unknownAI, at: name.startIndex,
                    message: "\(PlainText.quoted(name)) in the query of the link is no "
                        + "application identifier of GS1.")
            }
            guard identifier.isLinkAttribute else {
                throw SyntaxFault(
                    .notALinkAttribute, at: name.startIndex, ai: identifier.code,
                    message: "(\(identifier.code)) may not stand in the query of a link.")
            }
            try add(identifier, parameter[(equals + 1)...], isQuery: true)
        }
    }

    private mutating func add(
        _ identifier: ApplicationIdentifier, _ segment: ArraySlice<UInt8>, isQuery: Bool
    ) throws(SyntaxFault) {
        guard !segment.isEmpty else {
            throw SyntaxFault(
                .noValueInLink, at: segment.startIndex, ai: identifier.code,
                message: "(\(identifier.code)) has no value in this link.")
        }
        if elements.contains(where: { $0.ai == identifier.code }) {
            throw SyntaxFault(
                .duplicateAI, at: segment.startIndex, ai: identifier.code,
                message: "(\(identifier.code)) stands twice in this link.")
        }
        var value = try PercentEncoding.decoded(segment, plusIsSpace: isQuery)
        let isEAN13 = identifier.code == "01" && value.bytes.count == 13
        // Early editions of the standard let a GTIN-13 stand as it is printed below its bars.
        if isEAN13 { value.bytes.insert(UInt8(ascii: "0"), at: 0) }
        try collector.add(identifier, value: value.bytes[...]) { place in
            value.place(of: max(0, isEAN13 ? place - 1 : place))
        }
    }
}

extension LinkCollector {
    private static func noKey(
        _ segments: [ArraySlice<UInt8>], _ address: LinkAddress
    ) -> SyntaxFault {
        if let last = segments.last, isCompressed(last) {
            return SyntaxFault(
                .compressedLink, at: last.startIndex,
                message: "This link seems to be a compressed GS1 Digital Link. Only its server "
                    + "can tell what it means; use the uncompressed form.")
        }
        return SyntaxFault(
            .noKeyInLink, at: address.path.lowerBound,
            message: "This web address holds no GS1 key such as /01/ with a GTIN: it is an "
                + "ordinary link.")
    }

    /// Whether a segment looks like the base64url of a compressed link.
    ///
    /// Words of an ordinary address look alike; what is compressed has small letters and hardly
    /// ever lacks both digits and capitals.
    private static func isCompressed(_ segment: ArraySlice<UInt8>) -> Bool {
        let shortest = 10
        return segment.count >= shortest
            && segment.allSatisfy { $0.isDigit || $0.isLetter || "-_".utf8.contains($0) }
            && segment.contains { $0.isDigit || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 }
            && segment.contains { UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 }
    }

    private static func badQualifier(
        _ segment: ArraySlice<UInt8>, of key: ApplicationIdentifier
    ) -> SyntaxFault {
        SyntaxFault(
            .invalidKeyQualifiers, at: segment.startIndex, ai: key.code,
            message: "\(PlainText.quoted(segment)) may not stand there: it doesn't belong to "
                + "(\(key.code)), or the order is wrong.")
    }

    /// The words for keys and qualifiers that editions before 1.3 allowed in place of digits.
    private static let shortNames = [
        "sscc": "00", "gtin": "01", "lot": "10", "ser": "21", "cpv": "22", "tpx": "235",
        "gdti": "253", "glnx": "254", "gcn": "255", "ginc": "401", "gsin": "402", "gln": "414",
        "payTo": "415", "party": "417", "grai": "8003", "giai": "8004", "itip": "8006",
        "cpid": "8010", "cpsn": "8011", "gmn": "8013", "gsrnp": "8017", "gsrn": "8018",
        "srin": "8019", "refno": "8020",
    ]
}
