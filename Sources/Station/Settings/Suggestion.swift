/// Finds what somebody meant who mistyped a name.
enum Suggestion {
    /// ` Did you mean 'x'?`, or nothing when no name is near.
    static func sentence(for text: String, among names: [String]) -> String {
        nearest(to: text, among: names).map { " Did you mean '\($0)'?" } ?? ""
    }

    static func nearest(to text: String, among names: [String]) -> String? {
        let rated = names.map { (name: $0, distance: distance(text, $0)) }
        guard let best = rated.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= (best.name.count < 4 ? 1 : max(2, best.name.count / 3))
            ? best.name : nil
    }

    /// How many characters to insert, remove or change (Levenshtein); `_` counts as `-`.
    private static func distance(_ one: String, _ other: String) -> Int {
        let one = one.lowercased().map { $0 == "_" ? "-" : $0 }
        let other = Array(other)
        var row = Array(0...other.count)
        for (i, character) in one.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for j in other.indices {
                let change = diagonal + (character == other[j] ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(change, row[j] + 1, diagonal + 1)
            }
        }
        return row[other.count]
    }
}
