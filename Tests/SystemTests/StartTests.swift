import Foundation
import LinuxIO
import Testing

/// What keeps a station from starting is said in one sentence, with a code that stays.
@Suite struct StartTests {
    @Test func aSecondDaemonOnTheSameStoreIsRefused() throws {
        let rig = try Rig()
        try rig.startStation()
        let second = try Programs.run("scanstationd", ["--state", rig.state])
        #expect(second.status == 1)
        #expect(second.errors.contains("store-in-use"))
        #expect(second.errors.contains("\(rig.station?.processID ?? 0)"))
        #expect(try rig.control(["status"]).status == 0)
    }

    @Test func aStoreIsFreeAgainAfterSIGKILL() throws {
        let rig = try Rig()
        try rig.startStation()
        rig.killStation()
        try rig.startStation()
        #expect(try rig.station?.stop() == .exited(status: 0))
    }

    static let wrong: [(text: String, line: Int, key: String)] = [
        ("[workflow]\ndefault-place = \"A\"\nbatch-linez = 3\n", 3, "batch-linez"),
        ("[station]\nname = 7\n", 2, "name"),
        ("\n\n[[device]]\nname = \"a\"\ndriver = \"telepathy\"\npath = \"/x\"\n", 5, "driver"),
    ]

    @Test(arguments: wrong)
    func wrongConfigurationIsToldByFileLineAndKey(text: String, line: Int, key: String) throws {
        let rig = try Rig()
        let file = "\(rig.folder)/bad.toml"
        try Data(text.utf8).write(to: URL(filePath: file))
        for (program, arguments) in [
            ("scanstationd", ["--state", rig.state, "--config", file]),
            ("scanstationctl", ["config", "check", file]),
        ] {
            let result = try Programs.run(program, arguments)
            #expect(result.status == 2, "\(program)")
            #expect(result.errors.contains("\(file):\(line)"), "\(program): \(result.errors)")
            #expect(result.errors.contains(key), "\(program): \(result.errors)")
        }
    }

    @Test func theShippedConfigurationIsGood() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../config/scanstation.toml").standardized
        let path = file.path(percentEncoded: false)
        #expect(try Programs.run("scanstationctl", ["config", "check", path]).status == 0)
    }

    @Test func withoutAStationTheAnswerIsStatus3() throws {
        let rig = try Rig()
        let result = try rig.control(["status"])
        #expect(result.status == 3)
        #expect(result.errors.contains("scanstationd"))
    }

    static let programs = ["scanstationd", "scanstationctl", "scanstation-driver", "scanhub"]

    @Test(arguments: programs)
    func wrongUsageIsStatus2AndHelpIsStatus0(program: String) throws {
        #expect(try Programs.run(program, ["--no-such-option"]).status == 2)
        let help = try Programs.run(program, ["--help"])
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE"))
    }
}
