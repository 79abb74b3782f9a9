import ArgumentParser
import CommandKit

/// Tags are read and written by the NFC driver's program: its library can crash, this one can't.
struct NFCCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "nfc", abstract: "Read, write and watch single NFC tags.",
        discussion: """
            scanstationctl nfc read
            scanstationctl nfc write --text LOC-A1
            scanstationctl nfc write --uri https://id.example.org/01/09506000134352 --lock
            scanstationctl nfc watch --json
            scanstationctl nfc badge-key --key-file FILE UID

            Each takes --help. A reader that the daemon reads is busy: disable the device first.
            """)

    private static let deeds = ["read", "write", "watch", "badge-key"]

    @Argument(parsing: .captureForPassthrough, help: "read, write, watch or badge-key.")
    var arguments: [String] = []

    func run() throws {
        guard let deed = arguments.first, Self.deeds.contains(deed) else {
            if let first = arguments.first, first != "--help", first != "-h" {
                throw ValidationError(
                    "'\(first)' is none of \(Self.deeds.joined(separator: ", ")).")
            }
            throw CleanExit.helpRequest(self)
        }
        try SiblingProgram("scanstation-driver-nfc").replaceThisProcess(arguments)
    }
}
