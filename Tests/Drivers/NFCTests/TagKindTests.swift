import NDEF
import ScanTesting
import TagSecurity
import Testing

@testable import NFC

/// What each kind of tag says becomes one capture, whatever the way there.
@Suite struct TagKindTests {
    static let uri = "https://id.example.org/01/09506000134352?17=251231&10=ABC123"

    static let tags: [(specification: String, text: String)] = [
        ("ultralight:text=LOC-A1", "LOC-A1"),
        ("ntag213:uri=\(uri)", uri),
        ("ntag215:uri=\(uri)", uri),
        ("ntag216:text=\(long)", long),
        ("type4:uri=\(uri)", uri),
        ("type4:text=\(long)", long),
        ("dna:base=\(uri)", "?"),
        ("felica:uri=\(uri)", uri),
        ("felica:text=\(String(long.prefix(180)))", String(long.prefix(180))),
        ("classic:uid=A1B2C3D4,uri=\(uri)", uri),
        ("ntag215:uid=04A1B2C3D4E5F6", "UID-04A1B2C3D4E5F6"),
        ("classic:uid=A1B2C3D5", "UID-A1B2C3D5"),
        ("felica:uid=0201020304050607", "UID-0201020304050607"),
    ]

    static let long = String(repeating: "0123456789", count: 60)

    @Test func eachBecomesOneCapture() throws {
        let counter = try Counter()
        for (index, (specification, text)) in Self.tags.enumerated() {
            #expect(try counter.tap(specification, as: "\(index)"), "\(specification)")
            if text == "?" {
                #expect(counter.run.texts.last?.hasPrefix(Self.uri + "?e=") == true)
            } else {
                #expect(counter.run.texts.last == text, "\(specification)")
            }
        }
        #expect(counter.run.count == Self.tags.count)
        #expect(counter.run.refusals == [])
    }

    static let contents: [(rule: String, ndef: String, text: String?, refusal: String?)] = [
        ("a smart poster is its URI", poster, "https://a.example/p", nil),
        ("a URI goes before a text", textThenURI, "https://a.example/u", nil),
        ("half a message is none", String(poster.dropLast(4)), nil, "nfc-message"),
    ]

    private static let poster =
        "D10219537091010C5504612E6578616D706C652F705101055402656E4869"
        + ""
    private static let textThenURI =
        "9101055402656E486951010C5504612E6578616D706C652F75"
        + ""

    @Test func theMessageDecides() throws {
        let counter = try Counter()
        for (index, content) in Self.contents.enumerated() {
            let (texts, refusals) = (counter.run.count, counter.run.refusals.count)
            #expect(try counter.tap("ntag215:ndef=\(content.ndef)", as: "\(index)"))
            #expect(Array(counter.run.texts.dropFirst(texts)) == [content.text].compactMap { $0 })
            #expect(
                Array(counter.run.refusals.dropFirst(refusals))
                    == [content.refusal].compactMap { $0 }, "\(content.rule)")
        }
    }

    static let rules: [(numbers: NFCOptions.NumberRule, tag: String, text: String?)] = [
        (.blank, "ntag213:uid=04A1B2C3D4E5F6,text=A", "A"),
        (.blank, "ntag213:uid=04A1B2C3D4E5F6", "UID-04A1B2C3D4E5F6"),
        (.never, "ntag213:uid=04A1B2C3D4E5F6,text=A", "A"),
        (.never, "ntag213:uid=04A1B2C3D4E5F6", nil),
        (.always, "ntag213:uid=04A1B2C3D4E5F6,text=A", "UID-04A1B2C3D4E5F6"),
        (.blank, "classic:uid=08A1B2C3", nil),
    ]

    @Test(arguments: rules)
    func aNumberStandsForATagByRule(
        numbers: NFCOptions.NumberRule, tag: String, text: String?
    ) throws {
        let counter = try Counter(.with { $0.numbers = numbers })
        #expect(try counter.tap(tag))
        #expect(counter.run.texts == [text].compactMap { $0 })
        #expect(counter.run.refusals.count == (text == nil ? 1 : 0))
    }
}
