import LinuxIO
import Testing

/// One hub serves a data directory, and whoever administers it works beside it.
@Suite struct HubStartTests {
    @Test func aSecondHubOnTheSameDataIsRefused() throws {
        let rig = try Rig()
        try rig.startHub()
        let second = try Programs.run(
            "scanhub", ["serve", "--data", rig.hubData, "--listen", "127.0.0.1:0"])
        #expect(second.status == 1)
        #expect(second.errors.contains("[store-in-use]"), "\(second.errors)")
        #expect(second.errors.contains("process \(rig.hub?.processID ?? 0) "), "\(second.errors)")
        #expect(second.output.isEmpty)
    }

    @Test func theDataAreFreeAgainAfterSIGKILL() throws {
        let rig = try Rig()
        try rig.startHub()
        rig.killHub()
        try rig.startHub()
        #expect(try rig.hub?.stop() == .exited(status: 0))
    }

    static let commands = [
        ["enrol-code"], ["token", "create"], ["stations"], ["stock"], ["explain", "4711", "LOC-A"],
    ]

    @Test(arguments: commands)
    func isAdministeredWhileItServes(command: [String]) throws {
        let rig = try Rig()
        try rig.startHub()
        let result = try Programs.run("scanhub", command + ["--data", rig.hubData])
        #expect(result.status == 0, "\(result.errors)")
    }

    /// It would change what stations compare while they compare it.
    @Test func aRestoreIsToldWhileNobodyServes() throws {
        let rig = try Rig()
        try rig.startHub()
        let restored = ["restored", "--data", rig.hubData]
        #expect(try Programs.run("scanhub", restored).errors.contains("[store-in-use]"))
        rig.killHub()
        #expect(try Programs.run("scanhub", restored).status == 0)
        try rig.startHub()
        #expect(try rig.hub?.stop() == .exited(status: 0))
    }
}
