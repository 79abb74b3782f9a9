import GS1
public import Replication

/// A way of working: which mode, when a batch ends, what a repeat means, what a label should say.
///
/// What it leaves open is as the settings have it.
public struct BatchProfile: Sendable, Equatable {
    /// What a label should say. Goods that lack it are taken, and the operator is told.
    public enum Need: String, Sendable, Equatable, CaseIterable {
        case lot, expiry, number
    }

    public var name: String
    public var mode: Mode
    /// Where work begins; nil: where it stands.
    public var place: PlaceCode?
    public var repeatPolicy: RepeatPolicy?
    public var batchLines: Int?
    /// `.some(nil)`: a batch never ends because nothing is scanned.
    public var quietGap: Duration??
    public var needs: [Need]

    public init(
        name: String, mode: Mode, place: PlaceCode? = nil, repeatPolicy: RepeatPolicy? = nil,
        batchLines: Int? = nil, quietGap: Duration?? = nil, needs: [Need] = []
    ) {
        self.name = name
        self.mode = mode
        self.place = place
        self.repeatPolicy = repeatPolicy
        self.batchLines = batchLines
        self.quietGap = quietGap
        self.needs = needs
    }

    /// - receiving: a delivery is one batch, and equal boxes are many.
    /// - stocktake: whoever reads a box twice is asked; a shelf may take its time.
    /// - returns: lots and dates matter, because goods come back for them.
    /// - tool-crib: numbered tools go out and come back; reading one twice is no second tool.
    public static let all: [BatchProfile] = [
        BatchProfile(
            name: "receiving", mode: .receive, repeatPolicy: .count,
            batchLines: Workflow.batchLineLimit, quietGap: .some(nil)),
        BatchProfile(
            name: "stocktake", mode: .count, repeatPolicy: .askWithin(.seconds(2)),
            batchLines: Workflow.batchLineLimit, quietGap: .some(.seconds(1800))),
        BatchProfile(
            name: "returns", mode: .receive, place: "RETURNS",
            repeatPolicy: .askWithin(.seconds(2)),
            needs: [.lot, .expiry]),
        BatchProfile(
            name: "tool-crib", mode: .move, repeatPolicy: .ignoreWithin(.seconds(5)),
            needs: [.number]),
    ]

    public static func named(_ name: String) -> BatchProfile? {
        all.first { $0.name == name.lowercased() }
    }

    /// The settings, where the profile has nothing to say.
    func over(_ settings: WorkflowSettings) -> WorkflowSettings {
        var settings = settings
        if let repeatPolicy { settings.repeatPolicy = repeatPolicy }
        if let batchLines { settings.batchLines = batchLines }
        if let quietGap { settings.quietGap = quietGap }
        return settings
    }
}

extension BatchProfile.Need {
    /// nil: it is there.
    func lack(in scan: Scan, of subject: BatchSubject) -> (code: String, sentence: String)? {
        switch (self, subject) {
        case (.lot, .item(_, "")): ("lot-missing", "Its label names no lot.")
        case (.number, .item): ("number-missing", "It has no number of its own.")
        case (.expiry, .item) where scan.elements?["17"] == nil && scan.elements?["7003"] == nil:
            ("expiry-missing", "Its label names no expiry date.")
        default: nil
        }
    }
}
