import LocalAPI
import Testing

/// Every program says which version it is, and all say the same.
@Suite struct VersionTests {
    static let programs = [
        "scanstationd", "scanstationctl", "scanhub", "scanstation-driver",
        "scanstation-driver-camera", "scanstation-driver-nfc", "scanstation-driver-voice",
    ]

    @Test(arguments: programs)
    func says(program: String) throws {
        let result = try Programs.run(program, ["--version"])
        #expect(result.status == 0)
        #expect(result.output == "\(Version.text)\n")
    }
}
