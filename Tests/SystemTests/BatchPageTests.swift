import Foundation
import Testing

/// The batch screen in a real browser, served by the real daemon.
@Suite(.serialized, .disabled(if: Browser.isMissing, "Debian's package chromium is missing"))
struct BatchPageTests {
    private static let delivery = """
        item,lot,quantity,sscc,name
        4006381333931,,3,,Ballpoint pens blue
        09521234543213,L7,2,106141412345678908,Strawberry jam 250 g
        5901234123457,,1,,Green tea with mint and lemon grass from the hills
        """
    private static let jam = "]C1010952123454321310"
    private static let box = "]C100106141412345678908"

    private let rig: Rig
    private let browser: Browser
    private let address: String

    init() throws {
        rig = try Rig()
        let port = try FreePort.find()
        address = "http://127.0.0.1:\(port)"
        try rig.startStation("", more: ["--listen", "127.0.0.1:\(port)"])
        browser = try Browser()
        try Data(Self.delivery.utf8).write(to: URL(filePath: "\(rig.folder)/ASN-4711.csv"))
    }

    private func expect() throws {
        try rig.successfully(["batch", "expect", "\(rig.folder)/ASN-4711.csv"])
    }

    @Test func aDeliveryIsWatchedAsItComes() throws {
        try browser.show("\(address)/#batches")
        try browser.wait(for: "Nothing scanned yet", in: ".lines")
        try browser.click("#choose")
        try browser.wait(for: "Receiving", in: "dialog")
        try browser.click("dialog .keys button")
        try browser.wait(for: "Receiving", in: ".sum .chip")

        try expect()
        try browser.wait(for: "0 of 6", in: ".huge")
        try rig.successfully(["scan", "4006381333931"])
        try browser.wait(for: "1 of 6", in: ".huge")
        try browser.wait(for: "1 / 3", in: ".list")
        try rig.successfully(["scan", Self.box])
        try browser.wait(for: "106141412345678908", in: ".in-unit")
        try rig.successfully(["scan", Self.jam + "L8"])
        try browser.wait(for: "wrong lot", in: ".list")
        try browser.wait(for: "1 wrong", in: ".verdict")
        try browser.click("#undo")
        try browser.wait("!document.querySelector('[data-state=stray]')")
        try browser.click("#unit-out")
        try browser.wait("!document.querySelector('.in-unit')")
        try browser.click("#close-batch")
        try browser.wait("!document.querySelector('#close-batch')")
        #expect(browser.complaints == [])
    }

    @Test func aRepeatIsAskedAboutAndAnsweredByTouch() throws {
        try rig.successfully(["batch", "profile", "stocktake"])
        try browser.show("\(address)/#batches")
        try rig.successfully(["scan", "TEA"])
        _ = try rig.control(["scan", "TEA"])
        try browser.click("#count-again")
        try browser.wait(for: "2 pieces", in: ".huge")
        try browser.wait("!document.querySelector('.asked')")
        #expect(browser.complaints == [])
    }

    /// Names, labels, contrast and size, at every stage, light and dark, small and large.
    @Test(arguments: [(800, 480), (1280, 800), (390, 780)])
    func everyStageIsAccessible(width: Int, height: Int) throws {
        var isDark = width == 800
        func look(_ name: String) throws {
            try browser.show("\(address)/#batches", width: width, height: height, isDark: isDark)
            try browser.wait("document.querySelector('.lines')?.childElementCount > 0")
            let faults = try browser.run(AccessibilityCheck.script) as? [String]
            #expect(faults == [], "\(name), \(width) × \(height), dark: \(isDark)")
            try keepPicture("batch-\(name)-\(width)")
            isDark.toggle()
        }
        try look("empty")
        for code in ["4006381333931", Self.box, Self.jam + "L7"] {
            try rig.successfully(["scan", code])
        }
        try look("free")
        try rig.successfully(["batch", "profile", "receiving"])
        try expect()
        try look("begun")
        for code in ["4006381333931", Self.box, Self.jam + "L7", Self.jam + "L8", "JAM"] {
            _ = try rig.control(["scan", code])
        }
        try look("mixed")
        try rig.successfully(["batch", "profile", "stocktake"])
        for _ in 0..<2 { _ = try rig.control(["scan", "TEA"]) }
        try look("asked")
        let paper =
            try browser.run(
                "fetch(document.querySelector('#paper').href).then((a) => a.text())") as? String
        #expect(paper?.contains("<h1>Counted at DOCK</h1>") == true)
        #expect(browser.complaints == [])
    }

    /// Where `SCREENSHOTS` says, for people to look at.
    private func keepPicture(_ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["SCREENSHOTS"] else { return }
        try browser.picture().write(to: URL(filePath: "\(folder)/\(name).png"))
    }
}
