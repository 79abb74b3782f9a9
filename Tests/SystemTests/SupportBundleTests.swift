import Foundation
import Testing

/// `scanstationctl support-bundle` of a station that has scanned, and has secrets.
@Suite struct SupportBundleTests {
    @Test func nothingScannedAndNoSecretIsInIt() throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation(
            """
            [[device]]
            name = "reader"
            driver = "nfc"
            path = "/dev/none"
            badges = "dna"
            badge-key-file = "/etc/scanstation/badge-secret-file"
            """)
        try rig.enrol()
        let codes = ["LOC-SECRET-7", "4006381333931", "SN-000417", "]E04006381333932"]
        // The last one is misread, and kept all the same.
        for code in codes { _ = try rig.control(["scan", code, "--operator", "ada"]) }
        let tar = "\(rig.folder)/support.tar"
        let result = try rig.successfully(
            ["support-bundle", tar, "--config", "\(rig.folder)/station.toml", "--json"])
        let parts = try json(result.output)["parts"] as? [String] ?? []
        for name in ["doctor.jsonl", "status.json", "store.json", "metrics.txt", "config.toml"] {
            #expect(parts.contains(name), "\(name)")
        }

        let text = String(decoding: try Data(contentsOf: URL(filePath: tar)), as: UTF8.self)
        let batches = try rig.successfully(["batches", "--json"]).lines.compactMap {
            try json($0)["code"] as? String
        }
        #expect(!batches.isEmpty)
        for secret in codes + batches + ["04006381333931", "4006381333932", "badge-secret-file"] {
            #expect(!text.contains(secret), "\(secret)")
        }
        let key = try Data(contentsOf: URL(filePath: "\(rig.state)/station.key"))
        for form in [key.base64EncodedString(), key.map { String(format: "%02x", $0) }.joined()] {
            #expect(!text.contains(form))
        }
        #expect(text.contains("\"intake\":"))
        #expect(text.contains("driver = \"nfc\""))
    }

    @Test func aStationThatDoesNotRunHasOneToo() throws {
        let rig = try Rig()
        let tar = "\(rig.folder)/support.tar"
        try rig.successfully(["support-bundle", tar, "--config", "\(rig.folder)/none.toml"])
        let text = String(decoding: try Data(contentsOf: URL(filePath: tar)), as: UTF8.self)
        #expect(text.contains("not-running"))
    }
}
