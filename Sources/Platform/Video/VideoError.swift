/// What a camera cannot do that is needed of it.
public enum VideoError: Error, Equatable, CustomStringConvertible {
    case notACamera(String)
    case noKnownFormat(String, offers: [String])
    case noMemory(String)

    public var description: String {
        switch self {
        case .notACamera(let path): "\(path) is no camera that streams pictures"
        case .noKnownFormat(let path, let offers):
            "\(path) offers no format that is understood, but "
                + (offers.isEmpty ? "none" : offers.joined(separator: ", "))
        case .noMemory(let path): "\(path) gives no memory for its frames"
        }
    }
}
