import TOMLKit

/// One configuration file, parsed: its values, and where they stand.
struct ConfigSource {
    let file: String
    let root: [String: ConfigValue]
    private let lines: KeyLines

    init(text: String, file: String) throws(ConfigError) {
        try Self.refuseNUL(in: text, file)
        lines = KeyLines(text)
        if let fault = lines.fault {
            throw ConfigError(
                .syntax, file: file, line: fault.line, "This is not TOML: \(fault.sentence).")
        }
        do {
            root = ConfigValue.members(of: try TOMLTable(string: text))
        } catch let error as TOMLParseError {
            throw ConfigError(
                .syntax, file: file, line: error.source.begin.line,
                "This is not TOML: \(error.description).")
        } catch {
            throw ConfigError(.syntax, file: file, "This is not TOML: \(error).")
        }
        self.file = file
    }

    /// The parser is C: it would take a NUL for the end, of the file or of a value.
    private static func refuseNUL(in text: String, _ file: String) throws(ConfigError) {
        let marks = ["\0", "\\u0000", "\\U00000000"]
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        where marks.contains(where: { line.contains($0) }) {
            throw ConfigError(
                .notText, file: file, line: number + 1, "A NUL character can't stand here.")
        }
    }

    func error(
        _ code: ConfigError.Code, at path: [String], _ message: String
    ) -> ConfigError {
        let key = path.filter { !$0.hasPrefix("[") }.joined(separator: ".")
        return ConfigError(code, file: file, line: lines.line(of: path), key: key, message)
    }
}
