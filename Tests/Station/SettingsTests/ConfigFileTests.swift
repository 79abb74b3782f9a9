import DriverKit
import Replication
import Scans
import Testing

@testable import Settings

@Suite struct ConfigFileTests {
    let reader = ConfigFile(catalogue: SampleDrivers.kinds)

    @Test func noFileIsAGoodConfiguration() throws {
        let folder = try TemporaryFolder()
        let config = try reader.read(path: folder.path + "/scanstation.toml")
        #expect(config == StationConfig())
        #expect(config.devices.isEmpty)
        #expect(config.workflow == WorkflowSettings())
        #expect(config.rules == InterpretationRules())
    }

    @Test func aFileThatSomebodyAskedForMustBeThere() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/mine.toml"
        let error = try #require(throws: ConfigError.self) {
            try reader.read(path: path, isRequired: true)
        }
        #expect(error.code == .unreadable)
        #expect(error.file == path)
    }

    @Test func everyKeyArrives() throws {
        let config = try reader.parse(Self.full, file: "a.toml")
        #expect(config.name == "dock 3")
        #expect(config.stateDirectory == "/srv/scans")
        #expect(
            config.workflow
                == WorkflowSettings(
                    defaultPlace: "RAMP", batchLines: 50, quietGap: nil,
                    repeatPolicy: .ignoreWithin(.milliseconds(750))))
        #expect(
            config.rules
                == InterpretationRules(
                    aim: .always, commandPrefix: "!!", placePrefixes: ["P-", "Q-"],
                    serialPrefixes: [], lengthLimitBytes: 100))
        #expect(config.console.host == "::1")
        #expect(config.console.port == 8080)
        #expect(config.sync.backoffLimit == .seconds(60))
        #expect(config.logLevel == .debug)
        #expect(config.devices == [Self.gate, Self.counter])
    }

    @Test func fragmentsAreReadInTheOrderOfTheirNames() throws {
        let folder = try TemporaryFolder()
        try folder.write("[station]\nname = \"main\"\n[log]\nlevel = \"error\"\n", to: "s.toml")
        try folder.write("[station]\nname = \"two\"\n", to: "conf.d/20-b.toml")
        try folder.write("[station]\nname = \"one\"\n", to: "conf.d/10-a.toml")
        try folder.write("[station]\nname = 3\n", to: "conf.d/30-c.toml.bak")
        try folder.write("[station]\nname = 3\n", to: "conf.d/.40-d.toml")
        let config = try reader.read(path: folder.path + "/s.toml")
        #expect(config.name == "two")
        #expect(config.logLevel == .error)
    }

    @Test func devicesOfSeveralFilesAddUpAndStayUnique() throws {
        let folder = try TemporaryFolder()
        let device = "[[device]]\nname = \"a\"\ndriver = \"serial\"\npath = \"/dev/x\"\n"
        try folder.write(device, to: "s.toml")
        try folder.write("\n" + device, to: "conf.d/1.toml")
        let error = try #require(throws: ConfigError.self) {
            try reader.read(path: folder.path + "/s.toml")
        }
        #expect(error.code == .duplicateDevice)
        #expect(error.file.hasSuffix("conf.d/1.toml"))
        #expect(error.line == 3)
        #expect(error.message.contains("s.toml"))
    }

    @Test func aFileHasALimit() throws {
        let folder = try TemporaryFolder()
        let fits = "#" + String(repeating: "x", count: TextFile.lengthLimitBytes - 1)
        try folder.write(fits, to: "s.toml")
        #expect(try reader.read(path: folder.path + "/s.toml") == StationConfig())
        try folder.write(fits + "x", to: "s.toml")
        let error = try #require(throws: ConfigError.self) {
            try reader.read(path: folder.path + "/s.toml")
        }
        #expect(error.code == .tooLarge)
    }

    @Test func aFileMustBeText() throws {
        let folder = try TemporaryFolder()
        let error = try #require(throws: ConfigError.self) {
            try reader.read(path: folder.path, isRequired: true)
        }
        #expect(error.code == .unreadable)
    }

    static let full = """
        [station]
        name = "dock 3"
        state-directory = "/srv/scans"
        [workflow]
        default-place = "RAMP"
        batch-lines = 50
        quiet-gap-seconds = 0
        repeat-window-milliseconds = 750
        repeat = "ignore"
        [codes]
        aim = "always"
        command-prefix = "!!"
        place-prefixes = ["P-", "Q-"]
        serial-prefixes = []
        length-limit-bytes = 100
        [api]
        listen-host = "::1"
        listen-port = 8080
        [sync]
        backoff-limit-seconds = 60
        [log]
        level = "debug"
        [[device]]
        name = "gate"
        driver = "serial"
        vendor-id = 0x05e0
        product-id = "1701"
        serial = "S 1"
        port-path = "1-2:1.0"
        speed = 19200
        process = true
        [[device]]
        name = "counter.2"
        driver = "wedge"
        path = "/dev/input/by-id/x"
        grab = false
        disabled = true
        """

    static let gate = ConfiguredDevice(
        name: "gate", driver: "serial",
        location: .identity(
            DeviceMatch(vendorID: 0x05e0, productID: 0x1701, serial: "S 1", portPath: "1-2:1.0")),
        placement: .process, options: ["speed": .integer(19200)])

    static let counter = ConfiguredDevice(
        name: "counter.2", driver: "wedge", location: .path("/dev/input/by-id/x"),
        options: ["grab": .boolean(false)], isDisabled: true)
}
