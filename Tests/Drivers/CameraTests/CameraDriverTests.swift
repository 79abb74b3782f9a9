import BarcodeReading
import Camera
import DriverKit
import Glibc
import LinuxIO
import Pictures
import ScanTesting
import Scans
import Testing

@Suite struct CameraDriverTests {
    private static let zxing = [BuiltProgram.path("scanstation-driver-camera"), "zxing"]

    private func options() -> CameraOptions {
        CameraOptions(reading: .init(budget: .seconds(5)))
    }

    private func jpeg(_ text: String?, seed: UInt64, mirrored: Bool = false) throws -> [UInt8] {
        let labels = try text.map { text in
            [
                (
                    picture: try #require(DrawnCode.ean13(text, module: 2)), x: 320, y: 240,
                    degrees: 25
                )
            ]
        }
        var frame = try #require(
            DrawnCode.frame(width: 640, height: 480, labels ?? [], seed: seed))
        if mirrored { frame.mirror() }
        return try frame.jpeg(quality: 90)
    }

    @Test func readsAStreamOfPicturesAndTellsEachCodeOnce() throws {
        let folder = try TemporaryFolder()
        let path = try folder.makeFIFO("frames")
        let run = try DriverRun(
            CameraDriver(options: options(), zxingProgram: Self.zxing), node: path)
        #expect(eventually { run.isListening })
        let writer = try FileDescriptor(opening: path, O_WRONLY)
        for (index, text) in ["4006381333931", "5901234123457"].enumerated() {
            for seed in 0..<4 {
                try writer.writeAll(jpeg(text, seed: UInt64(seed)), patience: .seconds(20))
                #expect(
                    eventually(within: .seconds(20)) { run.count == index + 1 },
                    "\(text), frame \(seed)")
            }
        }
        #expect(run.texts == ["4006381333931", "5901234123457"])
        #expect(run.stop() == .stopped)
    }

    @Test func damagedFramesAreSurvivedAndMirrorsUndone() throws {
        let folder = try TemporaryFolder()
        let path = try folder.makeFIFO("frames")
        var options = options()
        options.isMirrored = true
        let run = try DriverRun(
            CameraDriver(options: options, zxingProgram: Self.zxing), node: path)
        #expect(eventually { run.isListening })
        let writer = try FileDescriptor(opening: path, O_WRONLY)
        let whole = try jpeg("4006381333931", seed: 1, mirrored: true)
        try writer.writeAll(Array(whole.prefix(whole.count / 2)) + [0xFF, 0xD9])
        #expect(eventually { run.notices.contains { $0 != .listening } })
        try writer.writeAll(whole, patience: .seconds(20))
        #expect(eventually(within: .seconds(20)) { run.texts == ["4006381333931"] })
        run.stop()
    }

    @Test func aNodeThatIsNoCameraIsNotSuitable() throws {
        let run = try DriverRun(
            CameraDriver(options: options(), zxingProgram: []), node: "/dev/null",
            subsystem: .video)
        #expect(eventually { run.ending != nil })
        guard case .failed(let fault) = run.ending else {
            Issue.record("\(String(describing: run.ending))")
            return
        }
        #expect(fault.code == .notSuitable)
    }

    @Test func onlyADesignatedCameraIsClaimed() {
        let driver = CameraDriver(zxingProgram: [])
        var device = DeviceDescriptor(
            name: "cam", designatedDriver: nil, node: "/dev/video0", subsystem: .video)
        #expect(driver.claim(device) == nil)
        device.designatedDriver = "camera"
        #expect(driver.claim(device) == .certain)
        device.designatedDriver = "serial"
        #expect(driver.claim(device) == nil)
    }

    @Test func everyOptionHasItsDefault() throws {
        let kind = CameraDriver.kind(zxingProgram: [])
        let table = try OptionTable([:], for: kind)
        #expect(CameraOptions(table) == CameraOptions())
        #expect(throws: OptionError.self) { try kind.make(["width": .integer(159)]) }
    }
}
