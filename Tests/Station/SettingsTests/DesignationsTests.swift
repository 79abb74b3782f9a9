import DriverKit
import Foundation
import Scans
import Testing

@testable import Settings

@Suite struct DesignationsTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/devices.toml"
    }

    private func read() throws -> Designations {
        try Designations(reading: path, catalogue: SampleDrivers.kinds)
    }

    private static func device(
        _ name: DeviceName, _ path: String, options: [String: OptionValue] = [:]
    ) -> ConfiguredDevice {
        ConfiguredDevice(name: name, driver: "wedge", location: .path(path), options: options)
    }

    @Test func noFileIsNoDevice() throws {
        #expect(try read().devices.isEmpty)
    }

    @Test(arguments: [
        ConfigFileTests.gate, ConfigFileTests.counter,
        device("odd", "/dev/a \"b\" \\ ü", options: ["recording": .text("tab\tquote\"end\\")]),
    ])
    func aDeviceComesBackAsItWas(_ device: ConfiguredDevice) throws {
        var designations = try read()
        try designations.put(device)
        #expect(try read().devices == [device])
        #expect(try read() == designations)
    }

    @Test func aPutReplacesAndKeepsTheOrder() throws {
        var designations = try read()
        try designations.put(Self.device("a", "/1"))
        try designations.put(Self.device("b", "/2"))
        try designations.put(Self.device("a", "/3"))
        #expect(try read().devices == [Self.device("a", "/3"), Self.device("b", "/2")])
    }

    @Test func twoChangePlacesTogetherOrNotAtAll() throws {
        var designations = try read()
        try designations.put(Self.device("a", "/1"))
        try designations.put(Self.device("b", "/2"))
        try designations.replace([Self.device("a", "/2"), Self.device("b", "/1")])
        let swapped = [Self.device("a", "/2"), Self.device("b", "/1")]
        #expect(try read().devices == swapped)
        #expect(throws: ConfigError.self) {
            try designations.replace([Self.device("a", "/1")])
        }
        #expect(throws: ConfigError.self) {
            try designations.replace([Self.device("a", "/3"), Self.device("c", "/4")])
        }
        #expect(try read().devices == swapped)
        #expect(designations.devices == swapped)
    }

    @Test func renamesDisablesAndRemoves() throws {
        var designations = try read()
        try designations.put(Self.device("a", "/1"))
        try designations.rename("a", to: "gate")
        try designations.setDisabled("gate", true)
        var expected = Self.device("gate", "/1")
        expected.isDisabled = true
        #expect(try read().devices == [expected])
        try designations.remove("gate")
        #expect(try read().devices.isEmpty)
    }

    /// What somebody said by a command is later than what stands in the configuration.
    @Test func aConfiguredDeviceStaysAsItWasSwitched() throws {
        var config = StationConfig()
        var off = Self.device("off.1", "/2")
        off.isDisabled = true
        config.devices = [Self.device("on", "/1"), off, Self.device("left", "/3")]
        var designations = try read()
        try designations.setDisabled(configured: "on", true)
        try designations.setDisabled(configured: "off.1", false)
        try designations.put(Self.device("own", "/4"))

        let again = try read()
        #expect(again == designations)
        #expect(
            again.merged(with: config).map { "\($0.name) \($0.isDisabled)" } == [
                "on true", "off.1 false", "left false", "own false",
            ])
        try designations.setDisabled(configured: "on", false)
        #expect(try read().merged(with: config).first?.isDisabled == false)
    }

    @Test func whatIsRefusedChangesNothing() throws {
        var designations = try read()
        try designations.put(Self.device("a", "/1"))
        try designations.put(Self.device("b", "/2"))
        let before = designations
        let attempts: [(ConfigError.Code, (inout Designations) throws -> Void)] = [
            (.unknownDevice, { try $0.remove("c") }),
            (.unknownDevice, { try $0.setDisabled("c", true) }),
            (.duplicateDevice, { try $0.rename("a", to: "b") }),
            (.outOfRange, { try $0.rename("a", to: "a b") }),
            (.duplicateDevice, { try $0.put(Self.device("c", "/1")) }),
            (.outOfRange, { try $0.put(Self.device("-c", "/3")) }),
        ]
        for (code, attempt) in attempts {
            let error = try #require(throws: ConfigError.self) { try attempt(&designations) }
            #expect(error.code == code)
            #expect(designations == before)
        }
        #expect(try read() == before)
    }

    @Test func theConfigurationWins() throws {
        var designations = try read()
        try designations.put(Self.device("a", "/1"))
        try designations.put(Self.device("b", "/2"))
        try designations.put(Self.device("c", "/3"))
        var config = StationConfig()
        config.devices = [Self.device("a", "/9"), Self.device("x", "/2")]
        #expect(
            designations.merged(with: config)
                == config.devices + [Self.device("c", "/3")])
    }

    @Test func halfAFileLeftByACrashIsHarmless() throws {
        var designations = try read()
        try designations.put(Self.device("a", "/1"))
        try folder.write("[[device]]\nname = \"ha", to: "devices.toml.new")
        #expect(try read().devices.count == 1)
        try designations.put(Self.device("b", "/2"))
        #expect(try read().devices.count == 2)
        #expect(!FileManager.default.fileExists(atPath: AtomicFile.temporaryPath(for: path)))
    }

    @Test func aFolderThatIsGoneIsTold() throws {
        var designations = try Designations(
            reading: folder.path + "/none/devices.toml", catalogue: SampleDrivers.kinds)
        let error = try #require(throws: ConfigError.self) {
            try designations.put(Self.device("a", "/1"))
        }
        #expect(error.code == .unwritable)
        #expect(designations.devices.isEmpty)
    }

    @Test func otherKeysAreRefused() throws {
        try folder.write("\n[station]\nname = \"x\"\n", to: "devices.toml")
        let error = try #require(throws: ConfigError.self) { try read() }
        #expect(error.code == .unknownKey)
        #expect(error.line == 2)
    }

    @Test func thereIsALimit() throws {
        var designations = try read()
        var text = ""
        for number in 1...Designations.countLimit {
            text += "[[device]]\nname = \"d\(number)\"\ndriver = \"wedge\"\npath = \"/\(number)\"\n"
        }
        try folder.write(text, to: "devices.toml")
        designations = try read()
        try designations.put(Self.device("d1", "/new"))
        let error = try #require(throws: ConfigError.self) {
            try designations.put(Self.device("more", "/more"))
        }
        #expect(error.code == .outOfRange)
    }
}
