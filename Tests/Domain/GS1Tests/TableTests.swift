import Testing

@testable import GS1

@Suite struct TableTests {
    private let all = ApplicationIdentifierTable.shared.all

    /// The figures are those of the dictionary that the table was made of.
    @Test func holdsTheWholeDictionary() {
        #expect(ApplicationIdentifierTable.rows.split(separator: "\n").count == 224)
        #expect(all.count == 541)
        #expect(all.count(where: \.isPredefinedLength) == 337)
        #expect(all.count(where: \.isLinkKey) == 16)
    }

    /// A name of a check that the code doesn't know would drop the check.
    @Test func knowsEveryCheckItNames() {
        for row in ApplicationIdentifierTable.rows.split(separator: "\n") {
            let columns = row.split(separator: "|", omittingEmptySubsequences: false)
            for component in columns[2].split(separator: " ") {
                for linter in component.split(separator: ",").dropFirst() {
                    #expect(Linter(rawValue: String(linter)) != nil, "\(linter)")
                }
            }
        }
    }

    @Test func findsEveryIdentifierByItsDigits() {
        for identifier in all {
            let data = Array((identifier.code + "999999").utf8)
            let table = ApplicationIdentifierTable.shared
            #expect(table.identifier(beginning: data[...])?.code == identifier.code)
            #expect(ApplicationIdentifier(code: identifier.code)?.title == identifier.title)
        }
    }

    @Test func knowsNoOthers() {
        let codes = Set(all.map(\.code))
        for number in 0..<10_000 {
            for length in 1...5 {
                let digits = String(number)
                let code = String(repeating: "0", count: max(0, length - digits.count)) + digits
                #expect((ApplicationIdentifier(code: code) != nil) == codes.contains(code))
            }
        }
    }

    /// An identifier of fixed length needs no FNC1 only if its digits alone tell the length.
    @Test func givesOneLengthToPredefinedValues() {
        for identifier in all where identifier.isPredefinedLength {
            #expect(identifier.minimumLength == identifier.maximumLength)
        }
    }
}
