import CALSA
import Glibc

/// A microphone, or whatever else an ALSA name stands for: `default`, `plughw:CARD=Headset`.
///
/// One thread at a time uses it.
public final class SoundCapture {
    private let stream: SoundStream
    private var block: [Int16]
    /// How often sound was lost because nobody took it in time.
    public private(set) var overruns = 0

    /// Samples a second, as the device gives them.
    public var rate: Int { stream.rate }

    public init(
        device: String, preferredRate: Int = 16_000, latency: Duration = .milliseconds(200)
    ) throws(SoundError) {
        stream = try SoundStream(
            device, SND_PCM_STREAM_CAPTURE, rate: preferredRate, latency: latency)
        block = [Int16](repeating: 0, count: max(stream.rate / 50, 1))
        try stream.check("start", snd_pcm_start(stream.handle))
    }

    /// At most 20 ms of sound; empty when none came within `timeout`.
    public func read(timeout: Duration) throws(SoundError) -> [Int16] {
        guard try stream.wait(milliseconds: timeout.milliseconds) else { return [] }
        let frames = snd_pcm_readi(stream.handle, &block, snd_pcm_uframes_t(block.count))
        guard frames < 0 else { return Array(block.prefix(frames)) }
        if frames == -Int(EPIPE) { overruns += 1 }
        try stream.recover(Int32(frames))
        // After an overrun the stream stands still until it is started again.
        if snd_pcm_state(stream.handle) == SND_PCM_STATE_PREPARED {
            try stream.check("start", snd_pcm_start(stream.handle))
        }
        return []
    }
}

extension Duration {
    var milliseconds: Int32 {
        Int32(
            clamping: components.seconds * 1000
                + components.attoseconds / 1_000_000_000_000_000)
    }
}
