import ScanTesting
import Testing

@testable import ScanRules

@Suite struct PatternTests {
    static let matches: [(pattern: String, text: String, groups: [String?]?)] = [
        ("abc", "xabcx", ["abc"]), ("^abc$", "xabc", nil), ("a|b", "cb", ["b"]),
        ("^(\\d+)-(\\w*)$", "12-ab", ["12-ab", "12", "ab"]), ("a*", "aaa", ["aaa"]),
        ("a*?b", "aab", ["aab"]), ("(a+?)(a*)", "aaa", ["aaa", "a", "aa"]),
        ("[^a-c]+", "abcxyz", ["xyz"]), ("[a\\-\\]]+", "x-]a", ["-]a"]), ("[]a]+", "]a", ["]a"]),
        ("x{2,3}", "xxxx", ["xxx"]), ("x{2}", "x", nil), ("x{2,}", "xxxx", ["xxxx"]),
        ("(?:ab)+(c)?", "abab", ["abab", nil]), ("\\x1D(\\d{2})", "a\u{1D}10", ["\u{1D}10", "10"]),
        ("$", "ab", [""]), ("b$", "abab", ["b"]), ("", "abc", [""]), ("()", "", ["", ""]),
        ("ü.", "grün", ["ün"]), ("(a|ab)(c|bcd)", "abcd", ["abcd", "a", "bcd"]),
        ("\\$\\.", "1$.", ["$."]), ("(a*)*", "aa", ["aa", "aa"]), ("\\D\\S\\W", "ab-", ["ab-"]),
    ]

    @Test(arguments: matches)
    func finds(pattern: String, text: String, groups: [String?]?) throws {
        let scalars = Array(text.unicodeScalars)
        let found = try Pattern(pattern).firstMatch(in: scalars)
        let texts = found?.ranges.map { range in
            range.map { range in
                String(String.UnicodeScalarView(scalars[range]))
            }
        }
        #expect(texts == groups)
    }

    static let wrong: [(pattern: String, error: PatternError)] = [
        ("(", .unexpected(nil, position: 2)), (")", .unexpected(")", position: 1)),
        ("[a", .unexpected(nil, position: 4)), ("*a", .unexpected("*", position: 1)),
        ("a{3,2}", .badRepeat(position: 2)), ("a{256}", .badRepeat(position: 2)),
        ("a{x}", .badRepeat(position: 2)), ("\\q", .unexpected("q", position: 2)),
        ("(?=a)", .unexpected("=", position: 3)), ("(a)\\1", .unexpected("1", position: 5)),
        (String(repeating: "a", count: 513), .tooLong),
        (String(repeating: "()", count: 10), .tooManyGroups),
        ("((a{200}){200}){200}", .tooLarge), ("\\xZ1", .unexpected("Z", position: 3)),
    ]

    @Test(arguments: wrong)
    func refuses(pattern: String, error: PatternError) {
        #expect(throws: error) { try Pattern(pattern) }
    }

    /// What takes others for ever: nested repetitions that nearly fit.
    @Test(arguments: ["^(a+)+$", "^(a|aa)+$", "^(a*)*b$", "(x+x+)+y", "^((a{0,30}){0,30})$"])
    func hostilePatternsEndSoon(pattern: String) throws {
        let text = Array((String(repeating: "a", count: 1000) + "!").unicodeScalars)
        #expect(try Pattern(pattern).firstMatch(in: text) == nil)
    }

    @Test(arguments: UInt64(0)..<300)
    func anyTextIsAPatternOrRefused(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let pieces = Array("ab1()[]{}*+?|^$\\.-,dwsx").map(String.init)
        let pattern = random.picks(random.below(24), from: pieces).joined()
        let text = random.picks(random.below(40), from: ["a", "b", "1", " ", "-"]).joined()
        // Refused, or it ends and stays within the text.
        guard let found = try? Pattern(pattern).firstMatch(in: Array(text.unicodeScalars)) else {
            return
        }
        for range in found.ranges.compactMap({ $0 }) {
            #expect(range.upperBound <= text.unicodeScalars.count, "\(pattern)")
        }
    }
}
