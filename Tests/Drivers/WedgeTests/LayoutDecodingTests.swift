import DriverKit
import Keymaps
import LinuxIO
import ScanTesting
import Testing

@testable import Wedge

/// Complaint 2 of the field: the wrong layout garbles what was scanned.
@Suite struct LayoutDecodingTests {
    static let codes = [
        "4006381333931", "LOC-A1/B2", "https://id.gs1.org/01/09521234543213?17=261231",
        "%SS:MODE:COUNT", "a@b_c#d(e)f+g=h;i'j\"k", "~^`{}[]\\|<>", "0109521234543213\u{1D}10ABC",
    ]

    /// What a scanner of a layout types is read as what was printed, for every layout.
    @Test(arguments: KeyboardLayout.names)
    func readsWhatWasPrinted(name: String) throws {
        let layout = try KeyboardLayout.named(name)
        let keyboard = PlayedKeyboard(layout)
        var read = 0
        for code in Self.codes {
            guard let events = keyboard.events(typing: code) else { continue }
            #expect(line(events, layout) == code)
            read += 1
        }
        #expect(read >= 4, "\(name) types too few codes")
    }

    @Test(arguments: ["de", "fr", "es", "ch", "se", "pt", "us-intl"])
    func accentsComeByDeadKeys(name: String) throws {
        let layout = try KeyboardLayout.named(name)
        let keyboard = PlayedKeyboard(layout)
        let accent = try #require(keyboard.events(typing: "^"))
        let letter = try #require(keyboard.events(typing: "e"))
        #expect(line(accent, layout) == "^")
        // Without the space that makes the accent stand alone.
        let dead = Array(accent.prefix { $0 != .pressed(.space) })
        guard dead.count < accent.count else { return }
        #expect(line(dead + letter, layout) == "ê")
        #expect(line(dead, layout) == "^")
        #expect(line(dead + dead, layout) == "^^")
        #expect(line(dead + [.pressed(.digit1), .released(.digit1)], layout)?.first == "^")
    }

    @Test func anAccentOfASpoiltLineIsForgotten() throws {
        let layout = try KeyboardLayout.named("de")
        var decoder = KeystrokeDecoder(options: WedgeOptions(layout: layout, ending: .enter))
        for event in try KeyScript("grave f5 enter a enter").events {
            if case .line(let text, _) = decoder.push(event) { #expect(text == "a") }
        }
    }

    @Test func theOptionNamesALayout() throws {
        let options = try WedgeOptions(
            OptionTable(["layout": .text("de")], for: WedgeDriver.kind))
        #expect(options.layout.name == "de")
        #expect(throws: (any Error).self) { try WedgeDriver.kind.make(["layout": .text("xx")]) }
    }

    private func line(_ events: [InputEvent], _ layout: KeyboardLayout) -> String? {
        var decoder = KeystrokeDecoder(options: WedgeOptions(layout: layout))
        for event in events + PlayedKeyboard.tap(.enter) {
            if case .line(let text, _) = decoder.push(event) { return text }
        }
        return nil
    }
}
