import ScanTesting
import Testing

@testable import OperatorGrants

@Suite struct CredentialTests {
    static let pins: [(text: String, isGood: Bool)] = [
        ("123456", true), ("012345678901", true), ("12345", false), ("0123456789012", false),
        ("12345a", false), ("", false), ("١٢٣٤٥٦", false), ("12 456", false), ("-12345", false),
    ]

    @Test(arguments: pins)
    func aPINHasSixToTwelveDigits(text: String, isGood: Bool) {
        #expect(((try? PIN(text)) != nil) == isGood)
    }

    static let weak: [(text: String, isWeak: Bool)] = [
        ("000000", true), ("123456", true), ("987654", true), ("4567890", false),
        ("111112", false), ("271828", false), ("135791", false), ("246802", false),
    ]

    @Test(arguments: weak)
    func whatThievesTryFirstIsWeak(text: String, isWeak: Bool) throws {
        #expect(try PIN(text).isWeak == isWeak)
    }

    @Test func aPINIsNeverPrinted() throws {
        let pin = try PIN("271828")
        var dumped = ""
        dump(pin, to: &dumped)
        for text in ["\(pin)", String(reflecting: pin), String(describing: [pin]), dumped] {
            #expect(!text.contains("271828") && !text.contains("50"), "\(text)")
        }
    }

    @Test func onlyTheRightPINMatches() throws {
        let hash = try PINHash(try PIN("271828"), rounds: 1 << 10)
        #expect(try hash.matches(try PIN("271828")))
        for wrong in ["271829", "2718280", "827182"] {
            #expect(try !hash.matches(try PIN(wrong)))
        }
    }

    /// Two operators of one PIN don't show it.
    @Test func everyHashHasASaltOfItsOwn() throws {
        let pin = try PIN("271828")
        let (one, other) = (try PINHash(pin, rounds: 1 << 10), try PINHash(pin, rounds: 1 << 10))
        #expect(one.salt != other.salt && one.bytes != other.bytes)
    }

    @Test func theStandardCostIsOneThatStationsTake() throws {
        let hash = try PINHash(try PIN("271828"))
        #expect(hash.rounds == 1 << 15)
        #expect(PINHash(salt: hash.salt, rounds: hash.rounds, hash: hash.bytes) == hash)
    }

    static let badges: [(text: String, value: String?)] = [
        ("uid:04a1b2c3d4e5f6", "04A1B2C3D4E5F6"), ("dna:04A1B2C3D4E5F6", "04A1B2C3D4E5F6"),
        ("uid:04A1B2C3", "04A1B2C3"), ("uid:04A1B2C3D4E5", nil), ("uid:04A1B2C3D4E5FG", nil),
        ("code:BADGE:7", "BADGE:7"), ("code:12345", nil), ("nfc:04A1B2C3", nil), ("uid", nil),
    ]

    @Test(arguments: badges)
    func aBadgeIsReadFromItsText(text: String, value: String?) {
        #expect(Badge(text)?.value == value)
    }

    /// Or a badge with a copied number would do where one with a key is asked for.
    @Test func aMarkIsOfOneKindAndOneTenant() throws {
        let number = "04A1B2C3D4E5F6"
        let marks = try [Badge.Kind.dna, .uid].flatMap { kind in
            let badge = try #require(Badge(kind, number))
            return [badge.mark(tenant: "main"), badge.mark(tenant: "other")]
        }
        #expect(Set(marks.map(\.bytes)).count == 4)
    }

    @Test func eachRoleMayWhatTheOnesBeforeMay() {
        #expect(OperatorRole.viewer < .operator && .operator < OperatorRole.supervisor)
    }
}
