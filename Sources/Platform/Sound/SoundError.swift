import CALSA

/// What ALSA refused, with the call and the device.
public enum SoundError: Error, Equatable, CustomStringConvertible {
    /// `number` is an errno.
    case failed(_ operation: String, on: String, number: Int32)

    public var number: Int32 {
        switch self {
        case .failed(_, _, let number): number
        }
    }

    public var description: String {
        switch self {
        case .failed(let operation, let device, let number):
            "\(operation) \(device): \(String(cString: snd_strerror(-number)))"
        }
    }
}
