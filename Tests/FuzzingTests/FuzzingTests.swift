import Foundation
import Fuzzing
import Testing

/// The corpora that fuzzing found, and inputs near them; `make fuzz` looks further.
@Suite struct FuzzingTests {
    private static let changesPerTarget = 2000

    @Test(arguments: FuzzTarget.all.map(\.name))
    func whatFuzzingFoundIsBorne(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        let corpus = try Self.corpus(name)
        #expect(!corpus.inputs.isEmpty)
        for input in corpus.inputs { try Self.run(target, input) }
    }

    @Test(arguments: FuzzTarget.all.map(\.name))
    func whatLooksNearlyLikeItIsBorne(name: String) throws {
        let target = try #require(FuzzTarget.all.first { $0.name == name })
        var mutator = Mutator(seed: 1, try Self.corpus(name))
        for _ in 0..<Self.changesPerTarget { try Self.run(target, mutator.next()) }
    }

    /// The control: a rule that does not hold is seen.
    @Test func aBrokenRuleIsSeen() {
        let target = FuzzTarget.brittle
        #expect(throws: FuzzTarget.Broken.self) {
            var mutator = Mutator(seed: 1, Corpus([Array("abc".utf8)]))
            for _ in 0..<100_000 { try target.run(mutator.next()) }
        }
    }

    private static func corpus(_ name: String) throws -> Corpus {
        let folder = try #require(Bundle.module.url(forResource: "Corpora", withExtension: nil))
        return try Corpus(reading: folder.appending(path: "\(name).txt"))
    }

    private static func run(_ target: FuzzTarget, _ input: [UInt8]) throws {
        do {
            try target.run(input)
        } catch {
            Issue.record("\(target.name): \(error): \(Data(input).base64EncodedString())")
        }
    }
}
