import CurlHTTP
public import EPCIS
import FoundationEssentials
import Hub
public import HubStorage

/// What kind of receiver a sink has, and all that is to be known of it beside its secret.
public enum SinkTarget: Sendable, Equatable {
    /// A program that takes operations as JSON, signed.
    case webhook(HTTPReceiver)
    case mqtt(MQTTSettings)
    case epcis(CaptureSettings)

    /// Stands in the database and in answers.
    public var kind: String {
        switch self {
        case .webhook: "webhook"
        case .mqtt: "mqtt"
        case .epcis: "epcis"
        }
    }

    public var url: String {
        switch self {
        case .webhook(let settings): settings.url
        case .mqtt(let settings): settings.url
        case .epcis(let settings): settings.receiver.url
        }
    }

    /// As the database keeps it.
    public var settings: String {
        switch self {
        case .webhook(let settings): JSONForm.text(settings)
        case .mqtt(let settings): JSONForm.text(settings)
        case .epcis(let settings): JSONForm.text(settings)
        }
    }

    /// Throws `SinkSetupError`: a newer hub, or a hand, wrote what this one doesn't understand.
    public init(_ sink: Sink) throws {
        let bytes = Data(sink.settings.utf8)
        do {
            switch sink.kind {
            case "webhook":
                self = .webhook(try JSONDecoder().decode(HTTPReceiver.self, from: bytes))
            case "mqtt": self = .mqtt(try JSONDecoder().decode(MQTTSettings.self, from: bytes))
            case "epcis": self = .epcis(try JSONDecoder().decode(CaptureSettings.self, from: bytes))
            default: throw SinkSetupError.settings("the kind '\(sink.kind)' is not known")
            }
        } catch let error as DecodingError {
            throw SinkSetupError.settings("\(error)")
        }
        try check()
    }

    /// Throws `SinkSetupError`.
    public func check() throws(SinkSetupError) {
        switch self {
        case .webhook(let receiver): try receiver.check()
        case .epcis(let settings): try settings.receiver.check()
        case .mqtt(let settings):
            _ = try settings.address
            try settings.checkTopics()
        }
    }
}

/// Who takes batches by HTTP.
public struct HTTPReceiver: Codable, Sendable, Equatable {
    public static let batchDefault = 100
    public static let batchLimit = 1000

    public var url: String
    public var allowsPlain: Bool
    /// At most so many operations a request.
    public var batch: Int
    /// The only key that the receiver may prove to have; nil: the system's authorities decide.
    public var pin: String?

    public init(
        url: String, allowsPlain: Bool = false, batch: Int = batchDefault, pin: String? = nil
    ) {
        self.url = url
        self.allowsPlain = allowsPlain
        self.batch = batch
        self.pin = pin
    }

    func check() throws(SinkSetupError) {
        let address = try SinkAddress(url, schemes: [.http, .https], allowsPlain: allowsPlain)
        guard (1...Self.batchLimit).contains(batch) else {
            throw .settings("\(batch) operations a request")
        }
        guard try keyPin != nil, address.scheme.isPlain else { return }
        throw .address(url, why: "without TLS there is no key to pin")
    }

    var keyPin: KeyPin? {
        get throws(SinkSetupError) {
            guard let pin else { return nil }
            guard let known = KeyPin(pin) else {
                throw .settings("the pin '\(pin)' is none: it begins with sha256//")
            }
            return known
        }
    }
}

/// A repository of EPCIS 2.0, and what events say to it that operations don't.
public struct CaptureSettings: Codable, Sendable, Equatable {
    /// Its capture interface, the address to the end: `https://epcis.example.com/capture`.
    public var receiver: HTTPReceiver
    /// What names without a number of GS1's begin with; nil: `urn:scanstation:TENANT`.
    public var namespace: String?
    public var zoneOffset: String
    public var goodsIn: EPCISSettings.GoodsIn
    public var goodsOut: EPCISSettings.GoodsOut

    public init(
        _ receiver: HTTPReceiver, namespace: String? = nil, zoneOffset: String = "+00:00",
        goodsIn: EPCISSettings.GoodsIn = .received, goodsOut: EPCISSettings.GoodsOut = .other
    ) {
        self.receiver = receiver
        self.namespace = namespace
        self.zoneOffset = zoneOffset
        self.goodsIn = goodsIn
        self.goodsOut = goodsOut
    }

    func meaning(tenant: String) throws(SinkSetupError) -> EPCISSettings {
        guard
            let names = namespace.map({ EPCISNames(namespace: $0) }) ?? EPCISNames(tenant: tenant),
            let settings = EPCISSettings(
                names: names, zoneOffset: zoneOffset, goodsIn: goodsIn, goodsOut: goodsOut)
        else { throw .settings("the namespace or the offset of the clocks") }
        return settings
    }
}

/// A broker that speaks MQTT 3.1.1.
public struct MQTTSettings: Codable, Sendable, Equatable {
    static let topicLimitBytes = 200

    public var url: String
    public var allowsPlain: Bool
    /// What topics begin with.
    public var topic: String
    /// Who the password of the secret file is of.
    public var user: String?
    /// The authorities that may vouch for the broker; nil: those of the system.
    public var authorityFile: String?
    /// Where Home Assistant looks for what there is; nil: it is told nothing.
    public var discovery: String?

    public init(
        url: String, allowsPlain: Bool = false, topic: String = "scanstation",
        user: String? = nil, authorityFile: String? = nil, discovery: String? = "homeassistant"
    ) {
        self.url = url
        self.allowsPlain = allowsPlain
        self.topic = topic
        self.user = user
        self.authorityFile = authorityFile
        self.discovery = discovery
    }

    var address: SinkAddress {
        get throws(SinkSetupError) {
            let address = try SinkAddress(
                url, schemes: [.mqtt, .mqtts], allowsPlain: allowsPlain)
            guard ["", "/"].contains(address.path) else {
                throw .address(url, why: "a broker has no path: give --topic")
            }
            return address
        }
    }

    func checkTopics() throws(SinkSetupError) {
        for topic in [topic] + (discovery.map { [$0] } ?? []) {
            guard (1...Self.topicLimitBytes).contains(topic.utf8.count), !topic.hasPrefix("$"),
                !topic.hasPrefix("/"), !topic.hasSuffix("/"),
                topic.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && !"+#".utf8.contains($0) })
            else { throw .topic(topic) }
        }
    }
}
