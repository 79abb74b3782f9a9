import EmulatedNFC
import ScanTesting
import Testing

@testable import NFC

/// Tags come, lie there, move and go.
@Suite struct TapTests {
    private static let pause = NFCOptions.with { $0.repeatPause = .zero }

    @Test func aTagThatLiesThereIsOneTap() throws {
        let counter = try Counter(Self.pause)
        counter.reader.place(try TagSpecification("ntag213:text=A").tag, as: "a")
        #expect(eventually { counter.run.count == 1 })
        #expect(counter.settle(rounds: 5))
        #expect(counter.run.texts == ["A"])
    }

    @Test func aTagThatLeftAndCameBackIsAnother() throws {
        let counter = try Counter(Self.pause)
        let tag = try TagSpecification("ntag213:text=A").tag
        for count in 1...3 {
            counter.reader.place(tag, as: "a")
            #expect(eventually { counter.run.count == count })
            counter.reader.remove("a")
            #expect(counter.settle())
        }
    }

    @Test func aTagThatOnlyMovedIsNot() throws {
        let counter = try Counter(.with { $0.repeatPause = .seconds(60) })
        let tag = try TagSpecification("ntag213:text=A").tag
        for _ in 1...3 {
            counter.reader.place(tag, as: "a")
            #expect(counter.settle())
            counter.reader.remove("a")
            #expect(counter.settle())
        }
        #expect(counter.run.texts == ["A"])
    }

    @Test func twoTagsInTheFieldAreTwoTaps() throws {
        let counter = try Counter(Self.pause)
        let kinds = ["ntag213:text=A", "ntag215:text=B", "type4:text=C"]
        for (index, kind) in kinds.enumerated() {
            counter.reader.place(try TagSpecification(kind).tag, as: "\(index)")
        }
        #expect(eventually { counter.run.count == 3 })
        #expect(counter.settle(rounds: 5))
        #expect(Set(counter.run.texts) == ["A", "B", "C"])
        #expect(counter.run.count == 3)
    }

    @Test func aTagChangedForAnotherIsATapOfTheOther() throws {
        let counter = try Counter(Self.pause)
        counter.reader.place(try TagSpecification("ntag213:text=A").tag, as: "a")
        #expect(eventually { counter.run.count == 1 })
        counter.reader.place(try TagSpecification("ntag213:text=B").tag, as: "a")
        #expect(eventually { counter.run.count == 2 })
        #expect(counter.run.texts == ["A", "B"])
    }

    /// However early it is torn away: a refusal or the whole, and never a part.
    @Test(arguments: ["ntag215", "type4", "felica"])
    func aTornTagIsNeverHalfRead(kind: String) throws {
        let counter = try Counter(Self.pause)
        let text = String(repeating: "0123456789", count: 12)
        for exchanges in [0, 1, 3, 6] {
            let before = counter.outcomes
            counter.reader.tearAway("a", after: exchanges)
            counter.reader.place(try TagSpecification("\(kind):text=\(text)").tag, as: "a")
            #expect(eventually { counter.outcomes > before })
            counter.reader.remove("a")
            #expect(counter.settle(rounds: 1))
        }
        #expect(counter.run.texts.allSatisfy { $0 == text })
        #expect(counter.run.refusals.allSatisfy { $0 == "nfc-torn" })
        #expect(counter.run.refusals.count > 1)
    }

    /// Each fault of the wire, at the select and at the reading: one capture, the right one.
    @Test(arguments: LinkFault.ofTheLink)
    func aFaultOfTheWireCostsNoTap(fault: LinkFault) throws {
        let counter = try Counter(Self.pause)
        for command in [EmulatedCommand.list, EmulatedCommand.exchange] {
            counter.reader.spoil(fault, command: command)
            #expect(try counter.tap("ntag213:text=A", as: "\(command)"), "\(fault) at \(command)")
            #expect(counter.settle(rounds: 1))
        }
        #expect(counter.run.texts == ["A", "A"])
        #expect(counter.run.refusals == [])
        #expect(counter.run.ending == nil)
    }
}
