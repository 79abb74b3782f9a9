import Scans
import StationStorage
import Testing

@testable import Pipeline

@Suite struct HostileCaptureTests {
    static let captures: [(name: String, bytes: [UInt8], code: String)] = [
        ("a megabyte", [UInt8](repeating: 0x41, count: 1 << 20), "too-long"),
        ("NUL", [0x41, 0, 0x42], "control-character"),
        ("no UTF-8", [0x41, 0xFF, 0xFE], "not-text"),
        ("a surrogate", [0xED, 0xA0, 0x80], "not-text"),
        ("an ANSI escape", Array("\u{1B}[2J\u{1B}]0;x\u{07}".utf8), "control-character"),
        ("C1 controls", Array("A\u{9B}2J".utf8), "control-character"),
        ("nothing", [], "empty"),
        ("blanks", Array("  \u{200B}".utf8), "empty"),
        ("a wrong command", Array("%SS:RM -RF".utf8), "bad-command"),
    ]

    @Test(arguments: captures)
    func isRefusedWithItsReasonAndHarmsNothing(
        name: String, bytes: [UInt8], code: String
    ) throws {
        let scene = try IntakeScene()
        let intake = try scene.intake()
        let answers = Answers()
        scene.whileHeld(intake) {
            intake.accept(answers.delivery("A", at: scene.clock.now))
            intake.accept(
                answers.delivery(name, payload: .code(bytes), at: scene.clock.now))
            intake.accept(answers.delivery("B", at: scene.clock.now))
        }
        answers.wait(for: 3)

        #expect(answers.signals == ["ok", code, "ok"])
        let record = try scene.records()[2]
        #expect((record.decision, record.code) == ("refused", code))
        #expect(record.payload == Array(bytes.prefix(IntakeRecord.payloadLimitBytes)))
        for text in [record.text, record.message] {
            #expect(text.unicodeScalars.allSatisfy(Self.isPrintable))
            #expect(text.unicodeScalars.count < 200)
        }
        #expect(try scene.stock() == ["A@DOCK: 1", "B@DOCK: 1", "GATE@DOCK: 1"])
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
            scalar.properties.generalCategory)
    }
}
