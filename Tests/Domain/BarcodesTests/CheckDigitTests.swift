import Barcodes
import Testing

@Suite struct CheckDigitTests {
    static let known: [(digits: String, check: UInt8?)] = [
        ("400638133393", 1), ("7351353", 7), ("03600029145", 2), ("1061414100041", 5),
        ("10614141234567890", 8), ("0", 0), ("5", 5), ("", nil), ("12a", nil), ("１２", nil),
    ]

    @Test(arguments: known)
    func follows(digits: String, check: UInt8?) {
        #expect(CheckDigit.following(digits) == check)
        if let check { #expect(CheckDigit.isRight(in: digits + String(check))) }
    }

    /// What the digit is for: every mistaken digit shows.
    @Test(arguments: ["4006381333931", "73513537", "106141412345678908"])
    func findsEveryWrongDigit(number: String) {
        let digits = Array(number.utf8)
        for index in digits.indices {
            for wrong in UInt8(ascii: "0")...UInt8(ascii: "9") where wrong != digits[index] {
                var mistaken = digits
                mistaken[index] = wrong
                #expect(!CheckDigit.isRight(in: String(decoding: mistaken, as: UTF8.self)))
            }
        }
    }

    @Test func isNeverRightInNothing() {
        #expect(!CheckDigit.isRight(in: ""))
        #expect(!CheckDigit.isRight(in: "0"))
        #expect(!CheckDigit.isRight(in: "abc"))
    }
}
