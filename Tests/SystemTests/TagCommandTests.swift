import EmulatedNFC
import Testing

/// `scanstationctl nfc`, as a person uses it.
@Suite struct TagCommandTests {
    @Test func aTagIsWrittenReadAndLocked() throws {
        let rig = try Rig()
        let reader = try EmulatedReader(path: "\(rig.folder)/reader")
        reader.place(try TagSpecification("ntag213:uid=04A1B2C3D4E5F6").tag, as: "tag")

        let written = try Self.nfc(["write", "--text", "LOC-A1", "--lock", "--yes"], reader)
        #expect(written.status == 0, "\(written.errors)")
        let read = try json(Self.nfc(["read"], reader).output)
        #expect(read["says"] as? String == "LOC-A1")
        #expect(read["uid"] as? String == "04A1B2C3D4E5F6")
        let again = try Self.nfc(["write", "--text", "LOC-B2"], reader)
        #expect(again.status == 1)
        #expect(again.errors.contains("[nfc-locked]"), "\(again.errors)")
    }

    /// Standard input is empty here: nobody says yes.
    @Test func aLockWithoutAYesIsNoLock() throws {
        let rig = try Rig()
        let reader = try EmulatedReader(path: "\(rig.folder)/reader")
        reader.place(try TagSpecification("ntag213:text=OLD").tag, as: "tag")

        let refused = try Self.nfc(["write", "--text", "NEW", "--lock"], reader)
        #expect(refused.errors.contains("[nfc-not-confirmed]"), "\(refused.errors)")
        #expect(try json(Self.nfc(["read"], reader).output)["says"] as? String == "OLD")
    }

    static let failures: [(arguments: [String], status: Int32, code: String)] = [
        (["read", "--device", "/dev/nowhere"], 5, "[missing]"),
        (["read", "--device", "/dev/null"], 1, "[not-suitable]"),
        (["write"], 2, "--uri or --text"),
        (["dance"], 2, "none of read"),
    ]

    @Test(arguments: failures)
    func whatCanNotBeDoneIsSaid(arguments: [String], status: Int32, code: String) throws {
        let result = try Programs.run("scanstationctl", ["nfc"] + arguments)
        #expect(result.status == status)
        #expect(result.errors.contains(code), "\(result.errors)")
    }

    private static func nfc(
        _ arguments: [String], _ reader: EmulatedReader
    ) throws -> Programs.Result {
        try Programs.run(
            "scanstationctl",
            ["nfc"] + arguments + ["--device", reader.path, "--wait", "10", "--json"])
    }
}
