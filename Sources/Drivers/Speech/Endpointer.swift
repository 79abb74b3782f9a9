import Glibc

/// Cuts a stream of sound into utterances by its level above the noise.
///
/// Pure. The noise is followed all the time; hum and rumble are filtered out before the level is
/// taken. It can't tell speech from other people's speech: a grammar and its rejection do that.
public struct Endpointer: Sendable {
    /// In samples a second.
    static let rate = 16_000
    private static let frameSamples = rate / 100
    /// In frames of 10 ms.
    private static let (onsetFrames, windowFrames) = (6, 10)
    private static let hangoverFrames = 50
    private static let leadFrames = 30
    public static let utteranceLimit = Duration.seconds(10)
    private static let limitFrames = 1000
    /// In decibels above the noise.
    private static let (onset, hold) = (10.0, 6.0)
    /// What a quiet room gives through a good microphone; below it nothing is speech.
    private static let leastLevel = 25.0

    private var rest: [Int16] = []
    private var last = 0.0
    private var noise = 30.0
    private var recent: [Bool] = []
    private var lead: [Int16] = []
    private var utterance: [Int16]?
    private var quietFrames = 0

    public init() {}

    public var isInSpeech: Bool { utterance != nil }
    /// Of the noise, in decibels above one step of a 16-bit sample.
    public var noiseDecibels: Double { noise }

    /// The utterances that ended within these samples.
    public mutating func push(_ samples: [Int16]) -> [[Int16]] {
        rest += samples
        var ended: [[Int16]] = []
        var start = 0
        while rest.count - start >= Self.frameSamples {
            let frame = Array(rest[start..<start + Self.frameSamples])
            if let utterance = push(frame: frame) { ended.append(utterance) }
            start += Self.frameSamples
        }
        rest.removeFirst(start)
        return ended
    }

    /// What was begun is thrown away: the station itself is speaking.
    public mutating func reset() {
        (utterance, recent, lead, rest) = (nil, [], [], [])
    }

    private mutating func push(frame: [Int16]) -> [Int16]? {
        let level = level(of: frame)
        follow(level)
        if utterance != nil { return goOn(frame, level) }
        recent.append(level > max(noise + Self.onset, Self.leastLevel))
        if recent.count > Self.windowFrames { recent.removeFirst() }
        lead += frame
        let surplus = lead.count - (Self.leadFrames + Self.windowFrames) * Self.frameSamples
        if surplus > 0 { lead.removeFirst(surplus) }
        if recent.filter({ $0 }).count >= Self.onsetFrames {
            (utterance, recent, lead, quietFrames) = (lead, [], [], 0)
        }
        return nil
    }

    private mutating func goOn(_ frame: [Int16], _ level: Double) -> [Int16]? {
        utterance?.append(contentsOf: frame)
        quietFrames = level > noise + Self.hold ? 0 : quietFrames + 1
        let length = (utterance?.count ?? 0) / Self.frameSamples
        guard quietFrames >= Self.hangoverFrames || length >= Self.limitFrames else { return nil }
        defer { utterance = nil }
        return utterance
    }

    /// Falls quickly, rises slowly: speech comes and goes, noise stays.
    private mutating func follow(_ level: Double) {
        let share = level < noise ? 0.1 : (utterance == nil ? 0.01 : 0.001)
        noise += share * (level - noise)
    }

    /// Of the difference of neighbouring samples, which lets no hum through.
    private mutating func level(of frame: [Int16]) -> Double {
        var sum = 0.0
        for sample in frame {
            let value = Double(sample)
            let step = value - 0.95 * last
            sum += step * step
            last = value
        }
        return 10 * log10(sum / Double(frame.count) + 1)
    }
}
