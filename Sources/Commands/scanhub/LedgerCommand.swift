import ArgumentParser
import CommandKit
import Glibc
import Hub

struct LedgerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "The rules of the ledger, and what follows from its log.",
        subcommands: [Fold.self, Rebuild.self])

    struct Fold: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fold operations to the state that follows from them.",
            discussion: """
                One case a line in, as JSON: parents, ordered, operations.
                One state a line out: quantities, serials, attributes, batches, overPicks.
                Exit code 1 when a line could not be read.
                """)

        @Argument(help: "A file, or - for standard input.")
        var file: String

        @Flag(help: "The only form there is.")
        var json = false

        func run() throws {
            if file != "-" { try readInsteadOfInput(file) }
            var failures = 0
            while let line = readLine() {
                guard line.contains(where: { !$0.isWhitespace }) else { continue }
                let result = LedgerFold.fold(line: line)
                print(result.json)
                fflush(nil)
                if !result.isGood { failures += 1 }
            }
            if failures > 0 { throw ExitCode(ExitStatus.failed.rawValue) }
        }

        private func readInsteadOfInput(_ path: String) throws {
            let descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0, dup2(descriptor, STDIN_FILENO) >= 0 else {
                throw CommandFailure(message: "\(path): \(String(cString: strerror(errno)))")
            }
        }
    }
}
