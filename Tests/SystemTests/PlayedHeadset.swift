import Foundation
import LinuxIO
import SoundFiles
import Synchronization

/// A headset of files: what is said goes into ALSA's `file` plugin, what is heard comes out of it.
final class PlayedHeadset: Sendable {
    private static let rate = 16_000
    private static let chunkSamples = 1600

    private let folder: String
    private let words = Mutex<[[Int16]]>([])
    private let isClosed = Mutex(false)

    init(in folder: String) throws {
        self.folder = folder
        guard mkfifo("\(folder)/said.raw", 0o600) == 0 else { throw Unexpected("no FIFO") }
        let settings = """
            pcm.null { type null }
            pcm.said {
                type file
                slave.pcm null
                file /dev/null
                infile "\(folder)/said.raw"
                format raw
            }
            pcm.heard { type file; slave.pcm null; file "\(folder)/heard.raw"; format raw }
            """
        try Data(settings.utf8).write(to: URL(filePath: "\(folder)/asound.conf"))
        setenv("ALSA_CONFIG_PATH", "\(folder)/asound.conf", 1)
        // Open for both, so that neither waits for the other.
        let pipe = try FileDescriptor(opening: "\(folder)/said.raw", O_RDWR)
        _ = try KernelThread(name: "headset") { [weak self] in
            while let self, !self.isClosed.withLock({ $0 }) {
                let next = self.words.withLock { $0.isEmpty ? nil : $0.removeFirst() }
                // Silence goes slower than speech, so that the machine has time for the rest.
                if next == nil { _ = try? Poll.wait(timeout: .milliseconds(20)) }
                // Nobody reads any more: then nobody listens.
                try? pipe.writeAll(
                    Self.bytes(next ?? Self.silence), patience: .milliseconds(500))
            }
        }
    }

    deinit {
        isClosed.withLock { $0 = true }
    }

    private static let silence = [Int16](repeating: 3, count: chunkSamples)

    /// The `[[device]]` table of its microphone, and where prompts are heard. The synthesiser is no
    /// clear voice, so less than usual is believed.
    var configuration: String {
        """
        [feedback]
        sound-device = "heard"

        [[device]]
        name = "headset"
        driver = "voice"
        path = "\(folder)/said.raw"
        microphone = "said"
        listen = "open"
        threshold-percent = 20

        """
    }

    var heardBytes: Int {
        // Not there yet: nothing was heard.
        (try? Data(contentsOf: URL(filePath: "\(folder)/heard.raw")).count) ?? 0
    }

    /// Says words with a pause on either side, as a synthesiser speaks them.
    func say(_ text: String) throws {
        let path = "\(folder)/words.wav"
        let result = try Programs.run(
            "/usr/bin/espeak-ng", ["-v", "en-us", "-s", "150", "-w", path, text])
        guard result.status == 0 else { throw Unexpected("espeak-ng: \(result.errors)") }
        let clip = try SoundClip(reading: path).resampled(to: Self.rate)
        let pause = [Int16](repeating: 3, count: Self.rate * 3 / 2)
        words.withLock { $0.append(pause + clip.samples + pause) }
    }

    private static func bytes(_ samples: [Int16]) -> [UInt8] {
        samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }
}
