import ArgumentParser
import BarcodeReading
import CommandKit
import Foundation
import Pictures

/// Measures how long a frame takes and how many codes of it are read, beside libzbar as zbarcam
/// uses it, on the same frames in the same run.
@main
struct Camerabench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "camerabench", abstract: "Measure reading codes in generated frames.",
        subcommands: [Measure.self, ReadForOthers.self], defaultSubcommand: Measure.self)

    static func main() async { await runToEnd() }
}

/// The process in which ZXing runs.
struct ReadForOthers: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "zxing", shouldDisplay: false)

    func run() throws {
        try ZXingServer.run()
    }
}

struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure")

    @Flag(help: "A few frames each, to see that it runs.") var quick = false
    @Option(help: "Also write the frames here, as PGM files with their codes in their names.")
    var dump: String?

    func run() throws {
        print("| frame | codes | ours p50 ms | p95 | read | zbarcam p50 ms | p95 | read |")
        print("|---|---|---|---|---|---|---|---|")
        for scene in Scene.all {
            let contest = Contest(scene: scene, layouts: quick ? 2 : 12)
            print(try contest.run(dump: dump))
        }
    }
}

/// One kind of frame.
struct Scene {
    var width: Int
    var height: Int
    var codes: Int
    var isBusy: Bool

    static let all = [
        (1280, 720, 0, false), (1280, 720, 1, false), (1280, 720, 5, false),
        (1280, 720, 20, false), (1280, 720, 1, true), (1280, 720, 5, true),
        (1920, 1080, 1, false), (1920, 1080, 5, false),
    ].map { Scene(width: $0.0, height: $0.1, codes: $0.2, isBusy: $0.3) }

    var name: String { "\(height)p \(isBusy ? "busy" : "plain")" }
}
