import DriverKit
import Scans
import Testing

@testable import Serial

@Suite struct SerialDecoderTests {
    @Test func aLineTellsHowLongItTook() {
        var decoder = SerialDecoder(options: SerialOptions())

        #expect(decoder.push(Array("12".utf8), at: .milliseconds(1000)) == [])
        #expect(decoder.patience == .milliseconds(100))
        let steps = decoder.push(Array("3\r45\r6".utf8), at: .milliseconds(1030))

        #expect(
            steps == [
                line("123", .carriageReturn, .milliseconds(30)), line("45", .carriageReturn, .zero),
            ])
        #expect(decoder.push(Array("7".utf8), at: .milliseconds(1040)) == [])
        #expect(decoder.quiet() == .discarded(.unfinished))
    }

    @Test func silenceEndsALineOfAScannerWithoutASuffix() {
        var decoder = SerialDecoder(options: SerialOptions())
        for start in [0, 1000] {
            _ = decoder.push(Array("6".utf8), at: .milliseconds(start))
            _ = decoder.push(Array("7".utf8), at: .milliseconds(start + 10))
            #expect(decoder.patience == .milliseconds(100))
            #expect(decoder.quiet() == line("67", .quietGap, .milliseconds(10)))
            #expect(decoder.patience == nil)
        }
    }

    @Test func theRestOfAStalledLineIsWaitedForAndThrownAway() {
        var decoder = SerialDecoder(options: SerialOptions())
        _ = decoder.push(Array("1\r40063".utf8), at: .zero)

        #expect(decoder.quiet() == .discarded(.unfinished))
        #expect(decoder.patience == SerialOptions.remainderLimit)
        #expect(decoder.push(Array("81333931\r".utf8), at: .milliseconds(300)) == [])
        let steps = decoder.push(Array("22\r".utf8), at: .milliseconds(400))
        #expect(steps == [line("22", .carriageReturn, .zero)])
    }

    @Test func aStalledLineWithoutARestSpoilsNothing() {
        var decoder = SerialDecoder(options: SerialOptions())
        _ = decoder.push(Array("1\r40063".utf8), at: .zero)

        #expect(decoder.quiet() == .discarded(.unfinished))
        #expect(decoder.quiet() == nil)
        #expect(decoder.patience == nil)
        let steps = decoder.push(Array("22\r".utf8), at: .seconds(2))
        #expect(steps == [line("22", .carriageReturn, .zero)])
    }

    @Test func withACertainEndingSilenceTearsTheLineLate() {
        var decoder = SerialDecoder(options: SerialOptions(ending: .carriageReturn))
        _ = decoder.push([0x31], at: .zero)

        #expect(decoder.patience == SerialOptions.unfinishedLimit)
        #expect(decoder.quiet() == .discarded(.unfinished))
    }

    @Test(
        arguments: [
            (["ending": OptionValue.text("crlf"), "speed": .integer(115_200)], nil),
            (["speed": .integer(12_345)], "speed"), (["data-bits": .integer(9)], "data-bits"),
            (["parity": .text("mark")], "parity"), (["ending": .text("CR")], "ending"),
            (["quiet-gap-milliseconds": .integer(9)], "quiet-gap-milliseconds"),
            (["length-limit-bytes": .integer(65_537)], "length-limit-bytes"),
            (["layout": .text("us")], "layout"),
        ] as [([String: OptionValue], String?)])
    func optionsAreChecked(given: [String: OptionValue], blamed: String?) {
        var key: String?
        do {
            _ = try SerialDriver.kind.make(given)
        } catch {
            key = (error as? OptionError)?.key
        }
        #expect(key == blamed)
    }

    @Test(
        arguments: [
            ("/dev/ttyACM0", nil, Claim.generic), ("/dev/ttyUSB1", nil, .generic),
            ("/dev/ttyS0", nil, nil), ("/dev/ttyS0", "serial", .certain),
            ("/dev/pts/3", "serial", .certain), ("/dev/ttyACM0", "wedge", nil),
        ] as [(String, String?, Claim?)])
    func claimsWhatIsDesignatedAndProposesUSB(node: String, designated: String?, claim: Claim?) {
        let device = DeviceDescriptor(
            name: "x", designatedDriver: designated.map { DriverName(rawValue: $0) }, node: node,
            subsystem: .tty)

        #expect(SerialDriver().claim(device) == claim)
    }

    private func line(
        _ text: String, _ ending: LineTrace.Ending, _ span: Duration
    ) -> SerialDecoder.Step {
        .line(Array(text.utf8), LineTrace(ending: ending, span: span))
    }
}
