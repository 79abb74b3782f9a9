/// One event of EPCIS 2.0, as its JSON binding writes it.
///
/// Source: EPCIS 2.0, sections 7.4 (the data) and 9.3 (JSON and JSON-LD). Vocabulary is written in
/// its bare form, `receiving`, which the standard's context makes a URI of.
public struct EPCISEvent: Encodable, Sendable, Equatable {
    public enum Kind: String, Encodable, Sendable {
        case object = "ObjectEvent"
        case aggregation = "AggregationEvent"
        case transaction = "TransactionEvent"
    }

    public enum Action: String, Encodable, Sendable {
        case add = "ADD"
        case observe = "OBSERVE"
        case delete = "DELETE"
    }

    /// So many of a kind of goods. Without a unit: pieces.
    public struct Quantity: Encodable, Sendable, Equatable {
        public var epcClass: String
        public var quantity: Int64
    }

    public struct Location: Encodable, Sendable, Equatable {
        public var id: String
    }

    public struct Paper: Encodable, Sendable, Equatable {
        public var type: String?
        public var bizTransaction: String
    }

    public struct Source: Encodable, Sendable, Equatable {
        public var type = "location"
        public var source: String
    }

    public struct Destination: Encodable, Sendable, Equatable {
        public var type = "location"
        public var destination: String
    }

    /// Says of an event that went out before that it should not have: section 7.4.1.2.
    public struct ErrorDeclaration: Encodable, Sendable, Equatable {
        public var declarationTime: String
        public var reason: String
        public var correctiveEventIDs: [String]?
    }

    public var type: Kind
    public var eventID: String
    public var eventTime: String
    public var eventTimeZoneOffset: String
    public var action: Action
    public var bizStep: String?
    public var disposition: String?
    public var readPoint: Location?
    public var bizLocation: Location?
    public var epcList: [String]?
    public var quantityList: [Quantity]?
    public var parentID: String?
    public var childEPCs: [String]?
    public var childQuantityList: [Quantity]?
    public var bizTransactionList: [Paper]?
    public var sourceList: [Source]?
    public var destinationList: [Destination]?
    public var errorDeclaration: ErrorDeclaration?
    /// Whose operation it came of: `a1b2c3d4e5f60718:42`.
    public var operation: String
    public var station: String

    private enum CodingKeys: String, CodingKey {
        case type, eventID, eventTime, eventTimeZoneOffset, action, bizStep, disposition
        case readPoint, bizLocation, epcList, quantityList, parentID, childEPCs
        case childQuantityList, bizTransactionList, sourceList, destinationList, errorDeclaration
        case operation = "scanstation:operation"
        case station = "scanstation:station"
    }
}
