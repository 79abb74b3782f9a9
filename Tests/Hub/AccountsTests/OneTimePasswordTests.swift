import Foundation
import Testing

@testable import Accounts

@Suite struct OneTimePasswordTests {
    /// RFC 6238, appendix B, SHA-1.
    static let vectors: [(seconds: Int64, text: String)] = [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ]

    private let password = OneTimePassword(key: Data("12345678901234567890".utf8))

    @Test(arguments: vectors)
    func isThatOfTheStandard(seconds: Int64, text: String) {
        #expect(password.text(at: seconds / 30, digits: 8) == text)
        #expect(password.text(at: seconds / 30) == text.suffix(6))
    }

    @Test func aTelephoneMayBeOneStepOffAndNoMore() {
        let now: Int64 = 1_000_000
        let step = now / 30
        for offset: Int64 in -2...2 {
            let found = password.step(of: password.text(at: step + offset), seconds: now, after: 0)
            #expect(found == (abs(offset) <= 1 ? step + offset : nil))
        }
    }

    @Test func aCodeIsGoodOnce() {
        let now: Int64 = 1_000_000
        let step = now / 30
        #expect(password.step(of: password.text(at: step), seconds: now, after: step) == nil)
        #expect(password.step(of: password.text(at: step - 1), seconds: now, after: step) == nil)
        #expect(
            password.step(of: password.text(at: step + 1), seconds: now, after: step) == step + 1)
    }

    @Test(arguments: ["", "12345", "1234567", "abcdef", "٠٠٠٠٠٠"])
    func whatIsNoCodeIsNone(typed: String) {
        #expect(password.step(of: typed, seconds: 1_000_000, after: 0) == nil)
    }

    /// RFC 4648, section 10, without the padding.
    @Test(arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
        ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
    ])
    func keysAreWrittenAsTheStandardSays(bytes: String, text: String) {
        #expect(Base32.text(Data(bytes.utf8)) == text)
    }

    @Test func aTelephoneIsToldWhoAndWhere() throws {
        let name = try UserName("ada", tenant: "north")
        #expect(
            password.link(for: name)
                == "otpauth://totp/ScanStation:ada%40north?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=ScanStation")
        #expect(password.keyText.hasPrefix("GEZD GNBV "))
    }
}
