import LinuxIO
import Pictures
import Video

/// Where frames come from: a camera, or another program's stream of pictures.
protocol FrameSource: AnyObject {
    /// Readable when there is a frame, or when there is none any more.
    var descriptor: FileDescriptor { get }
    /// Since the source was opened.
    var damagedFrames: Int { get }
    /// Whether silence means that it has failed.
    var mustNotBeSilent: Bool { get }
    /// The newest frame; nil when none is whole.
    func newestFrame() throws -> GreyPicture?
}

extension CaptureDevice: FrameSource {
    var mustNotBeSilent: Bool { true }
}

extension PictureStream: FrameSource {
    /// Its writer may be stopped and started again.
    var mustNotBeSilent: Bool { false }
}
