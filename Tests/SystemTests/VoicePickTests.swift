import Foundation
import LinuxIO
import SoundFiles
import Testing

/// A voice picks: spoken words go through ALSA into the real driver, the daemon has it listen for
/// what is asked, and says the next question.
@Suite(
    .serialized,
    .enabled(
        if: FileManager.default.isExecutableFile(atPath: "/usr/bin/espeak-ng"),
        "espeak-ng is not installed"))
struct VoicePickTests {
    private let rig: Rig
    private let headset: PlayedHeadset

    init() throws {
        rig = try Rig()
        headset = try PlayedHeadset(in: rig.folder)
    }

    @Test(.timeLimit(.minutes(2)))
    func whatIsListenedForFollowsWhatIsAsked() throws {
        let list = "place,check,item,quantity\nLOC-A72,49,TEA,3\nLOC-B1,49,JAM,3\n"
        try Data(list.utf8).write(to: URL(filePath: "\(rig.folder)/wave.csv"))
        try rig.startStation(headset.configuration)
        try rig.successfully(["pick", "load", "\(rig.folder)/wave.csv", "--order", "ORD-1"])
        try rig.successfully(["pick", "start", "wave", "--operator", "mia"])
        try wait { try question()["grammar"] as? String == "dialogue-check2" }
        // Each is understood in the grammar of its question alone. The synthesiser's "confirm" is
        // too unclear to be believed, so that button is pressed.
        for line in 1...2 {
            try headset.say("four nine")
            try wait(for: "quantity", line)
            try headset.say("short two")
            try wait(for: "confirm", line)
            try rig.successfully(["pick", "say", "confirm"])
        }
        try wait(for: "done", 2)
        // Four questions were spoken: some seconds of 48,000 samples of two bytes.
        try wait { headset.heardBytes > 300_000 }
        let stock = try rig.successfully(["lookup", "JAM", "--json"]).output
        #expect(stock.contains("ORD-1"))
    }

    private func wait(for step: String, _ line: Int) throws {
        try wait {
            let question = try question()
            return question["step"] as? String == step && question["line"] as? Int == line
        }
    }

    private func question() throws -> [String: Any] {
        let report = try json(rig.successfully(["pick", "show", "--json"]).output)
        return report["question"] as? [String: Any] ?? [:]
    }

    private func wait(_ isTrue: () throws -> Bool) throws {
        let deadline = SystemTime.monotonic + .seconds(30)
        while try !isTrue() {
            guard SystemTime.monotonic < deadline else {
                throw Unexpected("never: \(try question())\n\(rig.stationLog)")
            }
        }
    }
}
