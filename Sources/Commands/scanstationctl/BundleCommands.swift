import ArgumentParser
import CommandKit
import CurlHTTP
import LocalAPI

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write what the hub does not have yet into a file.",
        discussion: """
            For a hub that no network reaches: carry the file there, and its answer back. The
            outbox stays as it is until the answer is imported.

            scanstationctl export /media/stick/dock.bundle
            scanhub import /media/stick/dock.bundle --answer /media/stick/dock.answer --data ./hub
            scanstationctl import /media/stick/dock.answer
            """)

    @Argument(help: "The file; it appears whole or not at all.", completion: .file())
    var file: String
    @Flag(help: "Everything that this station ever made, for a hub that was put back.")
    var all = false
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    struct Report: Codable, Sendable {
        var file: String
        var bytes: Int
    }

    func run() async throws {
        let client = try station.client()
        let (file, all) = (file, all)
        let bytes = try await Progress.during("Writing \(file)") {
            try await WholeFile.write(file) { write in
                try await client.download("/bundle?all=\(all)", write)
            }
        }
        output.show(Report(file: file, bytes: bytes)) {
            "\($0.file): \($0.bytes) bytes. Carry it to the hub: scanhub import FILE"
        }
    }
}

struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Take in the hub's answer to an exported file.")

    @Argument(help: "The answer that scanhub import wrote.", completion: .file())
    var file: String
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    private static let limitBytes = 16 << 20

    func run() async throws {
        let bytes = try WholeFile.read(file, limitBytes: Self.limitBytes)
        let report = try await station.client().upload("/bundle", bytes, as: BundleReport.self)
        output.show(report) { report in
            "The hub has \(report.acknowledged) more; the outbox: "
                + OutboxCommand.text(report.outbox)
        }
    }
}

extension StationClient {
    private static let bundleType = "application/vnd.scanstation.bundle"

    func upload<Answer: Decodable>(
        _ path: String, _ bytes: [UInt8], as type: Answer.Type
    ) async throws -> Answer {
        var request = request("POST", path, bytes)
        request.headers = [("Content-Type", Self.bundleType)]
        return try await send(request, as: type)
    }

    /// Gives each piece of an answer to `write`, as it comes.
    func download(_ path: String, _ write: ([UInt8]) throws -> Void) async throws {
        let request = request("GET", path)
        let stream = try await reached { try await http.stream(request) }
        guard stream.status == 200 else { throw try await problem(of: stream) }
        for try await chunk in stream { try write(chunk) }
    }
}
