import AllDrivers
import ArgumentParser
import CommandKit
import Glibc
import LocalAPI
import Settings

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Check a configuration file, or print every key.",
        discussion: """
            No file is needed: every key has a default.

            scanstationctl config print-default > /etc/scanstation/scanstation.toml
            scanstationctl config check
            """,
        subcommands: [CheckConfig.self, PrintDefaultConfig.self])
}

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check a configuration file and the conf.d beside it.",
        discussion: "Exit 2 when it is wrong, with the file, the line and the key.")

    @Argument(help: "The file.", completion: .file(extensions: ["toml"]))
    var file: String?
    // Needs no daemon; taken so that scripts can name the station to every command alike.
    @OptionGroup(visibility: .hidden) var station: StationOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
        let path = file ?? ConfigFile.defaultPath
        do {
            let config = try ConfigFile(catalogue: DriverCatalogue.kinds)
                .read(path: path, isRequired: file != nil)
            output.show(ConfigReport(file: path, devices: config.devices.count)) {
                access($0.file, F_OK) == 0
                    ? "\($0.file) is good; devices: \($0.devices)."
                    : "There is no \($0.file), and none is needed; devices: \($0.devices)."
            }
        } catch {
            if output.json { output.show(ConfigReport(path, error)) { _ in "" } }
            throw CommandFailure(
                status: .usage, code: error.code.rawValue, message: "\(error)")
        }
    }
}

struct PrintDefaultConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "print-default", abstract: "Print a file with every key and its default.")

    func run() {
        print(ShippedConfig.text, terminator: "")
    }
}

/// What is to be said of a configuration file.
struct ConfigReport: Encodable {
    var file: String
    var valid = true
    var devices = 0
    var error: Fault?

    struct Fault: Encodable {
        var code: String
        var file: String
        var line: Int?
        var key: String?
        var message: String
    }

    init(file: String, devices: Int) {
        (self.file, self.devices) = (file, devices)
    }

    init(_ file: String, _ error: ConfigError) {
        self.file = file
        valid = false
        self.error = Fault(
            code: error.code.rawValue, file: error.file, line: error.line, key: error.key,
            message: error.message)
    }
}
