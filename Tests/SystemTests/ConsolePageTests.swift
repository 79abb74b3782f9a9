import Foundation
import LinuxIO
import Testing

/// The operator's page in a real browser, served by the real daemon.
@Suite(.serialized, .disabled(if: Browser.isMissing, "Debian's package chromium is missing"))
struct ConsolePageTests {
    private static let screens = [
        "now", "pick", "lookup", "tasks", "devices", "outbox", "health", "settings",
    ]

    private let rig: Rig
    private let browser: Browser
    private let scanner: PlayedScanner
    private let address: String

    init() throws {
        rig = try Rig()
        try rig.startHub()
        scanner = try PlayedScanner(link: "\(rig.folder)/gate")
        let port = try FreePort.find()
        address = "http://127.0.0.1:\(port)"
        try rig.startStation(
            scanner.configuration("gate"), more: ["--listen", "127.0.0.1:\(port)"])
        try rig.enrol()
        browser = try Browser()
    }

    @Test func aBatchFromTheScannerIsFollowedTakenBackAndClosed() throws {
        try browser.show("\(address)/#now")
        try scan("4006381333931", "4006381333931", "5901234123457")
        try browser.wait(for: "05901234123457", in: ".shout")
        try browser.wait("document.querySelector('#pieces')?.innerText === '3'")

        try browser.click("#undo")
        try browser.wait(for: "Taken back", in: ".shout")
        try browser.wait("document.querySelector('#pieces')?.innerText === '2'")

        try browser.click("#close-batch")
        try browser.wait(for: "No open batch", in: ".batch")
        #expect(try stock(of: "4006381333931") == "2")
        #expect(browser.complaints == [])
    }

    @Test func aTypedCodeAndAQuantityCountLikeScans() throws {
        try browser.show("\(address)/#now", width: 800, height: 480)
        try rig.successfully(["scan", "%SS:QTY:12"])
        try browser.submit("4006381333931", to: "#typed")
        try browser.wait(for: "12 ×", in: ".shout")
        try browser.submit("]E04006381333932", to: "#typed")
        try browser.wait("document.querySelector('.shout').dataset.signal === 'error'")
        try browser.wait(for: "check digit", in: ".shout")
    }

    @Test func aHubThatGoesAwayIsToldAndHoldsUpNobody() throws {
        try browser.show("\(address)/#now")
        try browser.wait(for: "All sent", in: "#link")
        rig.killHub()
        try scan("4006381333931")
        try browser.wait(for: "Go on scanning", in: "#banner")
        try browser.wait(for: "waiting", in: "#waiting")
        try rig.startHub()
        try rig.successfully(["sync"])
        try browser.wait("document.querySelector('#banner').hidden")
        try browser.wait(for: "All sent", in: "#link")
    }

    @Test func aHeldOutboxSaysWhyUntilItIsReleased() throws {
        try browser.show("\(address)/#outbox", width: 800, height: 480)
        try browser.click("#hold")
        try browser.submit("stocktake", to: "dialog input[name=reason]")
        try browser.wait(for: "stocktake", in: "#screen")
        try scan("4006381333931")
        try browser.wait(for: "waiting", in: "#waiting")
        try browser.wait(for: "On hold", in: "#link")

        try browser.click("#release")
        try browser.wait(for: "All sent", in: "#link")
        #expect(browser.complaints == [])
    }

    @Test func aStationThatStopsIsToldAndFoundAgain() throws {
        try browser.show("\(address)/#now")
        rig.killStation()
        try browser.wait(for: "does not answer", in: "#banner")
        let port = address.split(separator: ":").last.map(String.init) ?? ""
        try rig.startStation(
            scanner.configuration("gate"), more: ["--listen", "127.0.0.1:\(port)"])
        try browser.wait("document.querySelector('#banner').hidden")
        try scan("5901234123457")
        try browser.wait(for: "05901234123457", in: ".shout")
    }

    @Test func aScannerIsAddedByScanningWithIt() throws {
        let second = try PlayedScanner(link: "\(rig.folder)/desk")
        try browser.show("\(address)/#devices", width: 800, height: 480)
        try browser.click("#add-scanner")
        try browser.wait(for: "plain serial port", in: "dialog")
        try browser.run("document.querySelector('dialog details').open = true")
        try browser.submit("\(rig.folder)/desk", to: "dialog input[name=path]")
        try browser.wait(for: "Listening to one device", in: "dialog")
        try second.expectAnswer(to: "hello").writeAll(Array("HELLO-1\r".utf8))
        try browser.wait(for: "HELLO-1", in: "dialog")
        try browser.submit("desk", to: "dialog input[name=name]")
        try browser.wait("!document.querySelector('dialog')")
        try browser.wait(for: "desk", in: ".cards")
        #expect(try rig.control(["devices", "--json"]).output.contains("\"desk\""))
    }

    @Test func itemsAreFoundWhileTheirNamesAreTypedAndUnknownCodesAreTaught() throws {
        let sheet = "\(rig.folder)/items.csv"
        try Data(
            "key,name,ean,case gtin,per case\nNUT,Hex nut,4006381333931,14006381333938,12\n".utf8
        )
        .write(to: URL(filePath: sheet))
        let taken = try Programs.run(
            "scanhub", ["catalogue", "import", sheet, "--data", rig.hubData])
        #expect(taken.status == 0, "\(taken.errors)")
        // A station that greets its hub anew asks for the catalogue at once.
        rig.killHub()
        try rig.startHub()
        try rig.successfully(["sync"])
        try browser.show("\(address)/#lookup")
        try browser.wait(
            "fetch('/v1/status').then(a => a.json()).then(s => s.catalogue?.position === 1)")
        try scan("14006381333938", "SUP-7")

        try browser.type("hex n", into: "#lookup-code")
        try browser.wait(for: "12 at", in: ".lookup")
        try browser.click(".lookup table button")
        try browser.wait("document.querySelector('.lookup .big')?.innerText === '12'")

        try browser.submit("SUP-7", to: "#lookup-code")
        try browser.wait(for: "doesn't know this code", in: "#teach")
        try browser.submit("NUT", to: "#teach-item")
        try browser.wait(for: "before they were known: 1 × SUP-7", in: ".lookup")
        #expect(browser.complaints == [])
    }

    @Test func whatIsScannedIsTextAndNeverMarkup() throws {
        try browser.show("\(address)/#now")
        let attack = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'"
        try browser.submit(attack, to: "#typed")
        try browser.wait(for: "<script>", in: ".shout")
        #expect(
            try browser.run("document.querySelectorAll('.shout img, .shout script').length")
                as? Int == 0)
        #expect(try browser.run("document.title") as? String != "taken")
    }

    /// Names, labels, contrast and size, on every screen, light and dark, small and large.
    @Test(arguments: [(800, 480), (1280, 800), (390, 780)])
    func everyScreenIsAccessible(width: Int, height: Int) throws {
        try scan("4006381333931", "4006381333932")
        for screen in Self.screens {
            for isDark in [false, true] {
                try browser.show(
                    "\(address)/#\(screen)", width: width, height: height, isDark: isDark)
                let faults = try browser.run(AccessibilityCheck.script) as? [String]
                #expect(faults == [], "\(screen), \(width) × \(height), dark: \(isDark)")
                try keepPicture("\(screen)-\(width)\(isDark ? "-dark" : "")")
            }
        }
        #expect(browser.complaints == [])
    }

    @Test func theCheckItselfSeesFaults() throws {
        try browser.show("\(address)/#settings")
        try browser.run(
            """
            document.querySelector('#screen').innerHTML = '<button style="min-height:20px">'
            + '</button><input><p style="color:#999;background:#fff">pale</p>'
            """)
        let faults = try browser.run(AccessibilityCheck.script) as? [String] ?? []
        for expected in ["has no name", "has no label", "contrast", "is small"] {
            #expect(faults.contains { $0.contains(expected) }, "\(expected) in \(faults)")
        }
    }

    private func scan(_ codes: String...) throws {
        for code in codes {
            try scanner.expectAnswer(to: code).writeAll(Array("\(code)\r".utf8))
        }
    }

    private func stock(of item: String) throws -> String {
        try browser.run("location.hash = 'lookup'")
        try browser.submit(item, to: "#lookup-code")
        try browser.wait("!!document.querySelector('.lookup .big')")
        return try browser.text(of: ".lookup .big")
    }

    /// Where `SCREENSHOTS` says, for people to look at.
    private func keepPicture(_ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        try browser.picture().write(to: URL(filePath: "\(folder)/\(name).png"))
    }
}
