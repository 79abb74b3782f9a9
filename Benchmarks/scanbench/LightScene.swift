import Feedback
import Foundation
import LinuxIO
import Logging
import Scans

/// The station's light, whose file is a FIFO: so it is seen when it goes on. Sound is off.
final class LightScene {
    private static let brightest = "255"

    private let board: SignalBoard
    private let file: FileDescriptor
    private let folder: String

    init(_ bench: Bench) throws {
        folder = bench.folder.path + "/leds-\(UInt32.random(in: 0...UInt32.max))"
        let light = folder + "/green"
        try FileManager.default.createDirectory(atPath: light, withIntermediateDirectories: true)
        guard mkfifo(light + "/brightness", 0o600) == 0 else {
            throw FloorError(code: errno, "make \(light)")
        }
        try Self.brightest.write(
            toFile: light + "/max_brightness", atomically: true, encoding: .utf8)
        file = try FileDescriptor(opening: light + "/brightness", O_RDONLY | O_NONBLOCK)
        var settings = FeedbackSettings()
        settings.soundDevice = ""
        settings.goodLight.led = "green"
        board = try SignalBoard(settings, ledFolder: folder, log: Logger(label: "scanbench"))
    }

    /// Returns when the light is on.
    func show(_ feedback: Feedback) throws {
        board.show(feedback.signal)
        while true {
            _ = try Poll.wait(readable: [file], timeout: .seconds(10))
            guard case .bytes(let bytes) = try file.read(limit: 64) else {
                throw ProgramError.silent("the light", waitingFor: Self.brightest)
            }
            if String(decoding: bytes, as: UTF8.self).contains(Self.brightest) { return }
        }
    }

    func stop() throws {
        try FileManager.default.removeItem(atPath: folder)
    }
}
