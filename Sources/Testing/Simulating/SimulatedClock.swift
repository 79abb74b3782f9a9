import Glibc
import Synchronization

/// The time of a simulation. It goes on only when it is told to.
final class SimulatedClock: Sendable {
    private let time = Mutex(Int64(1_800_000_000_000_000))

    /// Microseconds since 1970.
    var now: Int64 { time.withLock { $0 } }

    func advance(byMicroseconds microseconds: Int64) {
        time.withLock { $0 += microseconds }
    }

    /// As HTTP writes it.
    var httpDate: String {
        var seconds = time_t(now / 1_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [UInt8](repeating: 0, count: 64)
        let length = text.withUnsafeMutableBytes { bytes in
            strftime(
                bytes.bindMemory(to: CChar.self).baseAddress, 64, "%a, %d %b %Y %H:%M:%S GMT",
                &parts)
        }
        return String(decoding: text.prefix(length), as: UTF8.self)
    }
}
