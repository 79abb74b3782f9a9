import Testing

@testable import GS1

/// A right and a wrong value of every class of application identifiers: every form that the
/// dictionary gives to values. Company prefix 952 is GS1's own, for examples.
@Suite struct ExampleTests {
    static let examples: [(ai: String, right: String, wrong: String)] = [
        ("00", "106141412345678908", "106141412345678909"),
        ("01", "09521234543213", "09521234543214"),
        ("10", "ABC123", "ABC 123"),
        ("11", "251125", "251325"),
        ("20", "01", "1"),
        ("235", "TPX5678", "TTTTTTTTTTTTTTTTTTTTTTTTTTTTT"),
        ("240", "MODEL-7/B", "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"),
        ("242", "123456", "12345A"),
        ("253", "9521234543213SERIAL-1", "9521234543219SERIAL-1"),
        ("255", "95212345432130123", "9521234543213A"),
        ("30", "48", "123456789"),
        ("3103", "001250", "01250"),
        ("3922", "1999", "1111111111111111"),
        ("3932", "9781999", "0001999"),
        ("3943", "0100", "100"),
        ("401", "9521234ABC123", "ABC123"),
        ("402", "95212345432100010", "95212345432100011"),
        ("414", "9521234543213", "9521234543214"),
        ("421", "276D-50667", "000D-50667"),
        ("422", "528", "000"),
        ("423", "528276", "528000"), ("425", "528276", "528000"),
        ("427", "NW", "NORD"),
        ("4300", "GS1+Example+GmbH", "GS1%ZZ"),
        (
            "4302", "Max+Street+5%2F7",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        ),
        ("4307", "DE", "XX"),
        ("4309", "05790074861183021950", "18000000010000000000"),
        ("4321", "1", "2"),
        ("4324", "2511251430", "2511252430"),
        ("4326", "251125", "251100"),
        ("4330", "001850-", "001850+"),
        ("7001", "1005123456789", "100512345678"),
        ("7003", "2511251430", "2511251460"),
        ("7004", "1234", "12345"),
        ("7005", "27.7.b", "27.7.b-north1"),
        ("7007", "251101251130", "251101251131"),
        ("7009", "OTB", "OTBOTBOTBOT"),
        ("7010", "01", "012"),
        ("7011", "2511251430", "25112514"),
        ("7030", "276DE-NW-20101", "000DE-NW-20101"),
        ("7040", "1ABC", "1AB!"),
        ("7041", "1A", "ZZZZ"),
        ("7230", "EMCERT-1234", "E"),
        ("7241", "10", "00"),
        ("7242", "VCN-1", "VVVVVVVVVVVVVVVVVVVVVVVVVV"),
        ("7250", "19800229", "19810229"),
        ("7251", "198002291430", "198002292430"),
        ("7252", "2", "3"),
        ("7253", "M%C3%BCller", "M%ZZ"),
        (
            "7256", "Anna+M%C3%BCller",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        ),
        ("7258", "1/2", "3/2"),
        ("8001", "12341234512311", "12340000012311"),
        ("8003", "09521234543213AB-7", "19521234543213AB-7"),
        ("8006", "095212345432130102", "095212345432130302"),
        ("8007", "MU43BOMM0101123456789101000MUR", "MU44BOMM0101123456789101000MUR"),
        ("8008", "2511251430", "2511252430"),
        ("8009", "SENSOR-7", "SSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSSS"),
        ("8010", "9521234ABC#7", "9521234abc"),
        ("8011", "4711", "04711"),
        ("8013", "1987654Ad4X4bL5ttr2310c2K", "1987654Ad4X4bL5ttr2310c2L"),
        ("8014", "1987654Ad4X4bL5ttr2310c2K", "1987654Ad4X4bL5ttr2310c2L"),
        ("8017", "106141412345678908", "106141412345678909"),
        ("8019", "12", "12345678901"),
        ("8030", "AQID-_", "123="),
        ("8040", "490154203237518", "49015420323751"),
        ("8042", "89040000000000000000000000000000", "8904"),
        ("8043", "8949000000000000001", "8949"),
        ("8110", "012345612345611110123", "9"),
        ("8112", "001234561234560123456", "00123456"),
        ("8200", "https://example.com/x", "http s"),
        (
            "91", "INTERN-1",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        ),
    ]

    @Test(arguments: examples)
    func tellsRightFromWrong(ai: String, right: String, wrong: String) throws {
        let element = try Element(ai: ai, value: right)
        #expect(element.value == right)
        let read = try ElementString(unbracketed: "^" + ai + right)
        #expect(read[ai] == right)
        #expect(try ElementString(bracketed: read.bracketed) == read)

        let fault = #expect(throws: SyntaxFault.self) { try Element(ai: ai, value: wrong) }
        let sentence = try #require(fault?.message)
        #expect(sentence.hasSuffix(".") && sentence.contains(" "), "\(sentence)")
        #expect((0...wrong.utf8.count).contains(fault?.position ?? -1))
    }

    /// No class is left out, and none that comes with the next dictionary.
    @Test func everyClassHasAnExample() {
        var missing: [String] = []
        let shown = Set(Self.examples.compactMap { Self.form(of: $0.ai) })
        for row in Self.rows where !shown.contains(row.form) { missing.append(row.identifiers) }
        #expect(missing == [])
    }

    private static let rows: [(identifiers: String, form: String)] =
        ApplicationIdentifierTable.rows.split(separator: "\n").map { row in
            let columns = row.split(separator: "|", omittingEmptySubsequences: false)
            return (String(columns[0]), String(columns[2]))
        }

    private static func form(of ai: String) -> String? {
        rows.first { row in
            let ends = row.identifiers.split(separator: "-").map(String.init)
            return ends.first == ai
                || ends.count == 2 && ends[0].count == ai.count && (ends[0]...ends[1]).contains(ai)
        }?.form
    }

    /// What must stand beside, and what can't: one of each demand of the dictionary's.
    @Test(arguments: [
        ("10ABC", "(10) needs"), ("0209521234543213", "(02) needs"),
        ("010952123454321303" + "09521234543213", "(03) and (01)"),
        ("01095212345432133748", "(01) and (37)"), ("21S1", "(21) needs"), ("254X", "(254) needs"),
        ("8011" + "12", "(8011) needs"), ("8019" + "1", "(8019) needs"),
        ("250X", "(250) needs"), ("0109521234543213" + "21S\u{1D}235T", "(21) and (235)"),
    ])
    func saysWhatIsMissingOrTooMuch(text: String, beginning: String) throws {
        let faults = try ElementString(unbracketed: text).associationFaults
        #expect(faults.contains { $0.message.hasPrefix(beginning) }, "\(faults.map(\.message))")
    }
}
