import Foundation
import Testing

/// A person asks with the code that they have in front of them, and is told of places they know.
@Suite struct StockTests {
    private static let code = "4006381333931"
    private static let item = "04006381333931"

    @Test(.timeLimit(.minutes(1)))
    func codesAreReadAsScannedAndTheLedgersOwnPlacesAreLeftOut() throws {
        let rig = try Rig()
        try rig.startHub()
        try rig.startStation()
        try rig.enrol()
        try rig.successfully(["scan", "LOC-A1"])
        try rig.successfully(["scan", Self.code])
        try rig.synchronise()

        #expect(try places(hub(rig, ["stock", "--item", Self.code])) == ["LOC-A1"])
        #expect(try places(hub(rig, ["stock", "--item", "]E0" + Self.code])) == ["LOC-A1"])
        #expect(try places(hub(rig, ["stock", "--item", Self.item])) == ["LOC-A1"])
        #expect(try places(hub(rig, ["stock"])) == ["LOC-A1"])
        #expect(try places(hub(rig, ["stock", "--all"])) == ["LOC-A1", "outside (internal)"])
        #expect(try places(hub(rig, ["stock", "--place", "outside"])) == ["outside (internal)"])
        let explained = try json(hub(rig, ["explain", Self.code, "LOC-A1"]).output)
        #expect(explained["quantity"] as? Int == 1)

        let plain = try json(rig.successfully(["lookup", Self.code, "--json"]).output)
        #expect(try names(plain["stock"]) == ["LOC-A1"])
        let all = try json(rig.successfully(["lookup", Self.code, "--all", "--json"]).output)
        #expect(try names(all["stock"]) == ["LOC-A1", "outside (internal)"])
        let text = try rig.successfully(["lookup", Self.code])
        #expect(!text.output.contains("outside"))
    }

    @Test(.timeLimit(.minutes(1)))
    func whatIsKeptBesideTheLogFollowsFromIt() throws {
        let rig = try Rig()
        try rig.startStation()
        for code in ["LOC-A1", Self.code, Self.code] { try rig.successfully(["scan", code]) }
        rig.killStation()
        for order in [["--check", "--state", rig.state], ["--state", rig.state, "--check"], []] {
            let result = try Programs.run(
                "scanstationd",
                order.isEmpty ? ["ledger", "--state", rig.state] : ["ledger"] + order)
            #expect(result.status == 0, "\(result.errors)")
            #expect(result.output.contains("All follows from the log."))
        }
    }

    @Test(arguments: [["stock"], ["stations"], ["explain", "4711", "LOC-A"], ["watch"]])
    func aMistypedDirectoryMakesNoHub(command: [String]) throws {
        let rig = try Rig()
        let result = try Programs.run("scanhub", command + ["--data", "\(rig.folder)/typo"])
        #expect(result.status == 1)
        #expect(result.errors.contains("[data-directory]"), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: "\(rig.folder)/typo"))
    }

    private func hub(_ rig: Rig, _ arguments: [String]) throws -> Programs.Result {
        let result = try Programs.run("scanhub", arguments + ["--data", rig.hubData, "--json"])
        guard result.status == 0 else { throw Unexpected("\(arguments): \(result.errors)") }
        return result
    }

    private func places(_ result: Programs.Result) throws -> [String] {
        try names(result.lines.map { try json($0) })
    }

    private func names(_ rows: Any?) throws -> [String] {
        guard let rows = rows as? [[String: Any]] else { throw Unexpected("no rows") }
        return rows.map { row in
            let name = row["place"] as? String ?? ""
            return row["isInternal"] as? Bool == true ? name + " (internal)" : name
        }
    }
}
