import Foundation
import LinuxIO
import Logging
import ScanTesting
import Scans
import Synchronization
import Testing

@testable import Feedback

@Suite(.serialized) struct SignalBoardTests {
    /// Collects what would go to the log.
    private final class Journal: Sendable {
        private let lines = Mutex<[String]>([])

        var warnings: [String] { lines.withLock { $0 } }

        func logger() -> Logger {
            Logger(label: "test") { _ in Handler(journal: self) }
        }

        private struct Handler: LogHandler {
            let journal: Journal
            var logLevel = Logger.Level.trace
            var metadata: Logger.Metadata = [:]

            init(journal: Journal) {
                self.journal = journal
            }

            subscript(metadataKey key: String) -> Logger.Metadata.Value? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }

            func log(event: LogEvent) {
                journal.lines.withLock { $0.append("\(event.message)") }
            }
        }
    }

    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in ["green", "red"] {
            let light = folder.url.appendingPathComponent(name)
            try FileManager.default.createDirectory(at: light, withIntermediateDirectories: true)
            try folder.write("255\n", to: "\(name)/max_brightness")
            try folder.write("", to: "\(name)/brightness")
        }
    }

    @Test func aGoodScanIsGreenAndThenDark() throws {
        let board = try SignalBoard(lights(), ledFolder: folder.path, log: Journal().logger())
        board.show(.ok)
        #expect(eventually { self.shown("green").contains("255") })
        #expect(eventually { self.shown("green").hasSuffix("0\n") })
        #expect(!shown("red").contains("255"))
    }

    @Test(arguments: [Feedback.Signal.error, .unknown])
    func aBadOneIsRed(signal: Feedback.Signal) throws {
        let board = try SignalBoard(lights(), ledFolder: folder.path, log: Journal().logger())
        board.show(signal)
        #expect(eventually { self.shown("red").contains("255") })
        #expect(!shown("green").contains("255"))
    }

    /// While a light shines, the next signal is not kept waiting.
    @Test func anErrorInterruptsGoodNews() throws {
        let board = try SignalBoard(lights(), ledFolder: folder.path, log: Journal().logger())
        board.show(.ok)
        #expect(eventually { self.shown("green").contains("255") })
        let begin = SystemTime.monotonic
        board.show(.error)
        #expect(eventually { self.shown("red").contains("255") })
        #expect(SystemTime.monotonic - begin < .milliseconds(250))
    }

    @Test func aMachineWithoutSoundWarnsOnceAndGoesOn() throws {
        let journal = Journal()
        var settings = lights()
        settings.soundDevice = "hw:99"
        let board = try SignalBoard(settings, ledFolder: folder.path, log: journal.logger())
        for _ in 0..<3 {
            try folder.write("", to: "green/brightness")
            board.show(.ok)
            #expect(eventually { self.shown("green").hasSuffix("0\n") })
        }
        #expect(journal.warnings.count == 1)
        #expect(journal.warnings.first?.contains("hw:99") == true)
    }

    @Test(arguments: ["blue", "../green", ".."])
    func aLightThatIsNotThereWarnsOnce(name: String) throws {
        let journal = Journal()
        var settings = lights()
        settings.goodLight.led = name
        let board = try SignalBoard(settings, ledFolder: folder.path, log: journal.logger())
        board.show(.ok)
        board.show(.error)
        #expect(eventually { self.shown("red").contains("255") })
        #expect(journal.warnings.count == 1)
    }

    @Test func aLampThatIsNotThereWarnsOnce() throws {
        let journal = Journal()
        var settings = lights()
        settings.lampChip = "gpiochip999"
        settings.goodLight.line = 3
        let board = try SignalBoard(settings, ledFolder: folder.path, log: journal.logger())
        board.show(.ok)
        #expect(eventually { journal.warnings.count == 1 })
        #expect(eventually { self.shown("green").contains("255") })
    }

    @Test func ofThoseThatWaitTheGravestIsShown() throws {
        let queue = try SignalQueue()
        for signal in [Feedback.Signal.ok, .error, .batch, .unknown, .done] { queue.put(signal) }
        #expect(queue.take() == .error)
        #expect(queue.take() == nil)
    }

    @Test func aGravePieceOfNewsIsNotCutOffByALesserOne() throws {
        let queue = try SignalQueue()
        queue.put(.ok)
        #expect(queue.interrupts(.ok))
        #expect(!queue.interrupts(.error))
        queue.put(.error)
        #expect(queue.interrupts(.error))
    }

    private func lights() -> FeedbackSettings {
        var settings = FeedbackSettings()
        settings.soundDevice = ""
        settings.goodLight.led = "green"
        settings.badLight.led = "red"
        return settings
    }

    private func shown(_ light: String) -> String {
        // Read while it is written; the next look sees the rest.
        (try? String(contentsOfFile: folder.path("\(light)/brightness"), encoding: .utf8)) ?? ""
    }
}
