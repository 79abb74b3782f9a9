import GRDB

/// The words of the items, and the words themselves by their letters.
enum SearchIndex {
    /// `catalogue_text` takes what it shows from `catalogue_item`; `catalogue_gram` only knows
    /// which three letters stand in which word.
    static let schema = """
        CREATE VIRTUAL TABLE catalogue_text USING fts5 (
            key, name, description, tags, content='catalogue_item', content_rowid='id',
            tokenize='unicode61 remove_diacritics 2', prefix='1 2 3'
        );
        CREATE TABLE catalogue_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE) STRICT;
        CREATE VIRTUAL TABLE catalogue_gram USING fts5 (word, content='', tokenize='trigram');
        """

    /// Shorter words are too much like one another.
    static let guessFloor = 3
    /// How many words that look alike are compared letter by letter.
    private static let lookAlikesLimit = 80

    static func insert(_ item: CatalogueItem, id: Int64, _ db: Database) throws {
        let sql = """
            INSERT INTO catalogue_text (rowid, key, name, description, tags)
            VALUES (?, ?, ?, ?, ?)
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            id, item.key, item.name, item.description, item.tags,
        ])
        for word in SearchWords.words(in: item.name + " " + item.tags) {
            try note(word, db)
        }
    }

    static func delete(_ item: CatalogueItem, id: Int64, _ db: Database) throws {
        let sql = """
            INSERT INTO catalogue_text (catalogue_text, rowid, key, name, description, tags)
            VALUES ('delete', ?, ?, ?, ?, ?)
            """
        try db.cachedStatement(sql: sql).execute(arguments: [
            id, item.key, item.name, item.description, item.tags,
        ])
    }

    /// A word stays when the last item with it goes: it finds nothing then, and harms nothing.
    private static func note(_ word: String, _ db: Database) throws {
        guard word.count >= guessFloor, word.contains(where: \.isLetter) else { return }
        try db.cachedStatement(sql: "INSERT OR IGNORE INTO catalogue_word (word) VALUES (?)")
            .execute(arguments: [word])
        guard db.changesCount > 0 else { return }
        try db.cachedStatement(sql: "INSERT INTO catalogue_gram (rowid, word) VALUES (?, ?)")
            .execute(arguments: [db.lastInsertedRowID, framed(word)])
    }

    /// So that the first letter and the last make groups of three of their own.
    private static func framed(_ word: String) -> String { "__\(word)_" }

    /// Items with all that `match` asks for, in no order.
    static func matches(_ match: String, limit: Int, _ db: Database) throws -> [Int64] {
        let sql = "SELECT rowid FROM catalogue_text WHERE catalogue_text MATCH ? LIMIT ?"
        return try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: [match, limit])
    }

    /// Words that share letters with `word`, those that share most first.
    static func lookAlikes(of word: String, _ db: Database) throws -> [String] {
        let letters = Array(framed(word))
        guard letters.count >= 3 else { return [] }
        let grams = (0...(letters.count - 3)).map { "\"\(String(letters[$0..<($0 + 3)]))\"" }
        let sql = """
            SELECT catalogue_word.word FROM catalogue_gram
            JOIN catalogue_word ON catalogue_word.id = catalogue_gram.rowid
            WHERE catalogue_gram MATCH ? ORDER BY catalogue_gram.rank LIMIT ?
            """
        return try String.fetchAll(
            db.cachedStatement(sql: sql),
            arguments: [grams.joined(separator: " OR "), lookAlikesLimit])
    }
}
