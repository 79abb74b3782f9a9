/// One event of a stream, as HTML's server-sent events write it.
public struct ServerSentEvent: Sendable, Equatable {
    public var id: String?
    public var name: String
    public var data: String

    public init(id: String? = nil, name: String, data: String) {
        self.id = id
        self.name = name
        self.data = data
    }

    /// `data` is one line.
    public var text: String {
        (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(data)\n\n"
    }
}

/// Takes bytes as they arrive, gives whole events. Comments and what is not known are left out.
public struct ServerSentEventReader: Sendable {
    /// Of one line: longer ones are cut, so that no server can fill the memory.
    public static let lineLimitBytes = 1 << 20

    private var line: [UInt8] = []
    private var event = ServerSentEvent(name: "message", data: "")

    public init() {}

    public mutating func push(_ bytes: some Sequence<UInt8>) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            if byte == UInt8(ascii: "\n") {
                if let event = endLine() { events.append(event) }
            } else if line.count < Self.lineLimitBytes {
                line.append(byte)
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        let text = String(decoding: line, as: UTF8.self)
        line.removeAll(keepingCapacity: true)
        guard !text.isEmpty else { return endEvent() }
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        let value = parts[1].hasPrefix(" ") ? String(parts[1].dropFirst()) : String(parts[1])
        switch parts[0] {
        case "id": event.id = value
        case "event": event.name = value
        case "data": event.data += event.data.isEmpty ? value : "\n" + value
        default: break
        }
        return nil
    }

    private mutating func endEvent() -> ServerSentEvent? {
        defer { event = ServerSentEvent(name: "message", data: "") }
        return event.data.isEmpty ? nil : event
    }
}
