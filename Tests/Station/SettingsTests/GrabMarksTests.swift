import DriverKit
import Foundation
import Scans
import Testing

@testable import Settings

@Suite struct GrabMarksTests {
    private let folder: TemporaryFolder
    private let marks: GrabMarks

    init() throws {
        folder = try TemporaryFolder()
        marks = GrabMarks(folder: folder.path + "/grabbed")
    }

    static let names: [(match: DeviceMatch, name: String?)] = [
        (DeviceMatch(vendorID: 0x5E0, productID: 0x1200, serial: "S1"), "05e0:1200:S1"),
        (DeviceMatch(vendorID: 0x5E0, productID: 0x1200, portPath: "1-1.2:1.0"), "port:1-1.2:1.0"),
        (DeviceMatch(vendorID: 0x5E0, productID: 0x1200), nil),
        (DeviceMatch(vendorID: 1, productID: 2, serial: "../x"), nil),
    ]

    @Test(arguments: names)
    func aMarkIsWhatUdevKnows(match: DeviceMatch, name: String?) {
        #expect(GrabMarks.name(of: Self.device(match)) == name)
    }

    @Test func onlyGrabbedKeyboardsHaveOne() {
        var device = Self.device(Self.names[0].match)
        device.options = ["grab": .boolean(false)]
        #expect(GrabMarks.name(of: device) == nil)
        device.options = [:]
        device.isDisabled = true
        #expect(GrabMarks.name(of: device) == nil)
        device.isDisabled = false
        device.driver = "serial"
        #expect(GrabMarks.name(of: device) == nil)
    }

    @Test func marksComeAndGoWithTheirDevices() throws {
        #expect(marks.keep([]) == [])
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/grabbed"))
        #expect(marks.keep(Self.names.prefix(2).map { Self.device($0.match) }) == [])
        #expect(try present() == ["05e0:1200:S1", "port:1-1.2:1.0"])
        #expect(marks.keep([Self.device(Self.names[1].match)]) == [])
        #expect(try present() == ["port:1-1.2:1.0"])
        #expect(marks.keep([]) == [])
        #expect(try present() == [])
    }

    private func present() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/grabbed").sorted()
    }

    private static func device(_ match: DeviceMatch) -> ConfiguredDevice {
        ConfiguredDevice(name: "x", driver: "wedge", location: .identity(match))
    }
}
