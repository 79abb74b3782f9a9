import Testing

@testable import TagSecurity

/// Examples that the maker published.
@Suite struct PublishedVectorTests {
    /// NXP AN12196, sections 3.4.2 and 3.4.4: encrypted mirror of a tag with keys of zeros.
    static let uri =
        "https://choose.url.com/ntag424?e=EF963FF7828658A599F3041510671E88&c=94EED9EE65337086"

    @Test func aSecureMessageIsRead() throws {
        let zeros = try key("00000000000000000000000000000000")
        let message = try SUNMessage(uri: Self.uri, readKey: zeros, codeKey: zeros)
        #expect(message.uid.hexadecimal == "04DE5F1EACC040")
        #expect(message.counter == 61)
    }

    /// NXP AN12196, table 14: AuthenticateEV2First with key 0.
    @Test func bothSidesProveTheirKey() throws {
        var reader = EV2Authentication(
            key: try key("00000000000000000000000000000000"),
            random: try bytes("13C5DB8A5930439FC3DEF9A4C675360F"))

        let answer = try reader.answer(to: try bytes("A04C124213C186F22399D33AC2A30215"))
        #expect(
            answer.hexadecimal
                == "35C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D")

        let session = try reader.session(
            from: try bytes("3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F08120663"))
        #expect(session.transaction.hexadecimal == "9D00C4DF")
        #expect(session.encryptionKey == (try key("1309C877509E5A215007FF0ED19CA564")))
        #expect(session.codeKey == (try key("4C6626F5E72EA694202139295C7A7FC7")))
    }

    /// NXP AN10922, section 2.2.1.
    @Test func aKeyIsDiversified() throws {
        let master = try key("00112233445566778899AABBCCDDEEFF")
        let own = master.diversified(
            uid: try bytes("04782E21801D80"), application: try bytes("3042F5"),
            system: try bytes("4E585020416275"))
        #expect(own == (try key("A8DD63A3B89D54B37CA802473FDA9175")))
    }

    /// NIST SP 800-38B, appendix D.1.
    static let codes: [(message: String, code: String)] = [
        ("", "BB1D6929E95937287FA37D129B756746"),
        ("6BC1BEE22E409F96E93D7E117393172A", "070A16B46B4D4144F79BDD9DD04A287C"),
        (
            "6BC1BEE22E409F96E93D7E117393172AAE2D8A571E03AC9C9EB76FAC45AF8E5130C81C46A35CE411",
            "DFA66747DE9AE63030CA32611497C827"
        ),
    ]

    @Test(arguments: codes)
    func aCodeIsMade(message: String, code: String) throws {
        let key = try key("2B7E151628AED2A6ABF7158809CF4F3C")
        #expect(key.code(for: try bytes(message)).hexadecimal == code)
    }
}

func bytes(_ text: String) throws -> [UInt8] {
    try #require([UInt8](hexadecimal: text))
}

func key(_ text: String) throws -> AESKey {
    try #require(AESKey(try bytes(text)))
}
