/// All application identifiers, found by their digits.
///
/// The first two digits tell how many there are, so that a value needs no separator before it.
struct ApplicationIdentifierTable: Sendable {
    static let shared = ApplicationIdentifierTable(rows: rows)

    private var identifiers: [ApplicationIdentifier] = []
    /// For each number of up to four digits a place in `identifiers`, or -1.
    private var places = [Int16](repeating: -1, count: 10_000)
    /// For the first two digits how many there are in all, or 0.
    private var lengths = [UInt8](repeating: 0, count: 100)

    /// The identifier that some data begins with; nil when it begins with none.
    func identifier(beginning bytes: ArraySlice<UInt8>) -> ApplicationIdentifier? {
        let field = Field(bytes.prefix(4))
        guard field.count >= 2, field[0].isDigit, field[1].isDigit else { return nil }
        let length = Int(lengths[field[0..<2].number])
        guard length > 0, field.count >= length else { return nil }
        return identifier(of: field[0..<length].bytes)
    }

    /// The identifier that these bytes are; nil when they are none.
    func identifier(of bytes: ArraySlice<UInt8>) -> ApplicationIdentifier? {
        let field = Field(bytes)
        guard (2...4).contains(field.count), field.allSatisfy(\.isDigit) else { return nil }
        let place = Int(places[field.number])
        // 0010 is no 10: the number alone doesn't tell.
        guard place >= 0, identifiers[place].code.utf8.count == field.count else { return nil }
        return identifiers[place]
    }

    private init(rows: String) {
        for line in rows.split(separator: "\n") {
            guard let row = Row(line) else { continue }
            for code in row.codes { add(ApplicationIdentifier(code: code, row: row)) }
        }
    }

    private mutating func add(_ identifier: ApplicationIdentifier) {
        let code = Field(Array(identifier.code.utf8)[...])
        places[code.number] = Int16(identifiers.count)
        lengths[code[0..<2].number] = UInt8(code.count)
        identifiers.append(identifier)
    }
}

extension ApplicationIdentifierTable {
    var all: [ApplicationIdentifier] { identifiers }

    /// One line of the generated table.
    struct Row {
        let codes: [String]
        let flags: Substring
        let components: [Component]
        let partners: Partners
        let qualifiers: [[String]]?
        let title: String

        init?(_ line: Substring) {
            let columns = line.split(
                separator: "|", maxSplits: 4, omittingEmptySubsequences: false)
            guard columns.count == 5 else { return nil }
            codes = Self.codes(columns[0])
            flags = columns[1]
            components = columns[2].split(separator: " ").compactMap(Component.init(word:))
            var partners = Partners()
            var qualifiers: [[String]]?
            for word in columns[3].split(separator: " ") {
                let parts = word.split(separator: "=", maxSplits: 1)
                switch parts[0] {
                case "req": partners.demands.append(Self.demand(parts[1]))
                case "ex": partners.excluded += parts[1].split(separator: ",").map(String.init)
                case "dlpkey": qualifiers = Self.qualifiers(parts.dropFirst().first)
                default: return nil
                }
            }
            self.partners = partners
            self.qualifiers = qualifiers
            title = String(columns[4])
        }

        /// `3100-3105`, or one alone.
        private static func codes(_ column: Substring) -> [String] {
            let ends = column.split(separator: "-").compactMap { Int($0) }
            guard ends.count == 2 else { return [String(column)] }
            return (ends[0]...ends[1]).map(String.init)
        }

        /// `01+21,02`: 01 with 21, or 02.
        private static func demand(_ text: Substring) -> [[String]] {
            text.split(separator: ",").map { $0.split(separator: "+").map(String.init) }
        }

        /// `22,10,21/235`: one sequence or the other.
        private static func qualifiers(_ text: Substring?) -> [[String]] {
            guard let text else { return [[]] }
            return text.split(separator: "/").map {
                $0.split(separator: ",").map(String.init)
            }
        }
    }
}

extension Component {
    /// `N13,csum,gcppos1`, `X..20`, `[N4],hhmi`.
    fileprivate init?(word: Substring) {
        let parts = word.split(separator: ",")
        let form = parts[0].filter { $0 != "[" && $0 != "]" }
        guard let letter = form.utf8.first, let repertoire = Repertoire(rawValue: letter),
            let maximum = Int(form.drop { !$0.isNumber })
        else { return nil }
        self.repertoire = repertoire
        self.maximum = maximum
        minimum = form.contains("..") ? 1 : maximum
        isOptional = parts[0].hasPrefix("[")
        linters = parts.dropFirst().compactMap { Linter(rawValue: String($0)) }
    }
}
