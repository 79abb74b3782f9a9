import Foundation
import LinuxIO
import Testing

/// The commands of the README's "Your own scanner", in their order.
@Suite struct ReadmeTests {
    @Test(.timeLimit(.minutes(1)))
    func aScannerIsFoundUsedAndBroughtToAHub() throws {
        let rig = try Rig()
        let terminal = try PseudoTerminal()
        try rig.startStation()

        let identify = try RunningProgram(
            "scanstationctl",
            ["identify", "--yes", "--path", terminal.path, "--name", "gun", "--state", rig.state],
            errorFile: "\(rig.folder)/identify.log", ready: "Scan anything now")
        try terminal.controller.writeAll(Array("4006381333931\r".utf8))
        let used = try identify.waitForLine(containing: "gun is one of", within: .seconds(10))
        #expect(used.contains("scanstationctl tail"))
        #expect(identify.output.contains("Heard    4006381333931"))
        #expect(identify.output.contains("Driver   serial, a line ends with CR"))

        try waitForReading(rig)
        try terminal.controller.writeAll(Array("5901234123457\r".utf8))
        let tail = try RunningProgram(
            "scanstationctl", ["tail", "--json", "--since", "0", "--state", rig.state],
            errorFile: "\(rig.folder)/tail.log", ready: "5901234123457")
        let seen = try #require(tail.output.split(separator: "\n").first)
        #expect(try json(seen)["device"] as? String == "gun")
        // What was scanned for identify alone is no scan.
        #expect(!tail.output.contains("4006381333931"))

        try rig.startHub()
        try rig.enrol()
        try rig.synchronise()
        let stock = try Programs.run("scanhub", ["stock", "--data", rig.hubData])
        #expect(stock.output.contains("05901234123457"), "\(stock.output)")
        #expect(try rig.station?.stop() == .exited(status: 0))
    }

    /// The choice, and what was said of a device since, outlive the daemon.
    @Test(.timeLimit(.minutes(1)))
    func whatWasSwitchedOffStaysOffAfterARestart() throws {
        let rig = try Rig()
        let scanner = try PlayedScanner(link: "\(rig.folder)/scanner")
        let configuration = scanner.configuration("gun")
        try rig.startStation(configuration)
        try rig.successfully(["devices", "disable", "gun"])
        #expect(try rig.station?.stop() == .exited(status: 0))

        try rig.startStation(configuration)
        let device = try json(rig.successfully(["devices", "--json"]).lines.first ?? "")
        #expect(device["state"] as? String == "disabled")
        try rig.successfully(["devices", "enable", "gun"])
        try waitForReading(rig)
    }

    private func waitForReading(_ rig: Rig) throws {
        let deadline = SystemTime.monotonic + .seconds(10)
        while SystemTime.monotonic < deadline {
            let devices = try rig.successfully(["devices", "--json"])
            if devices.output.contains(#""state":"reading""#) { return }
        }
        throw Unexpected("the scanner is not read")
    }
}
