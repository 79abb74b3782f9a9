import Foundation
import LinuxIO
import Testing

/// Logging in at the operator's page, in a real browser, served by the real daemon, with operators
/// of a real hub.
@Suite(.serialized, .disabled(if: Browser.isMissing, "Debian's package chromium is missing"))
struct LoginPageTests {
    private static let people: [(name: String, role: String, pin: String, badge: String?)] = [
        ("Ada Lovelace", "supervisor", "271828", "code:BADGE-ADA"),
        ("Bob", "operator", "314159", "code:BADGE-BOB"),
        ("Eve Müller-Lüdenscheidt", "viewer", "141421", nil),
    ]
    private static let loginRequired = "[login]\nrequired = true\n"

    private let rig: Rig
    private let browser: Browser
    private let scanner: PlayedScanner
    private let port: Int
    private let networkPort: Int
    private var address: String { "http://127.0.0.1:\(port)" }

    init() throws {
        rig = try Rig()
        try rig.startHub()
        scanner = try PlayedScanner(link: "\(rig.folder)/gate")
        (port, networkPort) = (try FreePort.find(), try FreePort.find())
        for person in Self.people { try Self.hire(person, at: rig) }
        browser = try Browser()
    }

    private func start(_ configuration: String = loginRequired) throws {
        try rig.startStation(
            configuration + scanner.configuration("gate"),
            more: ["--listen", "127.0.0.1:\(port)"])
        try rig.enrol()
    }

    @Test func aPINOpensTheStationAndTheLockClosesIt() throws {
        try start()
        try show("now")
        try browser.wait(for: "Ada Lovelace", in: ".tiles")
        #expect(
            try browser.run("document.querySelector('#rail').checkVisibility()") as? Bool == false)
        try chooseByTouch("Bob")
        try press("999999")
        try browser.wait(for: "Wrong PIN. 4 tries left.", in: "#pin-told")
        #expect(try browser.run("document.querySelector('#pin').value") as? String == "")
        // The keyboard does as well, with Enter.
        try browser.submit("314159", to: "#pin")
        try browser.wait(for: "Bob", in: "#lock")
        try browser.wait("document.querySelector('#screen').className === 'now'")

        try scan("4006381333931")
        try browser.wait(for: "04006381333931", in: ".shout")
        try browser.click("#lock")
        try browser.wait(for: "Who are you?", in: "#screen")
        try scan("5901234123457")
        try scanner.waitForAnswers(within: .seconds(10))
        #expect(scanner.accepted == ["4006381333931"] && scanner.refused == ["5901234123457"])
        // Who may use the socket administers the station.
        try rig.successfully(["scan", "4006381333931"])
        #expect(browser.complaints == [])
    }

    @Test func fiveWrongPINsMakeOneWaitAlsoAfterARestart() throws {
        try start()
        try show("now")
        try chooseByTouch("Bob")
        for left in ["4 tries", "3 tries", "2 tries", "1 try"] {
            try browser.submit("999999", to: "#pin")
            try browser.wait(for: "Wrong PIN. \(left) left.", in: "#pin-told")
        }
        try browser.submit("999999", to: "#pin")
        try browser.wait(for: "Too many wrong PINs. Try again in", in: "#pin-told")
        #expect(try browser.run("document.querySelector('.enter').disabled") as? Bool == true)
        rig.killStation()
        try rig.startStation(
            Self.loginRequired + scanner.configuration("gate"),
            more: ["--listen", "127.0.0.1:\(port)"])
        try show("now")
        try chooseByTouch("Bob")
        try browser.submit("314159", to: "#pin")
        try browser.wait(for: "Too many wrong PINs. Try again in", in: "#pin-told")
    }

    @Test func aBadgeLogsInWhereItMayAndASupervisorsAsksForThePIN() throws {
        try start()
        try show("now")
        try browser.wait(for: "show your badge", in: ".hint")
        try scan("BADGE-BOB")
        try browser.wait(for: "Bob", in: "#lock")
        try browser.wait("document.querySelector('#screen').className === 'now'")
        try scan("5901234123457")
        try browser.wait(for: "05901234123457", in: ".shout")

        try scan("BADGE-ADA")
        try browser.wait(for: "Ada Lovelace", in: ".person")
        try browser.submit("271828", to: "#pin")
        try browser.wait(for: "Ada Lovelace", in: "#lock")
        #expect(browser.complaints == [])
    }

    /// By the hub's word, and without it while the grant lasts.
    @Test func offlineOperatorsLogInAndRevokedOnesDoNotOnceTheHubHasSpoken() throws {
        try start()
        try show("now")
        rig.killHub()
        rig.killStation()
        try rig.startStation(Self.loginRequired, more: ["--listen", "127.0.0.1:\(port)"])
        try show("now")
        try chooseByTouch("Bob")
        try browser.submit("314159", to: "#pin")
        try browser.wait(for: "Bob", in: "#lock")
        try hub(["operators", "revoke", "Bob"])
        try rig.startHub()
        try rig.successfully(["sync"])
        try browser.wait(for: "Who are you?", in: "#screen")
        try browser.wait("!document.querySelector('.tiles').innerText.includes('Bob')")
    }

    @Test func withoutARequirementALoginNamesWhatIsDone() async throws {
        try start("")
        try show("now")
        try browser.wait("document.querySelector('#screen').className === 'now'")
        try browser.wait("!document.querySelector('#enter').hidden")
        try browser.click("#enter")
        try chooseByTouch("Bob")
        try browser.submit("314159", to: "#pin")
        try browser.wait(for: "Bob", in: "#lock")
        try scan("4006381333931")
        try browser.wait(for: "04006381333931", in: ".shout")
        try browser.submit("5901234123457", to: "#typed")
        try browser.wait(for: "05901234123457", in: ".shout")
        try rig.synchronise()
        let operations = try await rig.hubOperations()
        #expect(Set(operations.map(\.operator)) == ["Bob"])
        #expect(operations.filter { $0.kind == "adjust" }.count == 2)
    }

    @Test func anotherMachineTypesItsNameAndSeesNobodys() throws {
        try start(
            "[api]\nnetwork-host = \"127.0.0.1\"\nnetwork-port = \(networkPort)\n")
        try browser.show("http://127.0.0.1:\(networkPort)/#now")
        try browser.wait(for: "Your name", in: "#screen")
        #expect(try browser.run("document.body.innerText.includes('Ada')") as? Bool == false)
        try browser.submit("Ada Lovelace", to: "input[name=operator]")
        try browser.submit("271828", to: "#pin")
        try browser.wait(for: "Ada Lovelace", in: "#lock")
        try browser.wait("document.querySelector('#screen').className === 'now'")
        try browser.click("#lock")
        try browser.wait(for: "Your name", in: "#screen")
        #expect(browser.complaints == [])
    }

    /// Names, labels, contrast and size, at each step, light and dark, small and large.
    @Test(arguments: [(800, 480), (1280, 800), (390, 780)])
    func everyStepIsAccessible(width: Int, height: Int) throws {
        try start()
        for isDark in [false, true] {
            try show("now", width, height, isDark: isDark)
            try browser.wait(for: "Ada Lovelace", in: ".tiles")
            try look("people", width, isDark)
            try chooseByTouch("Ada Lovelace")
            try look("pin", width, isDark)
            try browser.submit("999999", to: "#pin")
            try browser.wait(for: "left.", in: "#pin-told")
            try look("wrong", width, isDark)
            // Every key is on the screen, whatever its size.
            let isWhole = try browser.run(
                """
                [...document.querySelectorAll('.pad button')].every((b) => {
                  const box = b.getBoundingClientRect();
                  return box.top >= 0 && box.bottom <= innerHeight && box.height >= 64 && box.width >= 64;
                })
                """)
            #expect(isWhole as? Bool == true, "\(width) × \(height)")
            try browser.submit("271828", to: "#pin")
            try browser.wait(for: "AL", in: "#lock")
            try browser.wait("!document.querySelector('.note')", within: .seconds(20))
            try look("in", width, isDark)
            try browser.click("#lock")
            try browser.wait(for: "Who are you?", in: "#screen")
        }
        #expect(browser.complaints == [])
    }

    @Test func theKeyboardAloneIsEnough() throws {
        try start()
        try show("now")
        try browser.wait(for: "Bob", in: ".tiles")
        try browser.run("document.querySelectorAll('.tile')[1].focus()")
        #expect(
            try browser.run("document.activeElement.innerText.includes('Bob')") as? Bool == true)
        try browser.run("document.activeElement.click()")
        try browser.wait("document.activeElement.id === 'pin'")
        try browser.run(
            """
            document.activeElement.dispatchEvent(
              new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
            """)
        try browser.wait(for: "Who are you?", in: "#screen")
    }
}

extension LoginPageTests {
    private static func hire(
        _ person: (name: String, role: String, pin: String, badge: String?), at rig: Rig
    ) throws {
        var words = [
            "operators", "add", person.name, "--role", person.role, "--pin-from-stdin", "--data",
            rig.hubData,
        ]
        if let badge = person.badge { words += ["--badge", badge] }
        let hired = try Programs.run("scanhub", words, input: "\(person.pin)\n")
        guard hired.status == 0 else { throw Unexpected("\(words): \(hired.errors)") }
    }

    private func hub(_ words: [String]) throws {
        let done = try Programs.run("scanhub", words + ["--data", rig.hubData])
        guard done.status == 0 else { throw Unexpected("\(words): \(done.errors)") }
    }

    /// When the station has heard of its operators.
    private func show(
        _ screen: String, _ width: Int = 1280, _ height: Int = 800, isDark: Bool = false
    ) throws {
        try browser.show("\(address)/#\(screen)", width: width, height: height, isDark: isDark)
        try browser.wait(
            "fetch('/v1/session').then((a) => a.json()).then((s) => s.operators.length > 1)")
        try browser.wait(
            "import('/session.js').then((m) => m.refreshSession()).then(() => true)")
    }

    private func chooseByTouch(_ name: String) throws {
        try browser.wait(for: name, in: ".tiles")
        try browser.run(
            """
            [...document.querySelectorAll('.tile')].find((t) => t.innerText.includes('\(name)'))
              .click()
            """)
        try browser.wait("!!document.querySelector('#pin')")
    }

    /// With the big keys.
    private func press(_ pin: String) throws {
        for digit in pin {
            try browser.run(
                """
                [...document.querySelectorAll('.pad button')]
                  .find((b) => b.innerText === '\(digit)').click()
                """)
        }
        try browser.click(".pad .enter")
    }

    private func scan(_ code: String) throws {
        try scanner.expectAnswer(to: code).writeAll(Array("\(code)\r".utf8))
    }

    private func look(_ name: String, _ width: Int, _ isDark: Bool) throws {
        let faults = try browser.run(AccessibilityCheck.script) as? [String]
        #expect(faults == [], "\(name), \(width), dark: \(isDark)")
        guard let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        try browser.picture().write(
            to: URL(filePath: "\(folder)/login-\(name)-\(width)\(isDark ? "-dark" : "").png"))
    }
}
