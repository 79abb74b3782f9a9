/// What was scanned must not steer the terminal that shows it.
public enum TerminalText {
    /// The text with a dot for each control character.
    public static func safe(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar -> Character in
                scalar.properties.generalCategory == .control ? "·" : Character(scalar)
            })
    }
}
