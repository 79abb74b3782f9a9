import CALSA
import Glibc

/// A loudspeaker or a headset by its ALSA name. One thread at a time uses it.
public final class SoundPlayback {
    private static let waitMilliseconds: Int32 = 100
    private let stream: SoundStream

    /// Samples a second, as the device takes them.
    public var rate: Int { stream.rate }

    public init(
        device: String, rate: Int, latency: Duration = .milliseconds(100)
    ) throws(SoundError) {
        stream = try SoundStream(device, SND_PCM_STREAM_PLAYBACK, rate: rate, latency: latency)
    }

    /// Plays all, and returns when the last sample has been heard. `isCancelled` is asked every
    /// 20 ms or so; true silences the device at once. Answers whether all was played.
    @discardableResult
    public func play(
        _ samples: [Int16], unless isCancelled: () -> Bool = { false }
    ) throws(SoundError) -> Bool {
        try stream.check("prepare", snd_pcm_prepare(stream.handle))
        var rest = samples[...]
        while !rest.isEmpty {
            if isCancelled() { return try silence() }
            let count = try write(rest.prefix(rate / 50))
            rest = rest.dropFirst(count)
        }
        while try isSounding() {
            if isCancelled() { return try silence() }
        }
        return true
    }

    private func silence() throws(SoundError) -> Bool {
        try stream.check("silence", snd_pcm_drop(stream.handle))
        return false
    }

    private func write(_ samples: ArraySlice<Int16>) throws(SoundError) -> Int {
        guard try stream.wait(milliseconds: Self.waitMilliseconds) else { return 0 }
        let frames = samples.withUnsafeBufferPointer { buffer in
            snd_pcm_writei(stream.handle, buffer.baseAddress, snd_pcm_uframes_t(buffer.count))
        }
        if frames >= 0 { return frames }
        try stream.recover(Int32(frames))
        return 0
    }

    /// Draining a device that does not block says "again" until the last sample is out.
    private func isSounding() throws(SoundError) -> Bool {
        let number = snd_pcm_drain(stream.handle)
        guard number == -EAGAIN else {
            try stream.check("play to the end", number)
            return false
        }
        usleep(20_000)
        return true
    }
}
