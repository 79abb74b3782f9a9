/// Event `intake` of `GET /v1/events`: one thing that came in and what became of it.
///
/// The event's id is the sequence: ask with `since` for what comes after it.
public struct EventReport: Codable, Sendable, Equatable {
    public var sequence: Int64
    /// By the station's clock.
    public var time: String
    public var device: String
    /// Safe to print.
    public var text: String
    public var aim: String?
    public var symbology: String?
    /// What a GS1 code says, `(01)04006381333931(10)L7`; absent for any other.
    public var elements: String?
    /// `item`, `place`, `serial`, `command`, `quiet-gap`, `resolution` of a conflict, `answer` in an
    /// assignment, or `lesson`, what a code was taught to mean; absent when it means nothing.
    public var meaning: String?
    /// `taken`, `repeat-ignored` or `refused`.
    public var decision: String
    /// `ok`, `unknown`, `done`, `batch` or `error`.
    public var signal: String
    public var code: String?
    public var message: String
    public var batch: String?
    public var operations: [String]
    /// What the item is called now, also when its code was unknown as it was read.
    public var name: String?
    /// By which stock of it is booked.
    public var item: String?

    public init(
        sequence: Int64, time: String, device: String, text: String, aim: String?,
        symbology: String?, elements: String?, meaning: String?, decision: String, signal: String,
        code: String?,
        message: String, batch: String?, operations: [String], name: String? = nil,
        item: String? = nil
    ) {
        self.sequence = sequence
        self.time = time
        self.device = device
        self.text = text
        self.aim = aim
        self.symbology = symbology
        self.elements = elements
        self.meaning = meaning
        self.decision = decision
        self.signal = signal
        self.code = code
        self.message = message
        self.batch = batch
        self.operations = operations
        self.name = name
        self.item = item
    }
}

/// Event `refused` of `GET /v1/events`: a device read something that is lost, and must be
/// scanned again. It has no id, because nothing was stored.
public struct RefusedReport: Codable, Sendable, Equatable {
    public var device: String
    public var code: String
    public var message: String

    public init(device: String, code: String, message: String) {
        self.device = device
        self.code = code
        self.message = message
    }
}
