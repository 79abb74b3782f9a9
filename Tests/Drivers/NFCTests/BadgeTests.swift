import EmulatedNFC
import ScanTesting
import Scans
import TagSecurity
import Testing

@testable import NFC

@Suite struct BadgeTests {
    private static let master = AESKey([UInt8](repeating: 0x5A, count: 16))
    private static let uid: [UInt8] = [0x04, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66]

    @Test func aBadgeThatProvesItsKeyIsOne() throws {
        let master = try #require(Self.master)
        let counter = try Counter(.with { $0.badges = .dna(master: master) })
        let key = BadgeProof.key(of: Self.uid, master: master)
        #expect(try counter.tap("dna:uid=\(Self.uid.hexadecimal),key=\(key.hexadecimal)"))
        #expect(counter.run.texts == ["%SS:BADGE:04112233445566"])
        #expect(
            counter.run.payloads == [
                .badge(ShownBadge(number: "04112233445566", isProven: true))
            ])
    }

    /// The key of another badge, the master key itself, no key at all.
    @Test func aCopyOfTheNumberIsNoBadge() throws {
        let master = try #require(Self.master)
        let other = BadgeProof.key(of: [4, 1, 2, 3, 4, 5, 6], master: master).hexadecimal
        let counter = try Counter(
            .with {
                $0.badges = .dna(master: master)
                $0.repeatPause = .zero
            })
        let uid = Self.uid.hexadecimal
        let copies = [
            "dna:uid=\(uid),key=\(other)", "dna:uid=\(uid),key=\(master.hexadecimal)",
            "type4:uid=\(uid)", "ntag215:uid=\(uid)",
        ]
        for (index, copy) in copies.enumerated() {
            #expect(try counter.tap(copy, as: "\(index)"))
            #expect(counter.settle(rounds: 4))
        }
        #expect(counter.run.texts == copies.map { _ in "UID-\(uid)" })
    }

    @Test func aNumberIsABadgeWhereTheRuleSaysSo() throws {
        let counter = try Counter(
            .with {
                $0.badges = .number
                $0.repeatPause = .zero
            })
        #expect(try counter.tap("ntag213:uid=04A1B2C3D4E5F6", as: "a"))
        #expect(try counter.tap("ntag213:uid=04A1B2C3D4E5F7,text=ITEM", as: "b"))
        #expect(try counter.tap("classic:uid=08A1B2C3", as: "c"))
        #expect(counter.run.texts == ["%SS:BADGE:04A1B2C3D4E5F6", "ITEM"])
        #expect(
            counter.run.payloads.first
                == .badge(ShownBadge(number: "04A1B2C3D4E5F6", isProven: false)))
        #expect(counter.run.refusals == ["nfc-random-number"])
    }

    /// A message that spells a badge out is a code like any other.
    @Test func aTagThatSaysItIsABadgeIsNone() throws {
        let master = try #require(Self.master)
        let counter = try Counter(.with { $0.badges = .dna(master: master) })
        #expect(try counter.tap("ntag213:uid=04A1B2C3D4E5F7,text=%SS:BADGE:04112233445566"))
        #expect(counter.run.payloads == [.code(Array("%SS:BADGE:04112233445566".utf8))])
    }
}
