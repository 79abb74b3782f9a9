import Scans
import Testing

@Suite struct PrintableTextTests {
    static let rows: [(rule: String, text: String, shown: String)] = [
        ("letters stay", "Käse 🧀", "Käse 🧀"),
        ("controls become pictures", "\u{0}\u{1B}\u{1D}\u{7F}", "␀␛␝␡"),
        ("C1 controls become numbers", "\u{9B}", "\\u{9B}"),
        ("so does what turns the writing", "\u{202E}cba", "\\u{202E}cba"),
        ("and what ends a line", "\u{2028}", "\\u{2028}"),
        ("and what can't be seen", "a\u{200B}b", "a\\u{200B}b"),
        ("and what has no agreed look", "\u{E000}", "\\u{E000}"),
    ]

    @Test(arguments: rows)
    func shows(rule: String, text: String, shown: String) {
        #expect(PrintableText(text).description == shown)
    }

    @Test func isCutOnePastTheLimit() {
        #expect(PrintableText("12345678", limit: 8).description == "12345678")
        #expect(PrintableText("123456789", limit: 8).description == "12345678…")
        #expect(PrintableText(bytes: [0x41, 0xFF], limit: 2).description == "A\\xFF")
        #expect(PrintableText(bytes: [0x41, 0xFF, 0x42], limit: 2).description == "A\\xFF…")
    }
}
