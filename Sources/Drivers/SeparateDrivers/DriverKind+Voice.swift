public import DriverKit

extension DriverKind {
    public static let voice = DriverKind.separate(
        "voice", "Microphones: spoken commands, recognised offline.",
        options: [
            OptionKey(
                "microphone", .text(default: ""),
                "The ALSA name of the microphone; empty: that of the node."),
            OptionKey(
                "listen", .choice(["wake", "push", "open"], default: "wake"),
                "After the wake phrase, while a key is held, or always."),
            OptionKey(
                "talk-key", .text(default: ""), "The input node whose keys are held to talk."),
            OptionKey("grammar", .text(default: "command"), "What can be said."),
            OptionKey(
                "language-pack", .text(default: ""), "A language pack; empty: English."),
            OptionKey(
                "voice", .text(default: ""), "The folder of an enrolled voice; empty: anybody's."),
            OptionKey(
                "threshold-percent", .integer(0...100, default: 35),
                "What is less likely right is rejected."),
        ], subsystem: .sound)
}
