/// `GET /v1/batches/current`: what is scanned into now, all of it at one moment.
public struct CurrentBatch: Codable, Sendable, Equatable {
    /// `receive`, `count`, `move` or `look-up`.
    public var mode: String
    public var place: String
    /// Absent: by the settings alone.
    public var profile: String?
    /// The logistic units that are being filled, the outermost first.
    public var units: [String]
    /// The next unit goes into the innermost.
    public var isNesting: Bool
    /// What was read twice and waits for `SAY:CONFIRM`.
    public var asked: String?
    /// The open batch, or else the last one; absent: there was none yet.
    public var batch: BatchReport?
    /// What is scanned is compared with it.
    public var list: ExpectedListReport?
    /// Those that can be chosen.
    public var profiles: [String]

    public init(
        mode: String, place: String, profile: String?, units: [String], isNesting: Bool,
        asked: String?, batch: BatchReport?, list: ExpectedListReport?, profiles: [String]
    ) {
        self.mode = mode
        self.place = place
        self.profile = profile
        self.units = units
        self.isNesting = isNesting
        self.asked = asked
        self.batch = batch
        self.list = list
        self.profiles = profiles
    }
}
