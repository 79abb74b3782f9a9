/// A URI with what is to be said about it (NFC Forum, Smart Poster Record Type Definition 1.1).
public struct SmartPoster: Sendable, Equatable {
    public enum Action: UInt8, Sendable {
        case execute, save, edit
    }

    public var uri: String
    /// Titles, in the order of the records.
    public var titles: [NDEFText]
    public var action: Action?
    public var records: [NDEFRecord]

    /// How deep posters may lie in posters.
    static let depthLimit = 3

    init(_ record: RawRecord, depth: Int) throws(NDEFFault) {
        guard depth < Self.depthLimit else {
            throw NDEFFault(
                .nesting, at: record.offset,
                "Smart posters lie in each other more than \(Self.depthLimit) deep.")
        }
        records = try NDEFMessage(decoding: record.payload, depth: depth + 1).records
        uri = try Self.onlyURI(of: records, record)
        titles = records.compactMap { if case .text(let text) = $0.content { text } else { nil } }
        action = try Self.action(of: records, record)
    }

    private static func onlyURI(
        of records: [NDEFRecord], _ record: RawRecord
    ) throws(NDEFFault) -> String {
        let uris = records.compactMap { if case .uri(let uri) = $0.content { uri } else { nil } }
        guard uris.count == 1, let uri = uris.first else {
            throw NDEFFault(
                .smartPoster, at: record.offset,
                "A smart poster has one URI, and this one has \(uris.count).")
        }
        return uri
    }

    private static func action(
        of records: [NDEFRecord], _ record: RawRecord
    ) throws(NDEFFault) -> Action? {
        let type = Array("act".utf8)
        guard let found = records.first(where: { $0.format == .wellKnown && $0.type == type })
        else { return nil }
        guard let action = found.payload.first.flatMap(Action.init(rawValue:)) else {
            throw NDEFFault(
                .smartPoster, at: record.offset, "The smart poster's action is not a known one.")
        }
        return action
    }
}
