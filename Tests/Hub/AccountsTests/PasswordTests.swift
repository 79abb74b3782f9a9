import Foundation
import Testing

@testable import Accounts

@Suite struct PasswordTests {
    static let rules: [(text: String, weakness: AccountError.Weakness?)] = [
        ("elevenchars", .length), ("twelve chars", nil),
        (String(repeating: "abcde", count: 40), nil),
        (String(repeating: "abcde", count: 40) + "f", .length),
        ("aaaaaaaaaaaaaaaa", .common), ("abababababab", .common), ("abcdefghijklmn", .common),
        ("Password1234", .common), ("my name is ADA-LOVELACE", .holdsName),
        ("vier Wörter tun es gut", nil),
    ]

    @Test(arguments: rules)
    func isChosenWell(text: String, weakness: AccountError.Weakness?) throws {
        let name = try UserName("ada-lovelace", tenant: "main")
        do {
            _ = try Password(choosing: text, for: name)
            #expect(weakness == nil)
        } catch {
            #expect(error == weakness.map { .passwordWeak($0) })
        }
    }

    @Test func onlyItsOwnHashMatches() throws {
        let hash = try PasswordHash(Password(typed: "correct horse"), rounds: 1024)
        #expect(try hash.matches(Password(typed: "correct horse")))
        #expect(try !hash.matches(Password(typed: "correct horsf")))
        #expect(try !hash.matches(Password(typed: "")))
        #expect(try !PasswordHash.nobody(rounds: 1024).matches(Password(typed: "")))
    }

    /// Keyboards differ in how they make a letter with an accent.
    @Test func oneLetterIsOneLetterHoweverItIsTyped() throws {
        let hash = try PasswordHash(Password(typed: "caf\u{E9}"), rounds: 1024)
        #expect(try hash.matches(Password(typed: "cafe\u{301}")))
    }

    @Test func twoHashesOfOnePasswordDiffer() throws {
        let password = Password(typed: "correct horse")
        let (one, other) = (
            try PasswordHash(password, rounds: 1024), try PasswordHash(password, rounds: 1024)
        )
        #expect(one.salt != other.salt && one.hash != other.hash)
    }

    @Test func aRowThatAsksForTooMuchOrTooLittleIsNone() {
        let (salt, hash) = (Data(repeating: 1, count: 16), Data(repeating: 2, count: 32))
        for (rounds, isGood) in [
            (UInt32(512), false), (1024, true), (1 << 18, true), (1 << 19, false), (1500, false),
        ] {
            #expect((PasswordHash(salt: salt, rounds: rounds, hash: hash) != nil) == isGood)
        }
        #expect(PasswordHash(salt: salt.dropLast(), rounds: 1024, hash: hash) == nil)
        #expect(PasswordHash(salt: salt, rounds: 1024, hash: hash.dropLast()) == nil)
    }

    @Test func isNotPrinted() {
        let password = Password(typed: "correct horse")
        var dumped = ""
        dump(password, to: &dumped)
        #expect(!"\(password) \(String(reflecting: password)) \(dumped)".contains("horse"))
    }

    static let names: [(typed: String, name: String?)] = [
        ("ada", "ada"), (" Ada ", "ada"), ("ada@main", "ada"), ("ADA@North", "ada@north"),
        ("a.b-c_d", "a.b-c_d"), ("müller", "müller"), ("", nil), ("@main", nil), ("a@b@c", nil),
        ("a b", nil), ("a<b", nil), ("a/b", nil), ("a\u{1D}b", nil),
        (String(repeating: "a", count: 64), String(repeating: "a", count: 64)),
        (String(repeating: "a", count: 65), nil),
    ]

    @Test(arguments: names)
    func namesAreReadAsTyped(typed: String, name: String?) {
        #expect(UserName(typed: typed)?.description == name)
    }
}
