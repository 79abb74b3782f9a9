import Confining
public import DriverKit

extension DriverKind {
    public static let camera = DriverKind.separate(
        "camera", "Cameras that read barcodes and QR codes.", options: cameraOptions,
        subsystem: .video, confinement: cameraConfinement)

    /// One of its two engines lives in a second process of the same program, which is started again
    /// when a picture ends it.
    private static func cameraConfinement(_ device: DeviceDescriptor) -> Confinement {
        let calls = Confinement.Calls(mayStart: true)
        return Confinement(
            places: Confinement.libraries + Confinement.ownProgram + [.node(device.node)],
            opening: calls, reading: calls)
    }

    private static let cameraOptions = [
        OptionKey("width", .integer(160...4096, default: 1280), "Of a frame, in pixels."),
        OptionKey("height", .integer(120...4096, default: 720), "Of a frame, in pixels."),
        OptionKey("frames-per-second", .integer(1...120, default: 30), "As far as it can."),
        OptionKey(
            "engines", .choice(["both", "zbar", "zxing"], default: "both"),
            "Which libraries read; two are slower, read more and check each other."),
        OptionKey(
            "budget-milliseconds", .integer(2...1000, default: 25),
            "How long a frame may be looked at."),
        OptionKey(
            "absence-milliseconds", .integer(100...60_000, default: 1000),
            "A code that was out of view for so long counts again."),
        OptionKey(
            "count-each", .boolean(default: false),
            "Whether equal codes side by side are a scan each."),
        OptionKey("mirror", .boolean(default: false), "Whether left and right are exchanged."),
        OptionKey(
            "left-percent", .integer(0...99, default: 0), "Where the part that is read begins."),
        OptionKey(
            "top-percent", .integer(0...99, default: 0), "Where the part that is read begins."),
        OptionKey("width-percent", .integer(1...100, default: 100), "How wide that part is."),
        OptionKey("height-percent", .integer(1...100, default: 100), "How high that part is."),
        OptionKey(
            "exposure", .integer(0...100_000, default: 0),
            "In 100 microseconds; 0 leaves it to the camera."),
        OptionKey(
            "focus", .integer(-1...1_000_000, default: -1),
            "In the camera's own steps; -1 leaves it to the camera."),
    ]
}
