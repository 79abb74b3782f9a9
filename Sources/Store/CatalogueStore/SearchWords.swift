import Foundation

/// Text as the search sees it: words without case and accents.
enum SearchWords {
    static func words(in text: String) -> [String] {
        folded(text).split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }

    /// As the index folds: `Schraubendreher`, `Löffel` and `LOFFEL` become small and bare.
    static func folded(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
        let bare = text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
            .filter { $0.properties.generalCategory != .nonspacingMark }
        return String(String.UnicodeScalarView(bare))
    }

    /// How many letters must be put in, left out, changed or swapped with their neighbour to make
    /// one of the other; nil: more than `limit`.
    ///
    /// With `isBeginning`, `typed` may be all of `word` or how it begins.
    static func distance(
        _ typed: [Unicode.Scalar], _ word: [Unicode.Scalar], limit: Int, isBeginning: Bool
    ) -> Int? {
        guard isBeginning || abs(typed.count - word.count) <= limit else { return nil }
        let word = Array(word.prefix(typed.count + limit))
        var before: [Int] = []
        var last = Array(0...word.count)
        for row in 0..<typed.count {
            var next = [row + 1]
            for column in 0..<word.count {
                let isSame = typed[row] == word[column]
                var cost = min(
                    last[column + 1] + 1, next[column] + 1, last[column] + (isSame ? 0 : 1))
                if row > 0, column > 0, typed[row] == word[column - 1],
                    typed[row - 1] == word[column]
                {
                    cost = min(cost, before[column - 1] + 1)
                }
                next.append(cost)
            }
            (before, last) = (last, next)
        }
        let distance = isBeginning ? last.min() ?? 0 : last[word.count]
        return distance <= limit ? distance : nil
    }
}
