public import DriverKit

extension DriverKind {
    public static let voice = DriverKind.separate(
        "voice", "Microphones: spoken commands, recognised offline.",
        options: [
            OptionKey(
                "microphone", .text(default: ""),
                "the ALSA name of the microphone; empty: that of the node"),
            OptionKey(
                "listen", .choice(["wake", "push", "open"], default: "wake"),
                "after the wake phrase, while a key is held, or always"),
            OptionKey(
                "talk-key", .text(default: ""), "the input node whose keys are held to talk"),
            OptionKey("grammar", .text(default: "command"), "what can be said"),
            OptionKey(
                "language-pack", .text(default: ""), "a language pack; empty: English"),
            OptionKey(
                "voice", .text(default: ""), "the folder of an enrolled voice; empty: anybody's"),
            OptionKey(
                "threshold-percent", .integer(0...100, default: 35),
                "what is less likely right is rejected"),
        ], subsystem: .sound)
}
