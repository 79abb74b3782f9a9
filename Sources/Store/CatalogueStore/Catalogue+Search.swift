public import GRDB

/// One item that a search found.
public struct CatalogueMatch: Sendable, Equatable {
    public var item: CatalogueItem
    /// No item has the words as they were typed; this one has some that look like them.
    public var isGuess: Bool
}

extension Catalogue {
    public static let searchLimit = 100
    /// In bytes. What is longer is cut.
    static let queryLimitBytes = 200
    private static let wordsLimit = 8
    /// How many items are compared with what was typed, in each look.
    private static let candidatesLimit = 120
    /// How many look-alikes stand in for a word.
    private static let guessesLimit = 6

    /// Items by code, by how their code begins, and by words or how words begin; the best first.
    /// When there is none, words with typing errors are tried.
    public func search(
        _ text: String, limit: Int, in db: Database
    ) throws -> [CatalogueMatch] {
        let text = String(decoding: text.utf8.prefix(Self.queryLimitBytes), as: UTF8.self)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !text.isEmpty else { return [] }
        let words = Array(SearchWords.words(in: text).prefix(Self.wordsLimit))
        var found = try byCode(text, limit, db)
        found += try byWords(words.map { [$0] }, limit, db)
        let matches = try items(found, limit, isGuess: false, db)
        guard matches.isEmpty else { return matches }
        let guesses = try words.map { try self.guesses(for: $0, db) }
        guard !guesses.isEmpty, guesses.allSatisfy({ !$0.isEmpty }) else { return [] }
        return try items(try byWords(guesses, limit, db), limit, isGuess: true, db)
    }

    private func items(
        _ ids: [Int64], _ limit: Int, isGuess: Bool, _ db: Database
    ) throws -> [CatalogueMatch] {
        var seen: Set<Int64> = []
        return try ids.filter { seen.insert($0).inserted }.prefix(limit).compactMap { id in
            guard let row = try ItemRow.one(id: id, db), !row.isDeleted else { return nil }
            return CatalogueMatch(item: row.item, isGuess: isGuess)
        }
    }

    /// The whole code first, then codes that begin so. A GTIN may be typed without its zeros.
    private func byCode(_ text: String, _ limit: Int, _ db: Database) throws -> [Int64] {
        var ids: [Int64] = []
        if let owner = try ItemRow.owner(of: ItemPack.normalised(text), db) {
            ids.append(owner.id)
        }
        guard text.count >= 3 else { return ids }
        let isDigits = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let sql = """
            SELECT DISTINCT item FROM catalogue_code WHERE code >= ? AND code < ? LIMIT ?
            """
        for zeros in isDigits ? ["", "0", "00", "000000"] : [""] {
            let start = zeros + text
            ids += try Int64.fetchAll(
                db.cachedStatement(sql: sql),
                arguments: [start, start + "\u{10FFFF}", limit])
        }
        return ids
    }

    /// `words`: for each that was typed, those that may stand for it.
    private func byWords(
        _ words: [[String]], _ limit: Int, _ db: Database
    ) throws -> [Int64] {
        guard !words.isEmpty else { return [] }
        var ids: Set<Int64> = []
        for ending in ["", " *"] {
            let match = words.map { choices in
                "(" + choices.map { "\"\($0)\"\(ending)" }.joined(separator: " OR ") + ")"
            }.joined(separator: " AND ")
            ids.formUnion(try SearchIndex.matches(match, limit: Self.candidatesLimit, db))
        }
        return try ids.compactMap { try candidate($0, words, db) }.sorted(by: <)
            .prefix(limit).map(\.id)
    }

    private struct Candidate: Comparable {
        var id: Int64
        var score: Int
        var name: String
        var key: String

        static func < (a: Candidate, b: Candidate) -> Bool {
            (-a.score, a.name.count, a.name, a.key) < (-b.score, b.name.count, b.name, b.key)
        }
    }

    private func candidate(
        _ id: Int64, _ words: [[String]], _ db: Database
    ) throws -> Candidate? {
        let sql = "SELECT name, key, tags FROM catalogue_item WHERE id = ?"
        guard let row = try Row.fetchOne(db.cachedStatement(sql: sql), arguments: [id]) else {
            return nil
        }
        let (name, key): (String, String) = (row[0], row[1])
        let named = SearchWords.words(in: name)
        let others = SearchWords.words(in: key + " " + row[2])
        var score = 0
        for choices in words {
            score +=
                choices.enumerated().map { place, choice in
                    Self.score(choice, named, others) - 5 * place
                }.max() ?? 0
        }
        if let first = words.first?.first, named.first?.hasPrefix(first) == true { score += 3 }
        return Candidate(id: id, score: score, name: name, key: key)
    }

    /// A whole word of the name counts most, the beginning of one in the description least.
    private static func score(_ word: String, _ named: [String], _ others: [String]) -> Int {
        if named.contains(word) { return 40 }
        if named.contains(where: { $0.hasPrefix(word) }) { return 30 }
        if others.contains(word) { return 25 }
        if others.contains(where: { $0.hasPrefix(word) }) { return 20 }
        return 10
    }

    /// The words that `word` may be meant to be, the likeliest first; itself where it is short.
    private func guesses(for word: String, _ db: Database) throws -> [String] {
        guard word.count >= SearchIndex.guessFloor else { return [word] }
        let typed = Array(word.unicodeScalars)
        let limit = typed.count >= 8 ? 2 : 1
        let near = try SearchIndex.lookAlikes(of: word, db).compactMap { other in
            SearchWords.distance(
                typed, Array(other.unicodeScalars), limit: limit, isBeginning: true
            )
            .map { (word: other, distance: $0) }
        }
        return near.sorted {
            ($0.distance, $0.word.count, $0.word) < ($1.distance, $1.word.count, $1.word)
        }
        .prefix(Self.guessesLimit).map(\.word)
    }
}
