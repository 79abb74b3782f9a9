/// How this station says what became of a scan.
public struct FeedbackSettings: Sendable, Equatable {
    /// A light that the kernel knows, and a lamp on a GPIO line.
    public struct LightPlaces: Sendable, Equatable {
        /// A name in `/sys/class/leds`; empty: none.
        public var led = ""
        /// A line of `lampChip`; -1: none.
        public var line = -1

        public init() {}
    }

    /// By its ALSA name; empty: no sound.
    public var soundDevice = "default"
    /// In percent.
    public var volume = 60
    /// Of prompts, in percent of what the operator chose; 0: they are not spoken.
    public var speechVolume = 100
    public var goodLight = LightPlaces()
    public var badLight = LightPlaces()
    public var lampChip = ""

    public init() {}
}
