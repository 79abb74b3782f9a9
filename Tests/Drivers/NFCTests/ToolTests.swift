import EmulatedNFC
import Foundation
import Glibc
import LinuxIO
import ScanTesting
import Testing

/// libnfc's own programs, unmodified, take the emulated reader for one.
@Suite struct ToolTests {
    private static func isInstalled(_ name: String) -> Bool {
        access("/usr/bin/\(name)", X_OK) == 0
    }

    static let tags: [(specification: String, shown: [String])] = [
        ("ntag215:uid=04A1B2C3D4E5F6", ["04  a1  b2  c3  d4  e5  f6", "SAK (SEL_RES): 00"]),
        ("classic:uid=A1B2C3D4", ["a1  b2  c3  d4", "SAK (SEL_RES): 08"]),
        ("type4:uid=04010203040506", ["04  01  02  03  04  05  06", "75  77  81  02  80"]),
        ("felica:uid=0201020304050607", ["02  01  02  03  04  05  06  07"]),
    ]

    @Test(.enabled(if: isInstalled("nfc-list"), "nfc-list is of libnfc-bin"), arguments: tags)
    func nfcListShowsIt(specification: String, shown: [String]) throws {
        let output = try Self.output(of: ["nfc-list", "-t", "3"], specification)
        for part in ["device opened"] + shown { #expect(output.contains(part)) }
    }

    @Test(.enabled(if: isInstalled("nfc-poll"), "nfc-poll is of libnfc-bin"))
    func nfcPollFindsIt() throws {
        let output = try Self.output(
            of: ["nfc-poll"], "ntag213:uid=04A1B2C3D4E5F6"
        ) { reader in
            // It ends when the tag that it has found goes.
            #expect(eventually { reader.count(of: EmulatedCommand.exchange) > 1 })
            reader.remove("tag")
        }
        #expect(output.contains("04  a1  b2  c3  d4  e5  f6"))
    }

    @Test(.enabled(if: isInstalled("nfc-mfultralight"), "it is of libnfc-examples"))
    func nfcMfultralightReadsAllPages() throws {
        let folder = try TemporaryFolder()
        let dump = folder.path("dump")
        let output = try Self.output(
            of: ["nfc-mfultralight", "r", dump],
            "ntag215:uid=04A1B2C3D4E5F6,uri=https://example.org/x")
        #expect(output.contains("135 of 135 pages read"))
        let bytes = try Data(contentsOf: URL(filePath: dump))
        #expect(bytes.count == 540)
        #expect(String(decoding: bytes, as: UTF8.self).contains("example.org/x"))
    }

    private static func output(
        of command: [String], _ specification: String,
        meanwhile: (EmulatedReader) -> Void = { _ in }
    ) throws -> String {
        let folder = try TemporaryFolder()
        let reader = try EmulatedReader(path: folder.path("reader"))
        reader.place(try TagSpecification(specification).tag, as: "tag")
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = command
        process.environment = ProcessInfo.processInfo.environment.merging([
            "LIBNFC_DEVICE": "pn532_uart:\(reader.path)", "LIBNFC_AUTO_SCAN": "false",
        ]) { $1 }
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        meanwhile(reader)
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
