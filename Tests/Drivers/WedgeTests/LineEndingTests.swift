import DriverKit
import LinuxIO
import Testing

@testable import Wedge

@Suite struct LineEndingTests {
    typealias Step = KeystrokeDecoder.Step

    /// `.` is a quiet gap.
    static let rules: [(ending: WedgeOptions.Ending, typed: String, steps: [Step])] = [
        (.auto, "1 2 .", [.line("12", .quietGap)]),
        (.auto, "1 . 2 .", [.line("1", .quietGap), .line("2", .quietGap)]),
        (.auto, ". . 1 enter .", [.line("1", .enter)]),
        // A scanner that ends its lines has stalled: half a code is a wrong code.
        (.auto, "1 enter 2 . 3 enter 4 enter", [one, .discarded(.unfinished), four]),
        (
            .auto, "1 enter 2 . 3 . 4 enter",
            [one, .discarded(.unfinished), .discarded(.unfinished)]
        ),
        (.auto, "f5 . 4 enter", [.discarded(.unmapped(.f5)), four]),
        (.enter, "1 . 2 enter", [.line("12", .enter)]),
        (.enter, "1 tab 2 enter", [.line("1\t2", .enter)]),
        (.enter, "1 kpenter", [.line("1", .keypadEnter)]),
        (.tab, "1 . 2 tab", [.line("12", .tab)]),
        (.tab, "1 enter 2 tab", [.line("1\r2", .tab)]),
        (.quietGap, "1 enter 2 .", [.line("1\r2", .quietGap)]),
        (.quietGap, "1 tab .", [.line("1\t", .quietGap)]),
    ]

    @Test(arguments: rules)
    func ends(ending: WedgeOptions.Ending, typed: String, expected: [Step]) throws {
        #expect(try steps(typed, WedgeOptions(ending: ending)) == expected)
    }

    static let prefixes: [(typed: String, steps: [Step])] = [
        ("a b 1 enter", [.line("1", .enter)]),
        ("b 1 enter", [.discarded(.prefixMissing("ab"))]),
        ("a enter", [.discarded(.prefixMissing("ab"))]),
        ("a b enter", []),
        ("a b a b enter", [.line("ab", .enter)]),
    ]

    @Test(arguments: prefixes)
    func wantsItsPrefix(typed: String, expected: [Step]) throws {
        #expect(try steps(typed, WedgeOptions(prefix: "ab")) == expected)
    }

    @Test func isPatientWithoutALineAndUntilTheGapWithOne() {
        var decoder = KeystrokeDecoder(options: WedgeOptions(quietGap: .milliseconds(70)))
        #expect(decoder.patience == nil)
        _ = decoder.push(.pressed(.digit1))
        #expect(decoder.patience == .milliseconds(70))
        _ = decoder.push(.pressed(.enter))
        #expect(decoder.patience == nil)
    }

    @Test func aKnownEndingNeedsNoClock() {
        var decoder = KeystrokeDecoder(options: WedgeOptions(ending: .enter))
        _ = decoder.push(.pressed(.digit1))
        #expect(decoder.patience == nil)
    }

    @Test func whatIsLeftAtTheEndIsUnfinished() {
        var decoder = KeystrokeDecoder(options: WedgeOptions())
        #expect(decoder.finish() == .more)
        _ = decoder.push(.pressed(.digit1))
        #expect(decoder.finish() == .discarded(.unfinished))
        #expect(decoder.finish() == .more)
    }

    private static let one = Step.line("1", .enter)
    private static let four = Step.line("4", .enter)

    private func steps(_ script: String, _ options: WedgeOptions) throws -> [Step] {
        var decoder = KeystrokeDecoder(options: options)
        var steps: [Step] = []
        for word in script.split(separator: " ") {
            if word == "." {
                steps.append(decoder.quiet())
            } else {
                steps += try KeyScript(String(word)).events.map { decoder.push($0) }
            }
        }
        return steps.filter { $0 != .more }
    }
}
