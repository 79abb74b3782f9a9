/// What a machine can judge about a source file.
enum HouseRules {
    static let lineLimit = 400
    private static let emptyWords = [
        "Manager", "Helper", "Helpers", "Utils", "Util", "Handler", "Processor", "Common", "Misc",
    ]

    /// Words that may stand in some layers only. Spelled in two parts, so that this file is clean.
    private static let confined: [(word: String, layers: Set<String>)] = [
        ("try" + "!", []),
        ("fatal" + "Error(", []),
        ("@unchecked " + "Sendable", ["Platform"]),
        ("nonisolated" + "(unsafe)", ["Platform"]),
        ("TO" + "DO", []), ("FIX" + "ME", []),
        ("Task" + ".detached", []),
    ]

    /// Files that are longer for a reason, which stands here.
    private static let longFiles: [String: String] = [:]

    static func violations(in file: SourceTree.File) -> [String] {
        guard !file.isGenerated else { return [] }
        return [length(of: file), name(of: file)].compactMap { $0 } + words(of: file)
    }

    private static func length(of file: SourceTree.File) -> String? {
        guard file.lines.count > lineLimit, longFiles[file.path] == nil else { return nil }
        return "\(file.path): \(file.lines.count) lines; the limit is \(lineLimit)"
    }

    private static func name(of file: SourceTree.File) -> String? {
        let stem = file.name.replacing(".swift", with: "")
        let word = emptyWords.first { stem.hasSuffix($0) }
        return word.map { "\(file.path): '\($0)' says nothing" }
    }

    private static func words(of file: SourceTree.File) -> [String] {
        confined.compactMap { rule in
            guard file.text.contains(rule.word), !rule.layers.contains(file.layer ?? "") else {
                return nil
            }
            return "\(file.path): '\(rule.word)'"
        }
    }
}
