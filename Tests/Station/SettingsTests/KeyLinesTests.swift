import Testing

@testable import Settings

@Suite struct KeyLinesTests {
    @Test func countsThroughEveryFormOfValue() {
        let lines = KeyLines(
            """
            # a = 1
            a = "x # \\" y = 2"
            b = 'c:\\'
            c = \"\"\"
            d = 1
            \\\"\"\" e = 2 \"\"\"\"
            f = [ { g = 1 }, [ # ]
              "]" ],
            ]
            "q.r" . s = 1
            [t.'u']
            v = 1
            [[w]]
            x = 1
            [[w]]
            x = 2
            [w.y]
            z = 1
            """)
        let expected: [([String], Int?)] = [
            (["a"], 2), (["b"], 3), (["c"], 4), (["d"], nil), (["e"], nil), (["f"], 7),
            (["f", "g"], 7), (["q.r"], 10), (["q.r", "s"], 10), (["t", "u"], 11),
            (["t", "u", "v"], 12), (["w", "[0]", "x"], 14), (["w", "[1]", "x"], 16),
            (["w", "[1]", "y", "z"], 18), (["w", "[1]", "none"], 15), (["none"], nil),
        ]
        for (path, line) in expected { #expect(lines.line(of: path) == line, "\(path)") }
    }

    /// Whatever stands around it, a key is found on its line.
    @Test(arguments: UInt64(1)...50)
    func findsKeysAmongOthers(seed: UInt64) {
        var state = seed
        func next(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
        let fillers = [
            "", "# k9 = 1", "l = [\n1,\n'k9 = 1']", "m = '''\nk9 = 1\n'''", "n = \"[[x]]\"",
        ]
        var text = ""
        var expected: [String: Int] = [:]
        for index in 0..<20 {
            let filler = fillers[next(fillers.count)]
            text +=
                filler.first.map { "lmn".contains($0) } == true
                ? filler.replacing(" = ", with: "\(index) = ", maxReplacements: 1) : filler
            text += "\n"
            expected["key-\(index)"] = text.count { $0 == "\n" } + 1
            text += "key-\(index) = \(next(100))\n"
        }
        let lines = KeyLines(text)
        for (key, line) in expected { #expect(lines.line(of: [key]) == line, "seed \(seed)") }
    }
}
