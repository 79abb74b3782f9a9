import CLinux
import Glibc
public import LinuxIO
public import Pictures

/// A camera that streams, by Video4Linux. Belongs to one thread.
///
/// Frames stay in the driver's memory until they are made grey; none is written anywhere.
public final class CaptureDevice {
    public struct Wishes: Sendable, Equatable {
        public var width: Int
        public var height: Int
        public var framesPerSecond: Int
        /// In 100 µs; nil leaves it to the camera.
        public var exposure: Int?
        /// nil leaves it to the camera.
        public var focus: Int?

        public init(
            width: Int = 1280, height: Int = 720, framesPerSecond: Int = 30,
            exposure: Int? = nil, focus: Int? = nil
        ) {
            self.width = width
            self.height = height
            self.framesPerSecond = framesPerSecond
            self.exposure = exposure
            self.focus = focus
        }
    }

    private static let bufferCount: UInt32 = 4

    public let descriptor: FileDescriptor
    public let layout: FrameLayout
    /// How many frames the camera or the bus spoilt, and how many were passed over for newer ones.
    public private(set) var damagedFrames = 0
    public private(set) var skippedFrames = 0
    private var buffers: [UnsafeRawBufferPointer] = []
    private let jpeg = JPEGReading()

    public init(opening path: String, _ wishes: Wishes) throws {
        descriptor = try FileDescriptor(opening: path, O_RDWR | O_NONBLOCK)
        var card = [CChar](repeating: 0, count: 33)
        guard clinux_video_card(descriptor.rawValue, &card) == 0 else {
            throw VideoError.notACamera(path)
        }
        layout = try Self.negotiate(descriptor, wishes)
        // Cameras with one rate, or without a control, keep what they have.
        _ = clinux_video_set_rate(descriptor.rawValue, UInt32(max(wishes.framesPerSecond, 1)))
        Self.setControls(descriptor, wishes)
        try start()
    }

    deinit {
        _ = clinux_video_stream(descriptor.rawValue, 0)
        for buffer in buffers {
            munmap(UnsafeMutableRawPointer(mutating: buffer.baseAddress), buffer.count)
        }
    }

    private static func negotiate(
        _ descriptor: FileDescriptor, _ wishes: Wishes
    ) throws -> FrameLayout {
        let offers = formats(of: descriptor)
        // Raw frames at more than VGA do not fit through USB 2 at full rate: there JPEG is quicker.
        let isLarge = wishes.width * wishes.height > 640 * 480
        let preferred = PixelFormat.allCases.filter { offers.contains($0.fourCC) }
            .sorted { isLarge && ($0 == .motionJPEG) && $1 == .yuyv }
        for format in preferred {
            var wanted = clinux_video_format(
                format: format.fourCC, width: UInt32(wishes.width),
                height: UInt32(wishes.height), stride: 0, size_bytes: 0)
            guard clinux_video_set_format(descriptor.rawValue, &wanted) == 0 else {
                if errno == EBUSY {
                    throw LinuxError.failed("use", on: descriptor.path, number: EBUSY)
                }
                continue
            }
            guard let given = PixelFormat(fourCC: wanted.format),
                GreyPicture.allows(width: Int(wanted.width), height: Int(wanted.height))
            else { continue }
            return FrameLayout(
                format: given, width: Int(wanted.width), height: Int(wanted.height),
                strideBytes: given.isRaw ? Int(wanted.stride) : 0)
        }
        throw VideoError.noKnownFormat(descriptor.path, offers: offers.map(Self.name))
    }

    private static func formats(of descriptor: FileDescriptor) -> [UInt32] {
        var offers: [UInt32] = []
        var format: UInt32 = 0
        while offers.count < 64,
            clinux_video_list_format(descriptor.rawValue, UInt32(offers.count), &format) == 0
        {
            offers.append(format)
        }
        return offers
    }

    private static func name(_ fourCC: UInt32) -> String {
        let bytes = (0..<4).map { UInt8(truncatingIfNeeded: fourCC >> (8 * $0)) }
        return String(decoding: bytes.map { (0x20..<0x7F).contains($0) ? $0 : 0x3F }, as: UTF8.self)
    }

    private static func setControls(_ descriptor: FileDescriptor, _ wishes: Wishes) {
        let number = descriptor.rawValue
        if let focus = wishes.focus {
            _ = clinux_video_set_control(number, CLINUX_VIDEO_AUTOFOCUS, 0)
            _ = clinux_video_set_control(number, CLINUX_VIDEO_FOCUS, Int32(focus))
        } else {
            _ = clinux_video_set_control(number, CLINUX_VIDEO_AUTOFOCUS, 1)
        }
        if let exposure = wishes.exposure {
            // V4L2_EXPOSURE_MANUAL is 1, V4L2_EXPOSURE_APERTURE_PRIORITY 3.
            _ = clinux_video_set_control(number, CLINUX_VIDEO_AUTOEXPOSURE, 1)
            _ = clinux_video_set_control(number, CLINUX_VIDEO_EXPOSURE, Int32(exposure))
        } else {
            _ = clinux_video_set_control(number, CLINUX_VIDEO_AUTOEXPOSURE, 3)
        }
    }
}

extension CaptureDevice {
    private func start() throws {
        let number = descriptor.rawValue
        let count = clinux_video_request_buffers(number, Self.bufferCount)
        guard count >= 0 else {
            throw LinuxError.failed("stream from", on: descriptor.path, number: errno)
        }
        guard count >= 2 else { throw VideoError.noMemory(descriptor.path) }
        for index in 0..<UInt32(count) {
            var length = 0
            guard let memory = clinux_video_map(number, index, &length) else {
                throw VideoError.noMemory(descriptor.path)
            }
            buffers.append(UnsafeRawBufferPointer(start: memory, count: length))
            guard clinux_video_queue(number, index) == 0 else {
                throw LinuxError.failed("stream from", on: descriptor.path, number: errno)
            }
        }
        guard clinux_video_stream(number, 1) == 0 else {
            throw LinuxError.failed("stream from", on: descriptor.path, number: errno)
        }
    }

    /// The newest frame, as grey; older ones are passed over. nil: none is there, or it is damaged.
    public func newestFrame() throws -> GreyPicture? {
        var newest: clinux_video_frame?
        while let frame = try dequeue() {
            if let older = newest {
                skippedFrames += 1
                try queue(older.buffer)
            }
            newest = frame
        }
        guard let newest else { return nil }
        let picture = take(newest)
        try queue(newest.buffer)
        if picture == nil { damagedFrames += 1 }
        return picture
    }

    private func take(_ frame: clinux_video_frame) -> GreyPicture? {
        guard frame.is_damaged == 0, Int(frame.buffer) < buffers.count else { return nil }
        let buffer = buffers[Int(frame.buffer)]
        // Some drivers leave the length of raw frames out.
        let used = frame.used_bytes == 0 ? buffer.count : Int(frame.used_bytes)
        return layout.picture(
            UnsafeRawBufferPointer(rebasing: buffer.prefix(used)), jpeg: jpeg)
    }

    private func dequeue() throws -> clinux_video_frame? {
        var frame = clinux_video_frame()
        if clinux_video_dequeue(descriptor.rawValue, &frame) == 0 { return frame }
        if errno == EAGAIN { return nil }
        throw LinuxError.failed("read frames of", on: descriptor.path, number: errno)
    }

    private func queue(_ buffer: UInt32) throws {
        guard clinux_video_queue(descriptor.rawValue, buffer) == 0 else {
            throw LinuxError.failed("read frames of", on: descriptor.path, number: errno)
        }
    }
}
