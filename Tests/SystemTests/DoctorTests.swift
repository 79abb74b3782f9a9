import Checkup
import Foundation
import LocalAPI
import Testing

/// `scanstationctl doctor` against a daemon of the same build.
@Suite struct DoctorTests {
    @Test func aRunningStationIsLookedAt() throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation(
            """
            [[device]]
            name = "gone"
            driver = "serial"
            path = "\(rig.folder)/nothing"
            """)
        try rig.enrol()
        let result = try rig.control(["doctor", "--json"])
        let findings = try result.lines.map {
            try APIForm.decode(Finding.self, from: Array($0.utf8))
        }
        func states(_ subject: String) -> [Finding.State] {
            findings.filter { $0.subject == subject }.map(\.state)
        }
        for subject in ["daemon", "disk", "store", "hub", "program scanstation-driver"] {
            #expect(states(subject) == [.ok], "\(subject)")
        }
        #expect(findings.first { $0.subject == "device gone" }?.code == .deviceMissing)
        let worst = findings.map(\.state).max()
        #expect(result.status == (worst == .fault ? 1 : 7))
    }

    @Test func withoutADaemonItSaysSoAndLooksAtTheRest() throws {
        let folder = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        let result = try Programs.run("scanstationctl", ["doctor", "--state", folder + "/none"])
        #expect(result.status == 1)
        #expect(result.output.contains("[not-running]"))
        #expect(result.output.contains("[store-unchecked]"))
    }
}
