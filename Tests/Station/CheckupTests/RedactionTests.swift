import Foundation
import ScanTesting
import Testing

@testable import Checkup

@Suite struct RedactionTests {
    static let rows: [(text: String, expected: String)] = [
        ("1 × 04006381333931 received at LOC-A1.", "1 × [scanned] received at [scanned]."),
        ("ABC stays", "ABC stays"),
        ("key 00112233445566778899aabbccddeeff.", "key [redacted]."),
        ("pin sha256//YWJj+/x= and on", "pin [redacted] and on"),
        ("Bearer \(String(repeating: "aZ9_", count: 11))", "Bearer [redacted]"),
        ("http://ada:pw@hub/x", "http://[redacted]@hub/x"),
        ("scanstation://hub/enrol?code=AB12&x=1", "scanstation://hub/enrol?code=[redacted]&x=1"),
    ]

    @Test(arguments: rows)
    func blacksOut(text: String, expected: String) {
        let redaction = Redaction(scans: ["LOC-A1", "04006381333931", "4006381333931", "ABC"])
        #expect(redaction.apply(to: text) == expected)
    }

    @Test func secretsOfAConfigurationGo() {
        let text = """
            # a comment
            name = "dock"
            badge-key-file = "/etc/k"
            password='x'
              api-token = "t"
            listen = "127.0.0.1:8470"
            """
        #expect(
            Redaction(scans: []).apply(toConfiguration: text) == """
                # a comment
                name = "dock"
                badge-key-file = "[redacted]"
                password="[redacted]"
                  api-token = "[redacted]"
                listen = "127.0.0.1:8470"
                """)
    }

    /// The system's tar reads what is written.
    @Test(arguments: [0, 1, 511, 512, 513, 100_000])
    func anArchiveIsRead(length: Int) throws {
        let folder = try TemporaryFolder()
        var archive = TarArchive(time: 1_800_000_000)
        let text = String(repeating: "x", count: length)
        archive.add("a/first", text)
        archive.add("a/second", "2")
        let path = folder.path("a.tar")
        try Data(archive.bytes).write(to: URL(filePath: path))
        let process = Process()
        process.executableURL = URL(filePath: "/bin/tar")
        process.arguments = ["-xf", path, "-C", folder.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try String(contentsOfFile: folder.path("a/first"), encoding: .utf8) == text)
        #expect(try String(contentsOfFile: folder.path("a/second"), encoding: .utf8) == "2")
    }
}
