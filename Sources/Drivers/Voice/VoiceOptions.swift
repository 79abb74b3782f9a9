public import DriverKit

/// The options of one microphone.
public struct VoiceOptions: Sendable, Equatable {
    public enum Listening: String, Sendable {
        /// For some seconds after the wake phrase.
        case wake
        /// While a key is held.
        case push
        /// Always.
        case open
    }

    public var microphone: String
    public var listening: Listening
    public var talkKey: String
    public var grammar: String
    public var languagePack: String
    public var voice: String
    /// 0...1
    public var threshold: Double

    public init(_ table: OptionTable) {
        microphone = table.text("microphone")
        listening = Listening(rawValue: table.text("listen")) ?? .wake
        talkKey = table.text("talk-key")
        grammar = table.text("grammar")
        languagePack = table.text("language-pack")
        voice = table.text("voice")
        threshold = Double(table.integer("threshold-percent")) / 100
    }

    /// The ALSA name: the option, or what a node of the kernel's sound devices stands for.
    func microphoneName(node: String) -> String {
        if !microphone.isEmpty { return microphone }
        let name = node.split(separator: "/").last.map(String.init) ?? node
        // pcmC1D0c: card 1, device 0, capture. controlC1: card 1.
        let numbers = name.split { !$0.isASCII || !$0.isNumber }
        guard node.hasPrefix("/dev/snd/"), let card = numbers.first else { return node }
        return "plughw:\(card),\(numbers.count > 1 ? numbers[1] : "0")"
    }
}
