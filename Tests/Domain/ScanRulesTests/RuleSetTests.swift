import Barcodes
import Scans
import Testing

@testable import ScanRules

@Suite struct RuleSetTests {
    private static func rule(_ change: (inout ScanRule) throws -> Void) rethrows -> ScanRule {
        var rule = ScanRule(name: "r")
        try change(&rule)
        return rule
    }

    static let edits: [(rule: ScanRule, before: String, after: String)] = [
        (rule { $0.stripStart = 2 }, "abcd", "cd"), (rule { $0.stripEnd = 1 }, "abcd", "abc"),
        (rule { $0.stripStart = 9 }, "abcd", ""), (rule { $0.trims = true }, " a b\t", "a b"),
        (rule { $0.letterCase = .upper }, "aß1", "ASS1"),
        (rule { $0.letterCase = .lower }, "AB", "ab"),
        (rule { $0.padding = .init(length: 6, filler: "0") }, "0042", "000042"),
        (rule { $0.padding = .init(length: 2, filler: "0") }, "0042", "0042"),
        (rule { ($0.prefix, $0.suffix) = ("LOC-", "/1") }, "A1", "LOC-A1/1"),
        (rule { ($0.trims, $0.stripStart) = (true, 1) }, "  xA", "A"),
        (rule { $0.sources = ["dock-*"] }, "A", "A"), (rule { $0.length = 2...3 }, "abcd", "abcd"),
        (rule { ($0.length, $0.stripEnd) = (4...4, 1) }, "abcd", "abc"),
        (rule { ($0.length, $0.stripEnd) = (5...9, 1) }, "abcd", "abcd"),
        (rule { ($0.symbologies, $0.stripEnd) = ([.code128], 1) }, "abcd", "abcd"),
    ]

    @Test(arguments: edits)
    func changes(rule: ScanRule, before: String, after: String) {
        #expect(text(of: RuleSet([rule]), before) == after)
    }

    static let replacements: [(pattern: String, with: String, before: String, after: String)] = [
        ("^SUP-(\\d+)$", "ITEM-$1", "SUP-42", "ITEM-42"), ("b", "$$", "abc", "a$c"),
        ("(a)(x)?", "<$2$1>", "ab", "<a>b"), ("^", ">", "ab", ">ab"), ("z", "-", "ab", "ab"),
        ("b", "$0$0$9", "abc", "abbc"), ("b", "", "abc", "ac"),
    ]

    @Test(arguments: replacements)
    func replaces(pattern: String, with: String, before: String, after: String) throws {
        let rule = try Self.rule {
            $0.pattern = try Pattern(pattern)
            $0.replacement = with
        }
        #expect(text(of: RuleSet([rule]), before) == after)
    }

    @Test func theFirstThatFitsDecides() {
        let rules = RuleSet([
            Self.rule { ($0.length, $0.prefix) = (9...9, "no") }, Self.rule { $0.prefix = "1" },
            Self.rule { $0.prefix = "2" },
        ])
        #expect(text(of: rules, "x") == "1x")
    }

    @Test func oneThatGoesOnLetsTheNextSeeWhatItMade() {
        let rules = RuleSet([
            Self.rule { ($0.prefix, $0.goesOn) = ("1", true) },
            Self.rule { ($0.length, $0.prefix) = (2...2, "2") },
        ])
        #expect(text(of: rules, "x") == "21x")
        let ruling = rules.apply(to: capture("x"), reading: .init())
        #expect(ruling.trace.map(\.before) == ["x", "1x"])
        #expect(ruling.trace.map(\.after) == ["1x", "21x"])
    }

    @Test func theIdentifierStaysAndIsNoText() {
        let rules = RuleSet([
            Self.rule { ($0.symbologies, $0.stripStart) = ([.code128], 1) }
        ])
        let ruling = rules.apply(to: capture("]C0xABC"), reading: .init())
        #expect(ruling.outcome == .capture(capture("ABC", aim: "]C0")))
        let bare = rules.apply(to: capture("]C0xABC"), reading: .init(aim: .never))
        #expect(bare.outcome == .capture(capture("]C0xABC")))
    }

    @Test func sourcesAreNamesOrBeginnings() {
        for (source, isMeant) in [("dock-*", true), ("dock-1", true), ("dock", false), ("*", true)]
        {
            let rules = RuleSet([Self.rule { ($0.sources, $0.prefix) = ([source], "!") }])
            #expect((text(of: rules, "x") == "!x") == isMeant)
        }
    }

    @Test func refusesWithASentence() {
        let rules = RuleSet([Self.rule { $0.verdict = .reject("Not this one.") }])
        guard
            case .rejected(let rejection) = rules.apply(to: capture("x"), reading: .init()).outcome
        else { return #expect(Bool(false)) }
        #expect(rejection.code == "rule-rejected")
        #expect(rejection.message == "Not this one.")
    }

    @Test func mapsToACommand() {
        let rules = RuleSet([Self.rule { $0.verdict = .command("BATCH:CLOSE") }])
        #expect(text(of: rules, "END") == "%SS:BATCH:CLOSE")
    }

    @Test func whatIsNoTextIsLeftAlone() {
        let rules = RuleSet([Self.rule { $0.prefix = "!" }])
        let capture = Capture(
            device: "dock-1", payload: .code([0xFF]),
            time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0))
        #expect(rules.apply(to: capture, reading: .init()).outcome == .capture(capture))
    }

    private func text(of rules: RuleSet, _ text: String) -> String? {
        guard case .capture(let capture) = rules.apply(to: capture(text), reading: .init()).outcome,
            case .keystrokes(let text) = capture.payload
        else { return nil }
        return text
    }

    private func capture(_ text: String, aim: String? = nil) -> Capture {
        Capture(
            device: "dock-1", payload: .keystrokes(text), aim: aim,
            time: CaptureTime(wallMicroseconds: 0, monotonicMicroseconds: 0))
    }
}
