/// Takes server-sent events apart as their bytes come: HTML Living Standard, section 9.2.6.
///
/// Only what this hub sends is understood: `id`, `event`, `data` and comments, one `data` an event.
public struct EventReader: Sendable {
    public struct Event: Sendable, Equatable {
        public var id: String
        public var name: String
        public var data: String
    }

    /// No line is longer; what is beyond it is an error.
    public static let lineLimitBytes = 1 << 20

    public enum Failure: Error, Equatable {
        case lineTooLong(limitBytes: Int)
    }

    private var line: [UInt8] = []
    private var event = Event(id: "", name: "", data: "")

    public init() {}

    /// The events that these bytes complete.
    public mutating func push(_ bytes: [UInt8]) throws(Failure) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            guard byte == UInt8(ascii: "\n") else {
                guard line.count < Self.lineLimitBytes else {
                    throw .lineTooLong(limitBytes: Self.lineLimitBytes)
                }
                line.append(byte)
                continue
            }
            if let complete = endLine() { events.append(complete) }
        }
        return events
    }

    private mutating func endLine() -> Event? {
        let text = String(decoding: line.last == 0x0D ? line.dropLast() : line[...], as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        guard !text.isEmpty else { return endEvent() }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count > 1 ? parts[1] : ""
        let value = String(rest.hasPrefix(" ") ? rest.dropFirst() : rest)
        switch parts[0] {
        case "id": event.id = value
        case "event": event.name = value
        case "data": event.data = value
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> Event? {
        defer { (event.name, event.data) = ("", "") }
        return event.data.isEmpty ? nil : event
    }
}
