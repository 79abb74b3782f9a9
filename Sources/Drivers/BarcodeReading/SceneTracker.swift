/// Which codes are in view: a code is told when it comes, not with every frame that shows it.
public struct SceneTracker: Sendable {
    public struct Settings: Sendable, Equatable {
        /// A code that no frame has shown for so long has left; if it returns, it is told again.
        public var absence: Duration
        /// Whether equal codes in different places are told each: for counting.
        public var countsEach: Bool

        public init(absence: Duration = .seconds(1), countsEach: Bool = false) {
            self.absence = absence
            self.countsEach = countsEach
        }
    }

    public struct Track: Sendable, Equatable {
        public var code: CodeReading
        public var firstSeen: Duration
        public var lastSeen: Duration
    }

    public private(set) var tracks: [Track] = []
    private let settings: Settings

    public init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Takes in a frame; answers with the codes that have come.
    public mutating func see(_ outcome: FrameReader.Outcome, at time: Duration) -> [CodeReading] {
        if outcome.isUnchanged {
            for index in tracks.indices { tracks[index].lastSeen = time }
            return []
        }
        tracks.removeAll { time - $0.lastSeen > settings.absence }
        var taken: Set<Int> = []
        var arrivals: [CodeReading] = []
        for code in outcome.codes {
            if let index = track(of: code, besides: taken) {
                tracks[index].lastSeen = time
                tracks[index].code = code
                taken.insert(index)
            } else {
                taken.insert(tracks.count)
                tracks.append(Track(code: code, firstSeen: time, lastSeen: time))
                arrivals.append(code)
            }
        }
        return arrivals
    }

    /// The nearest track with the same content. When equal codes are one, any will do.
    private func track(of code: CodeReading, besides taken: Set<Int>) -> Int? {
        let equal = tracks.indices.filter {
            tracks[$0].code.bytes == code.bytes && tracks[$0].code.symbology == code.symbology
        }
        guard settings.countsEach else { return equal.first }
        return equal.filter { !taken.contains($0) && isNear(tracks[$0].code, code) }
            .min { distance(tracks[$0].code, code) < distance(tracks[$1].code, code) }
    }

    private func isNear(_ one: CodeReading, _ other: CodeReading) -> Bool {
        distance(one, other) < max(one.place.reach, 40)
    }

    private func distance(_ one: CodeReading, _ other: CodeReading) -> Float {
        let offset = one.place.center - other.place.center
        return (offset * offset).sum().squareRoot()
    }
}
