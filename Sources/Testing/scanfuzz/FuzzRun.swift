import Foundation
import Fuzzing

/// One target and its corpus, unpacked in a folder of their own.
struct FuzzRun {
    private let target: FuzzTarget
    private let seed: UInt64
    private let file: URL
    private let folder: URL

    init(_ target: FuzzTarget, corpora: String, seed: UInt64) throws {
        (self.target, self.seed) = (target, seed)
        file = URL(filePath: corpora).appending(path: "\(target.name).txt")
        folder = FileManager.default.temporaryDirectory.appending(path: "scanfuzz-\(target.name)")
        if FileManager.default.fileExists(atPath: folder.path) {
            try FileManager.default.removeItem(at: folder)
        }
        for place in [corpus, found] {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        }
        try Corpus(reading: file).unpack(into: corpus)
    }

    private var corpus: URL { folder.appending(path: "corpus") }
    private var found: URL { folder.appending(path: "found") }

    /// Without libFuzzer.
    func changeBlindly(for seconds: Int) throws {
        print("scanfuzz: built without -sanitize=fuzzer, so nobody sees what an input reaches")
        var mutator = Mutator(seed: seed, try Corpus(reading: file))
        let end = Date(timeIntervalSinceNow: Double(seconds))
        var count = 0
        while Date() < end {
            let input = mutator.next()
            do {
                try target.run(input)
            } catch {
                try Data(input).write(to: found.appending(path: "broken"))
                throw error
            }
            count += 1
        }
        print("scanfuzz: \(target.name): \(count) inputs")
    }

    func fuzz(for seconds: Int) throws {
        try engine([
            "-max_total_time=\(seconds)", "-seed=\(seed)", "-max_len=\(FuzzTarget.lengthLimit)",
            "-timeout=5", "-rss_limit_mb=1024", "-print_final_stats=1", "-verbosity=1",
            "-use_value_profile=1", "-artifact_prefix=\(found.path)/", corpus.path,
        ])
    }

    /// The fewest inputs that reach all that was reached.
    func keepCorpus() throws {
        let fewest = folder.appending(path: "fewest")
        try FileManager.default.createDirectory(at: fewest, withIntermediateDirectories: true)
        try engine(["-set_cover_merge=1", "-verbosity=0", fewest.path, corpus.path])
        var corpus = try Corpus(unpacked: fewest)
        corpus.inputs.removeAll { $0.count > Corpus.inputLimitBytes }
        guard !corpus.inputs.isEmpty else {
            throw FuzzFailure(target: target.name, folder: self.corpus.path)
        }
        try corpus.write(to: file)
        print("scanfuzz: \(target.name): \(corpus.inputs.count) inputs are kept")
    }

    private func engine(_ flags: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["engine", target.name] + flags
        // Who catches the crash keeps the input; Swift's own report would come first.
        process.environment = ProcessInfo.processInfo.environment
            .merging(["SWIFT_BACKTRACE": "enable=no"]) { _, new in new }
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0, process.terminationReason == .exit else {
            throw FuzzFailure(target: target.name, folder: found.path)
        }
    }
}

/// An input broke its parser.
struct FuzzFailure: Error, CustomStringConvertible {
    var target: String
    var folder: String

    var description: String { "\(target) is broken by what lies in \(folder)" }
}
