import Foundation
import Glibc
import Testing

@testable import NFC

/// The PC/SC backend against a real pcscd, with a card that is not there.
@Suite struct PCSCTests {
    private static let canRun =
        geteuid() == 0 && access("/usr/sbin/pcscd", X_OK) == 0
        && access("/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8", F_OK) == 0

    static let cards: [(card: String, said: String)] = [
        ("ntag215:text=LOC-A1", "LOC-A1"),
        ("type4:uri=https://a.example/x", "https://a.example/x"),
        ("classic:uid=A1B2C3D4,text=OLD", "OLD"),
    ]

    @Test(.enabled(if: canRun, "needs root, pcscd and vsmartcard-vpcd"), arguments: cards)
    func aCardIsRead(card: String, said: String) throws {
        let output = try Self.run(card, ["read"])
        #expect(output.contains("\"says\":\"\(said)\""), "\(output)")
    }

    @Test(.enabled(if: canRun, "needs root, pcscd and vsmartcard-vpcd"))
    func aCardIsWritten() throws {
        let output = try Self.run("ntag213:text=OLD", ["write", "--text", "NEW"])
        #expect(output.contains("\"says\":\"NEW\""), "\(output)")
        #expect(output.contains("\"written\":true"), "\(output)")
    }

    static let resets: [(atr: String, technology: NFC.Tag.Technology)] = [
        ("3B8F8001804F0CA000000306030003000000006B", .a(sak: 0x00)),
        ("3B8F8001804F0CA0000003060300010000000069", .a(sak: 0x08)),
        ("3B8F8001804F0CA00000030603003B0000000053", .felica),
        ("3B8180018080", .a(sak: 0x20)),
        ("3B", .a(sak: 0x20)),
        ("", .a(sak: 0x20)),
    ]

    @Test(arguments: resets)
    func anAnswerToResetTellsTheKind(atr: String, technology: NFC.Tag.Technology) {
        let bytes = stride(from: 0, to: atr.count, by: 2).compactMap { index in
            UInt8(atr.dropFirst(index).prefix(2), radix: 16)
        }
        #expect(PCSCReader.technology(ofATR: bytes) == technology)
    }

    @Test func aSecurityModuleIsNoAntenna() {
        #expect(!PCSCReader.fits("ACS ACR1252 Dual Reader SAM 01 00", ""))
        #expect(PCSCReader.fits("ACS ACR1252 Dual Reader PICC 00 00", ""))
        #expect(PCSCReader.fits("ACS ACR1252 Dual Reader PICC 00 00", "PICC"))
        #expect(!PCSCReader.fits("ACS ACR122U", "PICC"))
    }

    private static func run(_ card: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = rig
        process.arguments =
            [Till.program, card, Till.program] + arguments
            + ["--device", ReaderPlace.pcscSocket, "--json", "--wait", "10"]
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    private static let rig = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../scripts/pcsc-rig").standardized
}
