/// How an operator wants to be spoken to.
public struct SpeechManner: Sendable, Equatable, Codable {
    public enum Change: String, Sendable, Equatable, CaseIterable {
        case slower, faster, louder, quieter, brief, full
    }

    /// Words a minute.
    public static let speeds = 90...330
    static let speedStep = 30
    /// In percent.
    public static let volumes = 20...100
    static let volumeStep = 20

    public private(set) var speed: Int
    public private(set) var volume: Int
    /// Only what is new is said: `alpha seven two`, not `go to`.
    public private(set) var isBrief: Bool

    public init(speed: Int = 165, volume: Int = 80, isBrief: Bool = false) {
        self.speed = min(max(speed, Self.speeds.lowerBound), Self.speeds.upperBound)
        self.volume = min(max(volume, Self.volumes.lowerBound), Self.volumes.upperBound)
        self.isBrief = isBrief
    }

    /// false: it can't go further.
    mutating func apply(_ change: Change) -> Bool {
        let before = self
        switch change {
        case .slower: self = SpeechManner(speed: speed - Self.speedStep, volume, isBrief)
        case .faster: self = SpeechManner(speed: speed + Self.speedStep, volume, isBrief)
        case .louder: self = SpeechManner(speed: speed, volume + Self.volumeStep, isBrief)
        case .quieter: self = SpeechManner(speed: speed, volume - Self.volumeStep, isBrief)
        case .brief: isBrief = true
        case .full: isBrief = false
        }
        return self != before
    }

    private init(speed: Int, _ volume: Int, _ isBrief: Bool) {
        self.init(speed: speed, volume: volume, isBrief: isBrief)
    }
}
