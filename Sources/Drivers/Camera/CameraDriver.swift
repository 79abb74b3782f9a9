import BarcodeReading
public import DriverKit
import Glibc
import LinuxIO
import SeparateDrivers
import Video

/// Cameras, and FIFOs into which another program writes JPEG pictures.
///
/// Runs in a process of its own: its libraries parse what strangers hold before it. Frames are in
/// memory only.
public struct CameraDriver: Driver {
    public let name: DriverName = "camera"
    private let options: CameraOptions
    private let zxingProgram: [String]

    /// `zxingProgram` runs `ZXingServer.run`.
    public init(options: CameraOptions = CameraOptions(), zxingProgram: [String]) {
        self.options = options
        self.zxingProgram = zxingProgram
    }

    public static func kind(zxingProgram: [String]) -> DriverKind {
        DriverKind.camera.building { table in
            CameraDriver(options: CameraOptions(table), zxingProgram: zxingProgram)
        }
    }

    /// A camera may be there for other ends: it is read only when somebody chose it.
    public func claim(_ device: DeviceDescriptor) -> Claim? {
        device.designatedDriver == name ? .certain : nil
    }

    public func read(_ session: DeviceSession) throws {
        let source = try open(session.device)
        var watch = CameraWatch(
            session: session, source: source, options: options, zxingProgram: zxingProgram)
        try watch.run()
    }

    private func open(_ device: DeviceDescriptor) throws -> any FrameSource {
        var status = stat()
        let isFIFO = stat(device.node, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
        if isFIFO { return try PictureStream(opening: device.node) }
        do {
            return try CaptureDevice(opening: device.node, options.video)
        } catch let error as VideoError {
            throw DriverFault(
                .notSuitable, "\(error)",
                fix: "Choose another node of the camera (a camera often has several), or a FIFO.")
        }
    }
}
