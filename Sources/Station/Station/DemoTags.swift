import DriverKit
import LinuxIO
import Scans
import ServiceLifecycle

/// An NFC reader that is not there, played by the NFC driver's own program: tags come and go.
struct DemoTags: Service, CustomStringConvertible {
    /// A place, an item and a numbered piece.
    private static let tags = [
        "ntag213:uid=04534354494F01,text=LOC-TAGS",
        "ntag215:uid=04534354494F02,uri=https://id.example.org/01/09506000134352",
        "type4:uid=04534354494F03,text=SN-000418",
    ]
    private static let pause = Duration.seconds(7)

    private let program: ChildProcess
    private let link: String

    var description: String { "demo tags" }

    /// nil: the NFC driver is not installed.
    init?(program path: String, folder: String) {
        link = "\(folder)/demo-nfc"
        // A demonstration goes on without what can't be started.
        guard let program = try? ChildProcess([path, "emulate", link]),
            (try? Poll.wait(readable: [program.output], timeout: .seconds(5)))?.readable[0] == true
        else { return nil }
        self.program = program
    }

    var device: ConfiguredDevice {
        ConfiguredDevice(name: "demo-nfc", driver: "nfc", location: .path(link))
    }

    func run() async throws {
        // Being asked to end is how this ends.
        try? await cancelWhenGracefulShutdown {
            while true {
                for tag in Self.tags {
                    try await Task.sleep(for: Self.pause)
                    say("place tag \(tag)")
                    try await Task.sleep(for: .seconds(1))
                    say("remove tag")
                }
            }
        }
        try? await gracefulShutdown()  // The others end in their order.
        program.closeInput()
    }

    private func say(_ line: String) {
        // A player that has died has no more tags; the story goes on without.
        try? program.input?.writeAll(Array((line + "\n").utf8))
        _ = try? program.output.read(limit: 4096)
    }
}
