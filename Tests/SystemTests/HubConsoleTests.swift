import Foundation
import LinuxIO
import Testing

/// The hub's console in a real browser, served by the real hub, with a real station's scans.
@Suite(.serialized, .disabled(if: Browser.isMissing, "Debian's package chromium is missing"))
struct HubConsoleTests {
    private static let password = "vier Wörter tun es gut"

    private let rig: Rig
    private let browser: Browser
    private var address: String { rig.hubURL }

    init() throws {
        rig = try Rig()
        try rig.startHub()
        browser = try Browser()
    }

    /// As the hub said when it began, on its standard output.
    private func setUp() throws {
        let words = (rig.hub?.output ?? "").split(whereSeparator: \.isWhitespace)
        let code = try #require(words.drop { $0 != "code" }.dropFirst().first)
        try show("/password")
        try browser.type("ada", into: "[name=name]")
        try browser.type(Self.password, into: "[name=password]")
        try browser.submit(String(code), to: "[name=code]")
        try login()
    }

    private func login() throws {
        try browser.wait("location.pathname === '/login'")
        try browser.type("ada", into: "[name=name]")
        try browser.submit(Self.password, to: "[name=password]")
        try browser.wait("location.pathname === '/'")
    }

    private func hub(_ arguments: [String]) throws -> String {
        let result = try Programs.run("scanhub", arguments + ["--data", rig.hubData])
        #expect(result.status == 0, "\(arguments): \(result.errors)")
        return result.output
    }

    @Test func theFirstAdminComesInByTheSetUpCodeAndLooksAround() throws {
        try rig.startStation()
        try rig.enrol()
        for _ in 1...3 { try rig.successfully(["scan", "4006381333931"]) }
        try rig.successfully(["scan", "5901234123457"])
        try rig.synchronise()
        try setUp()
        try browser.wait(for: "Seen")

        // From the overview to the stock, and from a balance to its operations.
        try browser.click("#rail a[href='/stock']")
        try browser.wait(for: "04006381333931", in: "table")
        try browser.submit("4006381333931", to: "[name=item]")
        try browser.wait("document.querySelectorAll('tbody tr').length === 2")
        try browser.click("td a.button")
        try browser.wait(for: "What was posted")
        #expect(try browser.run("document.querySelectorAll('tbody tr').length") as? Int == 3)

        // Without a script, and with nothing from elsewhere.
        #expect(try browser.run("document.scripts.length") as? Int == 0)
        #expect(browser.complaints == [])
        #expect(try hub(["audit", "verify"]).hasPrefix("The log is whole: "))
        #expect(try hub(["user", "list"]).contains("ada   admin  active"))
    }

    @Test func anEnrolmentCodeOfThePageLetsAMachineIn() throws {
        try rig.startStation()
        try setUp()
        try show("/stations")
        try browser.click("form[action='/stations/codes'] button")
        try browser.wait(for: "Let a machine in", in: "h1")
        #expect(try browser.run("document.querySelectorAll('.qr path').length") as? Int == 1)
        let code = try browser.text(of: ".big.code")
        try rig.successfully(["enrol", rig.hubURL, code])
        try show("/stations")
        try browser.wait(for: "Seen", in: "table")
    }

    @Test func aLogoutAndADisabledUserEndASession() throws {
        try setUp()
        _ = try hub(["user", "add", "bob", "--role", "admin"])
        try show("/users")
        try browser.wait(for: "No password yet", in: "table")
        try browser.click("#top button")
        try browser.wait("location.pathname === '/login'")
        try login()
        _ = try hub(["user", "disable", "ada"])
        try browser.run("location.href = '/stock'")
        try browser.wait("location.pathname === '/login'")
    }

    /// Two stations counted and saw one piece, neither knowing of the other.
    private func disagree() throws -> RunningProgram {
        try rig.startStation()
        let file = "\(rig.folder)/other.toml"
        try Data().write(to: URL(filePath: file))
        let other = try RunningProgram(
            "scanstationd", ["--state", "\(rig.folder)/other", "--config", file],
            errorFile: "\(rig.folder)/other.log", ready: "ready")
        for (state, place, count) in [
            (rig.state, "LOC-L2", 2), ("\(rig.folder)/other", "LOC-L3", 3),
        ] {
            let scans =
                [place, "SN-7"].map { ["scan", $0] }
                + [["command", "MODE:COUNT"], ["scan", "LOC-A1"]]
                + Array(repeating: ["scan", "4006381333931"], count: count)
                + [["command", "BATCH:CLOSE"]]
            for words in scans { try control(state, words) }
            let code = try hub(["enrol-code"]).split(separator: "\n").last ?? ""
            try control(state, ["enrol", rig.hubURL, String(code)])
            try control(state, ["sync", "--wait", "30"])
        }
        return other
    }

    private func control(_ state: String, _ arguments: [String]) throws {
        let result = try Programs.run("scanstationctl", arguments + ["--state", state])
        #expect(result.status == 0, "\(arguments): \(result.errors)")
    }

    @Test func whatStationsDisagreeOnIsSettledHere() throws {
        let other = try disagree()
        defer { other.kill() }
        try setUp()
        try show("/work")
        try browser.wait(for: "One piece at two places")
        try browser.submit("3", to: "[name=quantity]")
        try browser.wait("!document.body.innerText.includes('Count again')")
        try browser.wait("document.readyState === 'complete'")
        try browser.click("article form[action$='/choose'] button")
        try browser.wait(for: "Nobody disagrees.")
        #expect(try hub(["conflicts"]) == "Nobody disagrees.\n")
        #expect(try hub(["audit", "list"]).components(separatedBy: "conflict-settled").count == 3)
        try show("/stock?item=4006381333931")
        try browser.wait(for: "LOC-A1", in: "table")
    }

    @Test func everyPageIsForEverybody() throws {
        let other = try disagree()
        defer { other.kill() }
        try show("/login")
        try browser.wait(for: "Log in", in: "h1")
        try look("login", 1280, false)
        try setUp()
        _ = try hub(["user", "add", "a.very.long.name.of.somebody", "--role", "operator"])
        _ = try hub(["token", "create", "--name", "erp", "--role", "integrator"])
        let pages = [
            ("overview", "/"), ("stock", "/stock"), ("work", "/work"),
            ("quarantine", "/quarantine"), ("stations", "/stations"), ("users", "/users"),
            ("activity", "/activity"), ("account", "/account"),
            ("factor", "/account/second-factor"), ("nothing", "/nothing"),
        ]
        for (width, isDark) in [(1280, false), (1280, true), (390, false)] {
            for (name, path) in pages {
                try show(path, width, isDark)
                try look(name, width, isDark)
            }
        }
        #expect(browser.complaints == [])
    }

    private func show(_ path: String, _ width: Int = 1280, _ isDark: Bool = false) throws {
        try browser.show(address + path, width: width, isDark: isDark)
        // What makes it look as it does comes after it.
        try browser.wait("document.readyState === 'complete'")
    }

    private func look(_ name: String, _ width: Int, _ isDark: Bool) throws {
        let faults = try browser.run(AccessibilityCheck.script) as? [String]
        #expect(faults == [], "\(name), \(width), dark: \(isDark)")
        guard let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        try browser.picture().write(
            to: URL(filePath: "\(folder)/hub-\(name)-\(width)\(isDark ? "-dark" : "").png"))
    }
}
