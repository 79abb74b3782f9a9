/// Why bytes are no picture that can be read.
public enum PictureError: Error, Equatable, CustomStringConvertible {
    case unknownFormat
    case tooLarge
    case damaged(String)
    /// The library ran out of what it needs.
    case failed(String)

    /// Stable, for programs.
    public var code: String {
        switch self {
        case .unknownFormat: "picture-format"
        case .tooLarge: "picture-too-large"
        case .damaged: "picture-damaged"
        case .failed: "picture-failed"
        }
    }

    public var description: String {
        switch self {
        case .unknownFormat: "These bytes are no PNG, JPEG or PGM picture."
        case .tooLarge:
            "The picture has more than \(GreyPicture.pixelLimit) pixels, or a side of more than "
                + "\(GreyPicture.sideLimit)."
        case .damaged(let why): "The picture is damaged: \(why)."
        case .failed(let why): "The picture could not be taken in: \(why)."
        }
    }
}
