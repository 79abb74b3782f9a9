import ArgumentParser
import CommandKit

/// Pictures are decoded by the camera driver's program: its libraries can crash, this one can't.
struct DecodeImage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "image", abstract: "Read the barcodes in pictures.",
        discussion: "See scanstationctl decode image --help for paths and engines.")

    @Argument(parsing: .captureForPassthrough, help: "What the decoder takes.")
    var arguments: [String] = []

    func run() throws {
        try SiblingProgram("scanstation-driver-camera")
            .replaceThisProcess(["decode"] + arguments)
    }
}

/// Recordings are decoded by the voice driver's program.
struct DecodeSpeech: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "speech", abstract: "Recognise the commands in recordings.",
        discussion: "See scanstationctl decode speech --help for paths and grammars.")

    @Argument(parsing: .captureForPassthrough, help: "What the recogniser takes.")
    var arguments: [String] = []

    func run() throws {
        try SiblingProgram("scanstation-driver-voice").replaceThisProcess(["decode"] + arguments)
    }
}
