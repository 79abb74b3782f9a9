import ScanTesting
import Testing

@testable import WebPages

@Suite struct HTMLTests {
    static let texts: [(text: String, markup: String)] = [
        ("plain Ä 1", "plain Ä 1"), ("<b>", "&lt;b&gt;"), ("a & b", "a &amp; b"),
        ("\"'", "&quot;&#39;"), ("&lt;", "&amp;lt;"), ("a\u{1D}b", "a\u{241D}b"),
        ("\u{0}\u{1B}", "\u{2400}\u{241B}"), ("a\nb\tc", "a\nb\tc"), ("\r\n", "\u{240D}\n"),
        ("\u{202E}x\u{2066}", "\u{FFFD}x\u{FFFD}"), ("\u{85}\u{7F}", "\u{FFFD}\u{FFFD}"),
    ]

    @Test(arguments: texts)
    func whatIsPutInIsText(text: String, markup: String) {
        let html: HTML = "<p title=\"\(text)\">\(text)</p>"
        #expect(html.text == "<p title=\"\(markup)\">\(markup)</p>")
    }

    @Test func markupStaysMarkup() {
        let inner: HTML = "<b>\("<")</b>"
        let html: HTML = "<p>\(inner)\([inner, inner])\(3)</p>"
        #expect(html.text == "<p><b>&lt;</b><b>&lt;</b><b>&lt;</b>3</p>")
        #expect(([inner, inner] as [HTML]).joined(by: ", ").text == "<b>&lt;</b>, <b>&lt;</b>")
    }

    /// Whatever text it is, no mark of it is left.
    @Test(arguments: UInt64(0)..<50)
    func noMarkIsLeft(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let marks = random.picks(60, from: ["<", ">", "\"", "'", "&", "a", "\u{1D}", "\u{202E}"])
        let text = HTML(marks.joined()).text
        #expect(!text.contains { "<>\"'\u{1D}\u{202E}".contains($0) })
    }

    static let cookies: [(field: String, value: String?)] = [
        ("a=1", "1"), ("b=2; a=1", "1"), ("b=2;a=1=x", "1=x"), ("ab=1", nil), ("a", nil), ("", nil),
        ("a=1; a=2", "1"),
    ]

    @Test(arguments: cookies)
    func oneCookieIsFoundAmongOthers(field: String, value: String?) {
        #expect(CookieField.value("a", in: field) == value)
    }
}
