import ArgumentParser
import CommandKit
import EmulatedNFC

/// For tests of the PC/SC backend: see scripts/pcsc-rig.
struct EmulateCardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "emulate-card", abstract: "Play a contactless card for vsmartcard's vpcd.",
        shouldDisplay: false)

    @Option(help: "vpcd's port.") var port: UInt16 = 35_963
    @Argument(help: "KIND:KEY=VALUE,... as for emulate.") var tag: String

    func run() throws {
        var card = EmulatedCard(try TagSpecification(tag).tag)
        try card.serve(port: port)
    }
}
