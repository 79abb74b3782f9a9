public import BarcodeReading
public import DriverKit
public import Video

/// What can be set for one camera.
public struct CameraOptions: Sendable, Equatable {
    public var video: CaptureDevice.Wishes
    public var reading: FrameReader.Settings
    public var tracking: SceneTracker.Settings
    public var isMirrored: Bool
    public var region: RegionOfInterest

    public init(
        video: CaptureDevice.Wishes = .init(), reading: FrameReader.Settings = .init(),
        tracking: SceneTracker.Settings = .init(), isMirrored: Bool = false,
        region: RegionOfInterest = RegionOfInterest()
    ) {
        self.video = video
        self.reading = reading
        self.tracking = tracking
        self.isMirrored = isMirrored
        self.region = region
    }

    /// The table has checked every value.
    public init(_ table: OptionTable) {
        let exposure = table.integer("exposure")
        let focus = table.integer("focus")
        let engines: Set<Engine> =
            switch table.text("engines") {
            case "zbar": [.zbar]
            case "zxing": [.zxing]
            default: [.zbar, .zxing]
            }
        self.init(
            video: .init(
                width: table.integer("width"), height: table.integer("height"),
                framesPerSecond: table.integer("frames-per-second"),
                exposure: exposure > 0 ? exposure : nil, focus: focus >= 0 ? focus : nil),
            reading: .init(
                engines: engines, budget: .milliseconds(table.integer("budget-milliseconds"))),
            tracking: .init(
                absence: .milliseconds(table.integer("absence-milliseconds")),
                countsEach: table.boolean("count-each")),
            isMirrored: table.boolean("mirror"),
            region: RegionOfInterest(
                left: table.integer("left-percent"), top: table.integer("top-percent"),
                width: table.integer("width-percent"), height: table.integer("height-percent")))
    }
}
