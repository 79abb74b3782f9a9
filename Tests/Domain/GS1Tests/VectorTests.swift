import Testing

@testable import GS1

/// GS1's own cases, all of them but those that are named here with a reason.
@Suite struct VectorTests {
    /// How many cases of each kind there are, so that none is lost unnoticed.
    static let counts = [
        ("ai-bracketed", 12), ("ai-raw", 39), ("ai-linter", 50), ("scan", 26),
        ("scan-generate", 17), ("dl-uri", 50), ("lint", 2839),
    ]

    /// These need a list of all company prefixes that GS1 has given, which is nowhere free to get:
    /// the cases swap in a list that is broken or refuses everything.
    static func needsCompanyPrefixes(_ vector: Vector) -> Bool {
        vector.expected == "GCP_DATASOURCE_OFFLINE"
            || vector.kind == "lint" && vector.expected == "INVALID_GCP_PREFIX"
                && vector.output.hasSuffix("*1234567*")
    }

    @Test(arguments: counts)
    func agreesWithGS1(kind: String, count: Int) throws {
        let vectors = try Vector.all(of: kind)
        #expect(vectors.count == count)
        let excluded = vectors.filter(Self.needsCompanyPrefixes)
        #expect(excluded.count == (kind == "lint" ? 6 : 0))
        let wrong = vectors.filter { !Self.needsCompanyPrefixes($0) }.compactMap { vector in
            let outcome = Self.outcome(of: vector)
            return outcome.isRight ? nil : "\(vector.expected) \(vector.input): \(outcome.got)"
        }
        #expect(wrong.isEmpty, "\(wrong.count) of \(count): \(wrong.joined(separator: "\n"))")
    }

    private static func outcome(of vector: Vector) -> (isRight: Bool, got: String) {
        switch vector.kind {
        case "ai-linter": faultOutcome(of: vector)
        case "lint": lintOutcome(of: vector)
        default: formOutcome(of: vector)
        }
    }

    private static func formOutcome(of vector: Vector) -> (isRight: Bool, got: String) {
        let got = Result { try rewritten(vector) }
        switch (got, vector.expected) {
        case (.success(let text), "ok"):
            return (vector.kind == "ai-raw" || text == vector.output, text)
        case (.success(let text), _): return (false, text)
        case (.failure(let fault), let expected): return (expected == "fail", "\(fault)")
        }
    }

    private static func rewritten(_ vector: Vector) throws -> String {
        switch vector.kind {
        case "ai-bracketed":
            try ElementString(bracketed: vector.input).unbracketed(separator: "^")
        case "ai-raw": try ElementString(unbracketed: vector.input).bracketed
        case "dl-uri": try DigitalLink(vector.input).elements.unbracketed(separator: "^")
        case "scan": try Reading(scan: vector.input).notation
        default: try #require(try Reading(notation: vector.input).scan)
        }
    }

    private static func faultOutcome(of vector: Vector) -> (isRight: Bool, got: String) {
        do {
            _ = try ElementString(bracketed: vector.input)
            return (vector.expected == "OK", "OK")
        } catch {
            return (gs1Name(error.code) == vector.expected, "\(error)")
        }
    }

    private static func lintOutcome(of vector: Vector) -> (isRight: Bool, got: String) {
        let parts = vector.input.split(
            separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard let linter = Linter(rawValue: String(parts[0])) else { return (false, "no linter") }
        let bytes = Array(parts[1].utf8)
        guard let finding = linter.finding(in: Field(bytes[...])) else {
            return (vector.expected == "OK", "OK")
        }
        let marked =
            bytes[..<finding.range.lowerBound] + "*".utf8 + bytes[finding.range] + "*".utf8
            + bytes[finding.range.upperBound...]
        let text = String(decoding: marked, as: UTF8.self)
        return (
            gs1Name(finding.code) == vector.expected && text == vector.output,
            "\(finding.code) \(text)"
        )
    }

    private static func gs1Name(_ code: FaultCode) -> String {
        code.rawValue.uppercased().replacing("-", with: "_")
    }
}
