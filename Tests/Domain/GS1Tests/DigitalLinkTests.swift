import Testing

@testable import GS1

@Suite struct DigitalLinkTests {
    static let links: [(rule: String, text: String, bracketed: String)] = [
        ("any server", "http://example.com/01/04006381333931", "(01)04006381333931"),
        ("any path before", "https://a/x/01/y/01/04006381333931", "(01)04006381333931"),
        ("any case of the scheme", "HtTpS://a/01/04006381333931", "(01)04006381333931"),
        ("the query adds", "https://a/01/04006381333931?17=270228", "(01)04006381333931(17)270228"),
        (
            "a semicolon parts as well", "https://a/01/04006381333931?17=270228;x=1;30=2",
            "(01)04006381333931(17)270228(30)2"
        ),
        (
            "characters are decoded", "https://a/01/04006381333931/10/A%2FB",
            "(01)04006381333931(10)A/B"
        ),
        ("old names are known", "https://a/gtin/04006381333931/lot/A", "(01)04006381333931(10)A"),
        ("a GTIN-13 is filled up", "https://a/01/4006381333931", "(01)04006381333931"),
        ("the fragment is none of ours", "https://a/01/04006381333931#?10=A", "(01)04006381333931"),
        ("an address may be a number", "https://[::ffff:192.0.2.1]:80/8004/4006A", "(8004)4006A"),
    ]

    @Test(arguments: links)
    func reads(rule: String, text: String, bracketed: String) throws {
        #expect(try DigitalLink(text).elements.bracketed == bracketed)
    }

    static let faults: [(rule: String, text: String, code: FaultCode, position: Int)] = [
        ("other schemes are no web", "ftp://a/01/04006381333931", .notAWebAddress, 0),
        ("a server is needed", "https:///01/04006381333931", .invalidHost, 8),
        ("users are refused", "https://u@a/01/04006381333931", .invalidHost, 8),
        ("ports have a limit", "https://a:65536/01/04006381333931", .invalidHost, 8),
        ("names have a form", "https://a..b/01/04006381333931", .invalidHost, 8),
        ("so do IPv6 addresses", "https://[1::2::3]/01/04006381333931", .invalidHost, 8),
        ("spaces are no address", "https://a/01/0400638133393 1", .illegalURICharacter, 26),
        ("ordinary links hold no key", "https://a/about/us", .noKeyInLink, 9),
        (
            "compressed links are named", "https://id.gs1.org/ARFKk4XB0CDKWcnpqQ", .compressedLink,
            19
        ),
        ("ordinary words are not", "https://example.com/products-and-services", .noKeyInLink, 19),
        ("a lot is no key", "https://a/10/A", .noKeyInLink, 9),
        ("a key needs a value", "https://a/01/", .noValueInLink, 13),
        (
            "qualifiers have an order", "https://a/01/04006381333931/21/A/10/B",
            .invalidKeyQualifiers, 33
        ),
        ("and alternatives", "https://a/01/04006381333931/235/A/21/B", .invalidKeyQualifiers, 34),
        ("and a company", "https://a/00/106141412345678908/10/A", .invalidKeyQualifiers, 32),
        (
            "qualifiers stand in the path", "https://a/01/04006381333931?21=A", .notALinkAttribute,
            28
        ),
        ("digits are identifiers", "https://a/01/04006381333931?89=A", .unknownAI, 28),
        ("nothing stands twice", "https://a/01/04006381333931/10/A?10=A", .duplicateAI, 36),
        ("% needs two digits", "https://a/01/04006381333931/10/A%2", .malformedPercentEncoding, 32),
        ("values are checked", "https://a/01/04006381333932", .incorrectCheckDigit, 26),
        ("also what was decoded", "https://a/8004/4006%41%7E", .invalidCSET82Character, 22),
        ("a GTIN-12 may be a GTIN-14 cut off", "https://a/01/036000291452", .aiDataTooShort, 13),
    ]

    @Test(arguments: faults)
    func refuses(rule: String, text: String, code: FaultCode, position: Int) {
        let fault = #expect(throws: SyntaxFault.self) { try DigitalLink(text) }
        #expect(fault?.code == code)
        #expect(fault?.position == position)
    }

    @Test func writesTheCanonicalForm() throws {
        let elements = try ElementString(
            bracketed: "(17)270228(01)04006381333931(21)A/1(10)B+C(3103)000195")
        let link = try DigitalLink(elements)
        #expect(
            link.address()
                == "https://id.gs1.org/01/04006381333931/10/B%2BC/21/A%2F1?17=270228&3103=000195")
        #expect(
            link.address(stem: "https://shop.example/p").hasPrefix("https://shop.example/p/01/"))
    }

    static let unwritable: [(text: String, code: FaultCode)] = [
        ("(10)A", .noKeyInLink),
        ("(01)04006381333931(03)04006381333931", .notALinkAttribute),
        ("(00)106141412345678908(21)A", .notALinkAttribute),
    ]

    @Test(arguments: unwritable)
    func refusesWhatMakesNoLink(text: String, code: FaultCode) throws {
        let elements = try ElementString(bracketed: text)
        let fault = #expect(throws: SyntaxFault.self) { try DigitalLink(elements) }
        #expect(fault?.code == code)
    }
}
