import ScanTesting
import Testing

@testable import GS1

@Suite struct PropertyTests {
    @Test func makesAnElementOfEveryIdentifier() {
        var random = SplitMix64(seed: 1)
        for identifier in ApplicationIdentifierTable.shared.all {
            #expect(random.element(identifier) != nil, "(\(identifier.code))")
        }
    }

    @Test(arguments: UInt64(0)..<500)
    func survivesEveryForm(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let string = ElementString(elements: random.elements(below: 8))
        #expect(try ElementString(bracketed: string.bracketed) == string)
        #expect(try ElementString(unbracketed: string.unbracketed()) == string)
        let caret = string.unbracketed(separator: "^")
        #expect(try ElementString(unbracketed: caret) == string)
        let reading = try Reading("]d2" + string.unbracketed().dropFirst())
        #expect(reading.elementString == string)
        #expect(reading.scan == "]d2" + string.unbracketed().dropFirst())
    }

    @Test(arguments: UInt64(0)..<500)
    func survivesAsLink(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let string = ElementString(elements: random.elements(below: 6))
        guard let link = try? DigitalLink(string) else { return }
        let address = link.address(stem: random.pick(["https://a", "http://x.example/y/z"]))
        let read = try DigitalLink(address)
        #expect(read == link)
        #expect(Set(read.elements.elements) == Set(string.elements))
        #expect(try DigitalLink(read.address()) == link)
    }

    /// One wrong digit never passes as another trade item.
    @Test(arguments: UInt64(0)..<50)
    func noticesEveryWrongDigit(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let identifier = try #require(ApplicationIdentifier(code: "01"))
        let made = random.element(identifier)
        let element = try #require(made)
        for place in element.value.indices {
            for digit in "0123456789" where digit != element.value[place] {
                var value = element.value
                value.replaceSubrange(place...place, with: String(digit))
                let fault = #expect(throws: SyntaxFault.self) {
                    try ElementString(bracketed: "(01)" + value)
                }
                #expect(fault?.code == .incorrectCheckDigit)
            }
        }
    }

    private static let pieces = [
        "]C1", "]E0", "]Q1", "]e0", "|", "^", "\u{1D}", "(", ")", "(01)", "(10)", "\\(", "01", "10",
        "8110", "04006381333931", "https://", "a", "/", "?", "&", "=", "%", "%41", "#", "[", "::",
        "]", "17270228", "é", "\u{0}", "\u{1B}[2J", "🧯", "99",
    ]

    /// Whatever comes in, the answer is elements that hold or a fault within the text.
    @Test(arguments: UInt64(0)..<3_000)
    func answersAnything(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var bytes: [UInt8] = []
        for _ in 0..<random.below(30) {
            if random.below(4) == 0 {
                bytes += (0..<random.below(6)).map { _ in UInt8.random(in: 0...255, using: &random)
                }
            } else {
                bytes += Array(random.pick(Self.pieces).utf8)
            }
        }
        check(String(decoding: bytes, as: UTF8.self))
    }

    /// What is valid but for one byte comes closest to the checks.
    @Test(arguments: UInt64(0)..<2_000)
    func answersAlmostRightData(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let string = ElementString(elements: random.elements(below: 5))
        let forms = [
            string.bracketed, string.unbracketed(), "]Q3" + string.unbracketed().dropFirst(),
            (try? DigitalLink(string))?.address() ?? "",
        ]
        for form in forms where !form.isEmpty {
            var bytes = Array(form.utf8)
            let place = random.below(bytes.count)
            switch random.below(3) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: place)
            default: bytes.insert(bytes[place], at: place)
            }
            check(String(decoding: bytes, as: UTF8.self))
        }
    }

    static let long: [String] = [
        String(repeating: "9", count: 7_089), String(repeating: "(", count: 7_000),
        "^10" + String(repeating: "A", count: 7_000), String(repeating: "^10A", count: 2_000),
        String(repeating: "(10)A", count: 1_500), String(repeating: "\u{0}", count: 7_000),
        "https://a" + String(repeating: "/01", count: 2_400),
        "https://a/01/04006381333931?" + String(repeating: "x&", count: 3_500),
        "https://" + String(repeating: "[", count: 7_000),
        "]E0" + String(repeating: "|", count: 7_000),
        "(8110)" + String(repeating: "1", count: 7_000),
        "https://a/8004/4006" + String(repeating: "%41", count: 2_400),
    ]

    @Test(arguments: long)
    func answersLongTexts(_ text: String) {
        check(text)
    }

    private func check(_ text: String) {
        check(text) { (text: String) throws(SyntaxFault) in try Reading(text) }
        check(text) { (text: String) throws(SyntaxFault) in try Reading(scan: text) }
        check(text) { (text: String) throws(SyntaxFault) in try Reading(notation: text) }
    }

    private func check(_ text: String, read: (String) throws(SyntaxFault) -> Reading) {
        do throws(SyntaxFault) {
            guard let string = try read(text).elementString else { return }
            let again = try? ElementString(bracketed: string.bracketed)
            #expect(again?.elements == string.elements)
        } catch {
            #expect((0...text.utf8.count).contains(error.position), "\(text.debugDescription)")
            let isPlain = error.message.unicodeScalars.allSatisfy {
                $0.properties.generalCategory != .control && $0.value != 0x202E
            }
            #expect(isPlain && error.message.utf8.count < 400)
        }
    }
}
