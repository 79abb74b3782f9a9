import ArgumentParser
import CommandKit
import LinuxIO
import Sound
import SoundFiles
import Speech

/// Where sound comes from: a microphone, or a recording in its place.
struct Microphone: ParsableArguments {
    @Option(help: "The ALSA name of the microphone.") var device = "default"
    @Option(help: "Take a recording instead.", completion: .file()) var file: String?

    /// Hands over sound in pieces, 16,000 samples a second, until `seconds` are over or `take`
    /// answers false.
    func listen(seconds: Int, _ take: ([Int16]) throws -> Bool) throws {
        do {
            if let file {
                _ = try take(SoundClip(reading: file).resampled(to: Recogniser.rate).samples)
                return
            }
            let microphone = try SoundCapture(device: device)
            let resampler = try Resampler(from: microphone.rate, to: Recogniser.rate)
            let deadline = SystemTime.monotonic + .seconds(seconds)
            while SystemTime.monotonic < deadline {
                let samples = try microphone.read(timeout: .milliseconds(250))
                guard try take(resampler.convert(samples)) else { return }
            }
        } catch let error as SoundError {
            throw CommandFailure(status: .noDevice, code: "sound-device", message: "\(error)")
        } catch let error as SoundFileError {
            throw CommandFailure(code: "sound-file", message: "\(error)")
        }
    }
}
