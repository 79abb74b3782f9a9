import HubStorage
import LedgerStore
import MQTT
import Replication

/// Publishes operations to a broker, one message each.
struct MQTTCarrier: Carrier {
    private static let defaultPort = 1883
    private static let defaultTLSPort = 8883

    let client: MQTTClient
    let topics: MQTTTopics

    init(
        _ settings: MQTTSettings, _ secret: SinkSecret?, tenant: String, generation: String
    ) throws(SinkSetupError) {
        topics = MQTTTopics(settings, tenant: tenant, generation: generation)
        let address = try settings.address
        let isTLS = !address.scheme.isPlain
        var broker = MQTTBroker(
            host: address.host,
            port: address.port ?? (isTLS ? Self.defaultTLSPort : Self.defaultPort),
            isTLS: isTLS, clientID: Self.clientID()
        ) { try secret?.word() }
        broker.user = settings.user
        broker.authorityFile = settings.authorityFile
        broker.will = topics.offline
        broker.greetings = [topics.online] + topics.discovery
        broker.farewell = topics.offline
        do {
            client = try MQTTClient(broker)
        } catch {
            throw .settings("\(error)")
        }
    }

    func records(
        after position: FeedPosition, limit: Int, in store: TenantStore
    ) async throws -> [SinkRecord] {
        try await store.operations(after: position, limit: limit).map(SinkRecord.init(report:))
    }

    func deliver(_ records: [SinkRecord]) async throws -> Delivery {
        let outcome = await client.publish(
            records.map { MQTTMessage(topic: topics.operations, payload: $0.payload) })
        if outcome.error == .cancelled || outcome.error == .closed { throw CancellationError() }
        return Delivery(
            takenCount: outcome.confirmedCount, triedCount: records.count,
            trouble: outcome.error.map { .later(SinkFault($0)) })
    }

    func close() {
        client.close()
    }

    /// Another one in each process, so that two that serve one sink don't push each other out.
    private static func clientID() -> String {
        "scanhub-"
            + String(
                (0..<12).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "0" })
    }
}

extension SinkFault {
    init(_ error: MQTTError) {
        let code: Code =
            switch error {
            case .unreachable: .unreachable
            case .denied: .denied
            case .untrusted: .untrusted
            case .lost, .silent, .cancelled, .closed: .answerLost
            case .password: .secret
            case .broken: .broken
            }
        self.init(code, "\(error)")
    }
}
