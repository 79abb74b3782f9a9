import CALSA
import Glibc

/// Plays short signals on an ALSA device, which it keeps open: opening takes longer than the signal.
///
/// Belongs to one thread.
public final class ChimePlayer {
    /// ALSA's own words, with the device they are about.
    public struct Failure: Error, Equatable, CustomStringConvertible {
        public let device: String
        public let reason: String

        public var description: String { "sound device '\(device)': \(reason)" }
    }

    public static let rate = 48_000
    /// How far ahead samples are handed over: what is said is heard this much later at the most.
    private static let latencyMicroseconds: UInt32 = 40_000
    private static let chunkFrames = rate / 100

    private let device: String
    private let pcm: OpaquePointer

    public init(device: String) throws(Failure) {
        // What ALSA prints to standard error is returned as well.
        calsa_say_nothing()
        var handle: OpaquePointer?
        let opened = snd_pcm_open(&handle, device, SND_PCM_STREAM_PLAYBACK, 0)
        guard opened >= 0, let handle else { throw Self.failure(device, opened) }
        let set = snd_pcm_set_params(
            handle, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, 1, UInt32(Self.rate), 1,
            Self.latencyMicroseconds)
        guard set >= 0 else {
            snd_pcm_close(handle)
            throw Self.failure(device, set)
        }
        self.device = device
        pcm = handle
    }

    deinit {
        snd_pcm_close(pcm)
    }

    /// Returns when it was heard, or as soon as `isCutOff` says so.
    public func play(_ samples: [Int16], unless isCutOff: () -> Bool = { false }) throws(Failure) {
        let silence = [Int16](
            repeating: 0, count: Self.rate * Int(Self.latencyMicroseconds) / 1_000_000)
        var rest = (samples + silence)[...]
        while !rest.isEmpty, !isCutOff() {
            try write(rest.prefix(Self.chunkFrames))
            rest = rest.dropFirst(Self.chunkFrames)
        }
        // Stopped, so that the device sleeps until the next signal.
        _ = snd_pcm_drop(pcm)
        let prepared = snd_pcm_prepare(pcm)
        guard prepared >= 0 else { throw Self.failure(device, prepared) }
    }

    private func write(_ samples: ArraySlice<Int16>) throws(Failure) {
        var rest = samples
        while !rest.isEmpty {
            let count = rest.withUnsafeBufferPointer { buffer in
                snd_pcm_writei(pcm, buffer.baseAddress, snd_pcm_uframes_t(buffer.count))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
                continue
            }
            // An underrun or a suspended machine: ALSA puts it right, or says why it can't.
            let recovered = count == 0 ? -EIO : snd_pcm_recover(pcm, Int32(count), 1)
            guard recovered >= 0 else { throw Self.failure(device, recovered) }
        }
    }

    private static func failure(_ device: String, _ number: Int32) -> Failure {
        Failure(device: device, reason: String(cString: snd_strerror(number)))
    }
}
