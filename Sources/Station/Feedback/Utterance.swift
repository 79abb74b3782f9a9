/// Something that the station says to the operator.
public struct Utterance: Sendable, Equatable {
    public var text: String
    /// By what name the synthesiser knows the voice.
    public var voice: String
    /// Words a minute.
    public var speed: Int
    /// In percent.
    public var volume: Int

    public init(_ text: String, voice: String = "en-us", speed: Int = 165, volume: Int = 80) {
        self.text = text
        self.voice = voice
        self.speed = speed
        self.volume = volume
    }

    /// To so many percent.
    func quieter(_ percent: Int) -> Utterance {
        Utterance(text, voice: voice, speed: speed, volume: volume * percent / 100)
    }
}
