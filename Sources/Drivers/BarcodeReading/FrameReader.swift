import Glibc
import LinuxIO
public import Pictures

/// Reads the codes of a stream of frames, within a time for each. Belongs to one thread.
///
/// Unchanged frames are passed over. In the others the places of the last codes are looked at
/// first, then what looks like a code, likeliest first, cut out and turned upright; now and then
/// the whole frame, in case that the search for regions was wrong.
public final class FrameReader {
    public struct Settings: Sendable, Equatable {
        public var engines: Set<Engine>
        /// What a frame may take; one look more is always finished.
        public var budget: Duration

        public init(
            engines: Set<Engine> = [.zbar, .zxing], budget: Duration = .milliseconds(25)
        ) {
            self.engines = engines
            self.budget = budget
        }
    }

    public struct Outcome: Sendable, Equatable {
        /// Nothing has changed, so nothing was looked at: what was in view still is.
        public var isUnchanged: Bool
        /// The codes that are believed and were seen in this frame.
        public var codes: [CodeReading]
        public var spent: Duration
    }

    /// So many frames are looked at after the last change: a still code is then read, or never.
    private static let settlingFrames = 8
    /// A still scene is looked at again this often all the same.
    private static let restLimit = 45
    /// One frame in so many is looked at as a whole.
    private static let wholeInterval = 12
    /// Evidence that no frame has renewed for so many is forgotten.
    private static let memoryFrames = 20

    let settings: Settings
    let zbar = ZBarScanner()
    let upright = ZBarScanner(readsMatrixCodes: false)
    let zxing: ZXingClient
    private var gate = MotionGate()
    private var jury = Jury(.frames)
    private var number = 0
    private var stillFrames = 0
    private var lastPlaces: [Region] = []

    public init(_ settings: Settings = Settings(), zxingProgram: [String]) {
        self.settings = settings
        zxing = ZXingClient(program: settings.engines.contains(.zxing) ? zxingProgram : [])
    }

    public func read(_ frame: GreyPicture) -> Outcome {
        let start = SystemTime.monotonic
        stillFrames = gate.isNews(frame) ? 0 : stillFrames + 1
        if stillFrames > Self.settlingFrames, stillFrames % Self.restLimit != 0 {
            return Outcome(
                isUnchanged: true, codes: [], spent: SystemTime.monotonic - start)
        }
        number += 1
        var look = FrameLook(
            frame: frame, reader: self, deadline: start + settings.budget, number: number)
        let isWholeDue = number % Self.wholeInterval == 1
        let readings = look.run(lastPlaces: lastPlaces, isWholeDue: isWholeDue)
        lastPlaces = look.places
        return Outcome(
            isUnchanged: false, codes: judge(readings), spent: SystemTime.monotonic - start)
    }

    private func judge(_ readings: [RawReading]) -> [CodeReading] {
        jury.hear(readings, look: number)
        jury.forget(before: number - Self.memoryFrames)
        return jury.verdict(seenIn: number)
    }
}
