import Foundation
import Testing

/// What was scanned leaves the hub as a document for other systems.
@Suite struct EPCISExportTests {
    private static let code = "4006381333931"

    @Test(.timeLimit(.minutes(1)))
    func whatWasScannedIsExportedTheSameEachTime() throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation()
        try rig.enrol()
        for text in ["LOC-A1", Self.code, Self.code, "%SS:UNDO"] {
            try rig.successfully(["scan", text])
        }
        try rig.synchronise()

        let first = try events(export(rig))
        let names = first.map { $0["eventID"] as? String ?? "" }
        #expect(first.map { $0["bizStep"] as? String } == ["receiving", "receiving", "receiving"])
        #expect(first.map { $0["errorDeclaration"] != nil } == [false, false, true])
        #expect(names[2] == names[1] && names[1] != names[0])
        let again = try events(export(rig))
        #expect(again.map { $0["eventID"] as? String ?? "" } == names)
    }

    @Test(.timeLimit(.minutes(1)))
    func timesAndNamesAreThoseThatWereAskedFor() throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation()
        try rig.enrol()
        for text in ["LOC-A1", "bolt"] { try rig.successfully(["scan", text]) }
        try rig.synchronise()

        let options = [
            "--since", "2020-01-01", "--until", "2100-01-01T00:00:00Z", "--goods-in", "made",
            "--zone-offset", "+01:00", "--namespace", "https://example.com/goods",
        ]
        let event = try #require(try events(export(rig, options)).first)
        #expect(event["action"] as? String == "ADD")
        #expect(event["eventTimeZoneOffset"] as? String == "+01:00")
        let quantity = (event["quantityList"] as? [[String: Any]])?.first
        #expect(quantity?["epcClass"] as? String == "https://example.com/goods/class/bolt")
        #expect(try events(export(rig, ["--since", "2100-01-01"])).isEmpty)
        #expect(try events(export(rig, ["--until", "2020-01-01"])).isEmpty)
    }

    @Test(arguments: [
        ["--since", "yesterday"], ["--until", "2026-13-01"], ["--zone-offset", "+15:00"],
        ["--namespace", "example"], ["--goods-in", "x"],
    ])
    func whatMakesNoSenseIsWrongUsage(options: [String]) throws {
        let rig = try Rig()
        try rig.startHub()
        #expect(try export(rig, options).status == 2)
    }

    @Test func aFullDiskIsTold() throws {
        let rig = try Rig()
        try rig.startHub()
        let result = try Programs.run(
            "/bin/sh",
            [
                "-c", #"exec "$0" epcis export --data "$1" > /dev/full"#,
                Programs.path("scanhub"), rig.hubData,
            ])
        #expect(result.status == 1)
        #expect(result.errors.contains("[file-failed]"), "\(result.errors)")
    }

    private func export(_ rig: Rig, _ options: [String] = []) throws -> Programs.Result {
        try Programs.run("scanhub", ["epcis", "export", "--data", rig.hubData] + options)
    }

    private func events(_ result: Programs.Result) throws -> [[String: Any]] {
        let document = try json(result.output)
        let body = document["epcisBody"] as? [String: Any]
        guard let list = body?["eventList"] as? [[String: Any]] else {
            throw Unexpected("no events: \(result.output) \(result.errors)")
        }
        return list
    }
}
