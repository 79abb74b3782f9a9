import Accounts
import ArgumentParser
import CommandKit
import Glibc
import Hub
import HubStorage
import LinuxIO
import Replication

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in what a station exported into a file.",
        discussion: """
            The same file may come again, and files may come in any order: each operation counts
            once. A file that is torn, changed or of no station of this hub is refused whole.

            scanhub import dock.bundle --answer dock.answer --data ./hub
            Then, at the station: scanstationctl import dock.answer
            """)

    @Argument(help: "The station's file.") var file: String
    @Option(help: "Where the answer for the station goes. Default: FILE.answer.")
    var answer: String?
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try data.existingStore()
        let work = BundleImport(store: store)
        let receipt: BundleReceipt
        do {
            receipt = try await work.run(file) { show("\r\($0) operations") }
        } catch let error as LinuxError {
            throw CommandFailure(code: "file-failed", message: "\(error)")
        }
        show("\r\u{1B}[K")
        let bytes = try work.answer(to: receipt)
        _ = try await WholeFile.write(answer ?? file + ".answer") { try $0(bytes) }
        let station = try await store.registry.station(StationCode(receipt.station))
        try await store.noteShell(
            .bundleTaken, "\(receipt.station): \(receipt.taken) new", tenant: station.tenant)
        try store.close()
        guard !output.json else { return print(JSONForm.text(receipt)) }
        print(
            "\(receipt.operations) operations of \(receipt.station): \(receipt.taken) new, "
                + "\(receipt.refused) refused"
                + (receipt.waiting > 0 ? ", \(receipt.waiting) wait for an earlier file" : ""))
        print("Carry the answer back: \(answer ?? file + ".answer")")
    }

    private func show(_ progress: String) {
        // A terminal that went away needs no progress.
        if isatty(STDERR_FILENO) == 1 {
            _ = Glibc.write(STDERR_FILENO, progress, progress.utf8.count)
        }
    }
}
