import ArgumentParser
import Checkup
import CommandKit
import Glibc
import LinuxIO
import LocalAPI
import Settings

struct SupportBundleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "support-bundle",
        abstract: "Write a tar file for whoever helps: how the station fares, and nothing scanned.",
        discussion: """
            Findings of doctor, status, numbers of the store, metrics, configuration, versions and
            the journal's last lines. What was scanned, places, batches, keys, tokens and codes are
            left out or blacked out; look into it before you send it.

            scanstationctl support-bundle station.tar
            tar --extract --file station.tar
            """)

    @Argument(help: "The file; it appears whole or not at all.", completion: .file())
    var file: String
    @Option(help: "The configuration file.", completion: .file(extensions: ["toml"]))
    var config = ConfigFile.defaultPath
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    struct Report: Codable, Sendable {
        var file: String
        var bytes: Int
        var parts: [String]
    }

    func run() async throws {
        let parts = try await SupportBundle(station, config: config).parts()
        var archive = TarArchive(time: SystemTime.wall.components.seconds)
        for part in parts { archive.add("scanstation-support/\(part.name)", part.text) }
        let content = archive.bytes
        let bytes = try await WholeFile.write(file) { write in try write(content) }
        output.show(Report(file: file, bytes: bytes, parts: parts.map(\.name))) {
            "\($0.file): \($0.bytes) bytes: \($0.parts.joined(separator: ", "))."
        }
    }
}
