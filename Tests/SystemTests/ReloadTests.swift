import Foundation
import LinuxIO
import Testing

/// SIGHUP: the configuration is read anew, and a wrong one changes nothing.
@Suite struct ReloadTests {
    private static func device(_ name: String, in rig: Rig) -> String {
        """
        [[device]]
        name = "\(name)"
        driver = "serial"
        path = "\(rig.folder)/\(name)"

        """
    }

    private func reload(_ rig: Rig, _ manager: NotifySocket, _ text: String) throws -> String {
        try rig.configure(text)
        try manager.drain()
        rig.station?.send(SIGHUP)
        let begun = try manager.next("RELOADING=1", within: .seconds(5)) ?? ""
        #expect(begun.contains("MONOTONIC_USEC="), "\(begun)")
        let status = try manager.next("STATUS=", within: .seconds(5)) ?? ""
        #expect(try manager.next("READY=1", within: .seconds(5)) == "READY=1")
        return status
    }

    private func devices(_ rig: Rig) throws -> [String] {
        let result = try rig.control(["devices", "--json"])
        guard result.status == 0 else { return [] }
        return try result.lines.compactMap { try json($0)["name"] as? String }.sorted()
    }

    @Test func devicesComeAndGoAndTheOthersAreNotDisturbed() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startStation(
            Self.device("dock", in: rig) + Self.device("gate", in: rig),
            environment: manager.environment())
        let before = rig.stationLog.split(separator: "\n").filter { $0.contains(" dock is ") }
        let status = try reload(
            rig, manager, Self.device("dock", in: rig) + Self.device("yard", in: rig))
        #expect(status == "STATUS=Takes scans.")
        #expect(try devices(rig) == ["dock", "yard"])
        let after = rig.stationLog.split(separator: "\n").filter { $0.contains(" dock is ") }
        #expect(after == before)
    }

    @Test func codesAreUnderstoodByTheNewRules() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startStation(environment: manager.environment())
        try rig.successfully(["scan", "AISLE-7"])
        #expect(try place(rig) != "AISLE-7")
        _ = try reload(rig, manager, "[codes]\nplace-prefixes = [\"AISLE-\"]\n")
        try rig.successfully(["scan", "AISLE-7"])
        #expect(try place(rig) == "AISLE-7")
    }

    private func place(_ rig: Rig) throws -> String? {
        try json(try rig.successfully(["status", "--json"]).output)["place"] as? String
    }

    @Test func aWrongOneIsToldByFileLineAndKeyAndChangesNothing() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startStation(Self.device("dock", in: rig), environment: manager.environment())
        let status = try reload(
            rig, manager, Self.device("yard", in: rig) + "[workflow]\nbatch-linez = 3\n")
        #expect(status.contains("station.toml:6"), "\(status)")
        #expect(status.contains("batch-linez"), "\(status)")
        #expect(rig.stationLog.contains("code=config-unknown-key"))
        #expect(try devices(rig) == ["dock"])
    }

    @Test func whatIsReadAtAStartAloneIsNamed() throws {
        let rig = try Rig()
        let manager = try NotifySocket(in: rig.folder)
        try rig.startStation(environment: manager.environment())
        _ = try reload(rig, manager, "[store]\nkeep-days = 3\n")
        #expect(rig.stationLog.contains("[store] waits for the next start code=config-waits"))
    }
}
