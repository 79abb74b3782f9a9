public import ArgumentParser
import CFuzzer
import Foundation
public import Fuzzing
import LinuxIO

/// `scanfuzz TARGET --seconds N`: looks for an input that breaks a parser.
@main struct Scanfuzz: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanfuzz", abstract: "Look for an input that breaks a parser.",
        discussion: """
            Built by `make fuzz` it is libFuzzer, which sees what each input reaches; else it \
            changes the corpus blindly. What breaks a parser is kept beside the corpus of the run, \
            and the program ends with an error.

            Targets: \(FuzzTarget.all.map(\.name).joined(separator: ", "))
            """,
        subcommands: [FuzzCommand.self, EngineCommand.self], defaultSubcommand: FuzzCommand.self)
}

struct FuzzCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz", abstract: "Fuzz one target.")

    @Argument var target: FuzzTarget
    @Option(help: "How long.") var seconds = 60
    @Option(help: "What the choices follow from.") var seed: UInt64 = 1
    @Option(help: "The folder of the corpora.", completion: .directory)
    var corpora = "Tests/FuzzingTests/Corpora"
    @Flag(help: "Put what reaches something new into the corpus, and out what no longer does.")
    var keep = false

    func run() throws {
        let run = try FuzzRun(target, corpora: corpora, seed: seed)
        guard fuzzer_is_there() != 0 else { return try run.changeBlindly(for: seconds) }
        try run.fuzz(for: seconds)
        if keep { try run.keepCorpus() }
    }
}

/// One target under libFuzzer, which ends the process as it likes.
struct EngineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "engine", shouldDisplay: false)

    @Argument var target: FuzzTarget
    @Argument(parsing: .allUnrecognized) var flags: [String] = []

    func run() throws {
        Engine.choose(target)
        // While it merges, libFuzzer has a shell run its own words again, to survive what breaks.
        let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
        let words = (["\(program) engine \(target.name)"] + flags).map { strdup($0) }
        var arguments = words + [nil]
        let status = fuzzer_run(Int32(words.count), &arguments) { data, count in
            Engine.look(at: UnsafeBufferPointer(start: data, count: count))
            return 0
        }
        throw ExitCode(status)
    }
}

extension FuzzTarget: ExpressibleByArgument {
    public init?(argument: String) {
        guard let target = FuzzTarget.all.first(where: { $0.name == argument }) else { return nil }
        self = target
    }
}
