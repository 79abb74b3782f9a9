import CALSA
import Glibc

/// An open ALSA stream of one channel and 16-bit samples. Closes when it is let go of.
///
/// One thread at a time uses it.
final class SoundStream {
    let device: String
    let handle: OpaquePointer
    private(set) var rate = 0

    init(
        _ device: String, _ direction: snd_pcm_stream_t, rate: Int, latency: Duration
    ) throws(SoundError) {
        var opened: OpaquePointer?
        let number = snd_pcm_open(&opened, device, direction, Int32(SND_PCM_NONBLOCK))
        guard number >= 0, let opened else {
            throw .failed("open sound device", on: device, number: -number)
        }
        self.device = device
        handle = opened
        // `plughw`, `default` and the like convert; a bare `hw` device may know other rates only.
        let rates = [rate, 48_000, 44_100, 16_000].filter { $0 == rate || rate != 0 }
        var refusal: SoundError?
        for rate in rates {
            do throws(SoundError) {
                try configure(rate: rate, latency: latency)
                return
            } catch { refusal = refusal ?? error }
        }
        throw refusal ?? .failed("set up", on: device, number: EINVAL)
    }

    deinit {
        snd_pcm_close(handle)
    }

    private func configure(rate: Int, latency: Duration) throws(SoundError) {
        let microseconds = UInt32(
            clamping: latency.components.seconds * 1_000_000
                + latency.components.attoseconds / 1_000_000_000_000)
        try check(
            "set up",
            snd_pcm_set_params(
                handle, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1,
                UInt32(clamping: rate), 1, microseconds))
        self.rate = rate
    }

    func check(_ operation: String, _ number: Int32) throws(SoundError) {
        if number < 0 { throw .failed(operation, on: device, number: -number) }
    }

    /// Waits for the device. false: nothing yet.
    func wait(milliseconds: Int32) throws(SoundError) -> Bool {
        let number = snd_pcm_wait(handle, milliseconds)
        if number >= 0 { return number > 0 }
        try recover(number)
        return true
    }

    /// Goes on after an overrun, an underrun or a suspended machine; throws what is no such thing.
    func recover(_ number: Int32) throws(SoundError) {
        guard number != -EINTR, number != -EAGAIN else { return }
        try check("use", snd_pcm_recover(handle, number, 1))
    }
}
