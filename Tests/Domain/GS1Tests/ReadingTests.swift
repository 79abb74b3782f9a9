import Barcodes
import Testing

@testable import GS1

@Suite struct ReadingTests {
    static let forms: [(rule: String, text: String, bracketed: String?, carrier: Carrier?)] = [
        ("GS1-128", "]C10104006381333931", "(01)04006381333931", .gs1Code128),
        ("GS1 DataMatrix", "]d210A\u{1D}21B", "(10)A(21)B", .dataMatrix),
        ("GS1 QR", "]Q310A", "(10)A", .qr),
        ("GS1 DotCode", "]J110A", "(10)A", .dotCode),
        ("DataBar", "]e00104006381333931", "(01)04006381333931", .dataBarExpanded),
        ("EAN-13", "]E04006381333931", "(01)04006381333931", .ean13),
        ("EAN-13 with add-on", "]E3400638133393112", "(01)04006381333931", .ean13),
        ("EAN-8", "]E473513537", "(01)00000073513537", .ean8),
        ("ITF-14", "]I110614141000415", "(01)10614141000415", .itf14),
        ("composite", "]E473513537|]e010A\u{1D}21B", "(01)00000073513537(10)A(21)B", .ean8),
        ("plain QR", "]Q1hello", nil, .qr),
        ("plain QR with an address", "]Q1https://example.com/a", nil, .qr),
        ("QR with a link", "]Q1https://a/01/04006381333931", "(01)04006381333931", .qr),
        ("brackets", "(10)A", "(10)A", nil),
        ("caret", "^10A", "(10)A", nil),
        ("GS", "\u{1D}10A", "(10)A", nil),
        ("link", "https://id.gs1.org/01/04006381333931/10/A", "(01)04006381333931(10)A", nil),
        ("GTIN-8", "73513537", "(01)00000073513537", nil),
        ("UPC-E, though 8 digits fit too", "01234558", "(01)00012345000058", nil),
        ("UPC-E", "04252614", "(01)00042100005264", nil),
        ("8 digits from 0 inside a company", "00000017", "(01)00000000000017", nil),
        ("GTIN-12", "036000291452", "(01)00036000291452", nil),
        ("GTIN-13", "4006381333931", "(01)04006381333931", nil),
        ("GTIN-14", "10614141000415", "(01)10614141000415", nil),
        ("SSCC", "106141412345678908", "(00)106141412345678908", nil),
        ("SSCC with identifier", "00106141412345678908", "(00)106141412345678908", nil),
    ]

    @Test(arguments: forms)
    func reads(rule: String, text: String, bracketed: String?, carrier: Carrier?) throws {
        let reading = try Reading(text)
        #expect(reading.elementString?.bracketed == bracketed)
        #expect(reading.carrier == carrier)
        #expect(try reading.carrier == nil || Reading(notation: reading.notation) == reading)
    }

    static let faults: [(rule: String, text: String, code: FaultCode, position: Int)] = [
        ("text is no element", "ABC", .unknownAI, 0),
        ("Code 39 carries no GS1 data", "]A0ABC", .unsupportedCarrier, 0),
        ("a bracket alone is no identifier", "]C", .noAIMIdentifier, 0),
        ("positions count the AIM identifier", "]C11", .unknownAI, 3),
        ("an EAN-13 has 13 digits", "]E0036000291452", .wrongLengthForCarrier, 3),
        ("and a check digit", "]E04006381333932", .incorrectCheckDigit, 15),
        ("only a composite follows it", "]E04006381333931|A", .excessData, 16),
        ("a composite is checked", "]E04006381333931|]e0X", .unknownAI, 20),
        ("13 digits are a GTIN", "4006381333932", .incorrectCheckDigit, 12),
        ("a link needs a key", "https://example.com/", .noKeyInLink, 19),
    ]

    @Test(arguments: faults)
    func refuses(rule: String, text: String, code: FaultCode, position: Int) {
        let fault = #expect(throws: SyntaxFault.self) { try Reading(text) }
        #expect(fault?.code == code)
        #expect(fault?.position == position)
    }

    static let sent: [(rule: String, notation: String, scan: String)] = [
        ("UPC-A as EAN-13", "UPCA|036000291452", "]E00036000291452"),
        ("DataBar with its identifier", "DataBarLimited|04006381333931", "]e00104006381333931"),
        ("no separator after a fixed length", "GS1_128_CCA|^11270228|^10A", "]e01127022810A"),
        ("one after another", "GS1_128_CCA|^10B|^21A", "]e010B\u{1D}21A"),
        ("GS1-128 alone", "GS1_128_CCA|^10B", "]C110B"),
        ("a link as text", "DM|https://a/01/04006381333931", "]d1https://a/01/04006381333931"),
    ]

    @Test(arguments: sent)
    func tellsWhatScannersSend(rule: String, notation: String, scan: String) throws {
        #expect(try Reading(notation: notation).scan == scan)
    }

    /// 8 digits that are no GTIN but elements have to be written in another form.
    @Test func takesEightDigitsForTradeItem() {
        let fault = #expect(throws: SyntaxFault.self) { try Reading("17270228") }
        #expect(fault?.code == .incorrectCheckDigit)
        #expect((try? Reading("^17270228"))?.elementString?.bracketed == "(17)270228")
    }

    @Test func namesSymbologies() {
        #expect(Carrier.gs1Code128.symbology == .code128)
        #expect(Set(Carrier.allCases.map(\.symbology)).count == 11)
    }
}
