import Foundation
import Testing

/// The pick screen in a real browser, served by the real daemon.
@Suite(.serialized, .disabled(if: Browser.isMissing, "Debian's package chromium is missing"))
struct PickPageTests {
    private static let wave = """
        place,check,item,name,quantity,unit
        LOC-A-07-2,49,4006381333931,Ballpoint pens blue,6,box
        LOC-B1,,JAM,Strawberry jam 250 g,1,jar
        LOC-C-12-4,7,5901234123457,Green tea with mint and lemon grass from the hills,24,
        LOC-C-13-1,81,SALT,Sea salt,3,bag
        """

    private let rig: Rig
    private let browser: Browser
    private let address: String

    init() throws {
        rig = try Rig()
        let port = try FreePort.find()
        address = "http://127.0.0.1:\(port)"
        try rig.startStation("", more: ["--listen", "127.0.0.1:\(port)"])
        browser = try Browser()
        try Data(Self.wave.utf8).write(to: URL(filePath: "\(rig.folder)/wave-7.csv"))
    }

    private func load() throws {
        try rig.successfully(["pick", "load", "\(rig.folder)/wave-7.csv", "--order", "ORD-7"])
    }

    @Test func aLineIsPickedByTouchScanAndKeyAndTheNextOneIsShort() throws {
        try browser.show("\(address)/#pick")
        try browser.wait(for: "Nothing to pick", in: "#screen")
        try load()
        try browser.click(".choice button")
        try browser.wait(for: "LOC-A-07-2", in: ".huge")

        // Wrong digits, then the right ones, by the keyboard alone.
        try browser.wait("document.activeElement?.id === 'check'")
        try browser.submit("48", to: "#check")
        try browser.wait(for: "Wrong digits", in: ".told")
        try browser.submit("49", to: "#check")
        try browser.wait(for: "Ballpoint pens", in: ".ask")
        try browser.wait("document.activeElement?.id === 'say-confirm'")

        // A scan from elsewhere moves the screen; the wrong one says so.
        try rig.successfully(["scan", "4006381333931"])
        try browser.wait(for: "1 scanned, 5 to go", in: ".ask")
        _ = try rig.control(["scan", "JAM"])
        try browser.wait(for: "something else", in: ".told")
        try browser.click("#say-confirm")
        try browser.wait(for: "LOC-B1", in: ".huge")
        try browser.wait(
            "document.querySelector('[role=progressbar]').ariaValueText.startsWith('1 of 4')")

        // Short: asked how many, read back, confirmed.
        try browser.click("#say-ready")
        try browser.click("#ask-short")
        try browser.submit("0", to: "#number")
        try browser.wait(for: "Short: 0 of 1 jar", in: ".huge")
        try browser.click("#say-confirm")
        try browser.wait(for: "LOC-C-12-4", in: ".huge")
        try browser.click("#say-undo")
        try browser.wait(for: "Strawberry", in: ".ask")
        try browser.click("#say-confirm")

        try browser.wait(for: "LOC-C-12-4", in: ".huge")
        try browser.click("#more")
        try browser.click("dialog #say-cancel")
        try browser.click("#say-confirm")
        try browser.wait(for: "ended early", in: ".huge")
        try browser.click("#say-ready")
        try browser.wait(for: "Nothing to pick", in: "#screen")
        let stock = try rig.successfully(["lookup", "JAM", "--json"]).output
        #expect(stock.contains("ORD-7"))
        #expect(browser.complaints == [])
    }

    @Test func aPageThatIsLateAnswersNoOtherQuestion() throws {
        try load()
        try rig.successfully(["pick", "start", "wave-7"])
        try browser.show("\(address)/#pick")
        try browser.wait("!!document.querySelector('#check')")
        // The page hears of nothing, and the operator speaks meanwhile.
        try rig.successfully(["pick", "say", "check", "49"])
        let answer = try browser.run(
            """
            fetch('/v1/assignments/answer', { method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ say: 'check 49', turn: 1 }) }).then((a) => a.json())
              .then((a) => a.code)
            """)
        #expect(answer as? String == "stale-answer")
    }

    /// Names, labels, contrast and size, at every question, light and dark, small and large.
    @Test(arguments: [(800, 480), (1280, 800), (390, 780)])
    func everyQuestionIsAccessible(width: Int, height: Int) throws {
        try load()
        try look("waiting", width, height, isDark: width == 800)
        try rig.successfully(["pick", "start", "wave-7"])
        var isDark = width == 800
        for (name, words) in [
            ("place", nil), ("wrong", "check 48"), ("quantity", "check 49"),
            ("confirm", "short 4"), ("next", "confirm"), ("long", "short 0"), ("paused", "pause"),
        ] as [(String, String?)] {
            if name == "long" {
                for word in ["ready", "short 0", "confirm", "check 7"] {
                    _ = try rig.control(
                        ["pick", "say"] + word.split(separator: " ").map(String.init))
                }
            } else if let words {
                _ = try rig.control(["pick", "say"] + words.split(separator: " ").map(String.init))
            }
            isDark.toggle()
            try look(name, width, height, isDark: isDark)
        }
        for word in ["resume", "cancel", "confirm"] {
            try rig.successfully(["pick", "say", word])
        }
        try look("done", width, height, isDark: width != 800)
        #expect(browser.complaints == [])
    }

    /// Light or dark by turns: every size sees both, and every question one of them.
    private func look(_ name: String, _ width: Int, _ height: Int, isDark: Bool) throws {
        try browser.show("\(address)/#pick", width: width, height: height, isDark: isDark)
        try browser.wait("document.querySelector('#screen').childElementCount > 0")
        let faults = try browser.run(AccessibilityCheck.script) as? [String]
        #expect(faults == [], "\(name), \(width) × \(height), dark: \(isDark)")
        try keepPicture("pick-\(name)-\(width)")
    }

    /// Where `SCREENSHOTS` says, for people to look at.
    private func keepPicture(_ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        try browser.picture().write(to: URL(filePath: "\(folder)/\(name).png"))
    }
}
