import CurlHTTP
import EPCIS
import HubStorage

/// Makes what brings operations to a sink's receiver.
struct CarrierWorkshop: Sendable {
    let store: HubStore
    let tenant: String
    let client: HTTPClient
    let pace: SinkPace

    /// How many operations are sent together.
    func batch(of sink: Sink) -> Int {
        // Settings that make no sense are told when the carrier is made.
        switch try? SinkTarget(sink) {
        case .webhook(let receiver): receiver.batch
        case .epcis(let settings): settings.receiver.batch
        case .mqtt, nil: HTTPReceiver.batchDefault
        }
    }

    func carrier(for sink: Sink) throws(SinkSetupError) -> any Carrier {
        let target: SinkTarget
        do {
            target = try SinkTarget(sink)
        } catch {
            throw error as? SinkSetupError ?? .settings("\(error)")
        }
        switch target {
        case .webhook(let receiver):
            guard let secret = secret(of: sink) else {
                throw .secret(sink.name, why: "there is no key to sign with")
            }
            return WebhookCarrier(
                courier: try courier(receiver), secret: secret, tenant: tenant)
        case .mqtt(let settings):
            return try MQTTCarrier(
                settings, secret(of: sink), tenant: tenant, generation: store.registry.generation)
        case .epcis(let settings):
            return EPCISCarrier(
                courier: try courier(settings.receiver), secret: secret(of: sink),
                mapping: EPCISMapping(try settings.meaning(tenant: tenant)),
                jobLook: pace.jobLook)
        }
    }

    private func courier(_ receiver: HTTPReceiver) throws(SinkSetupError) -> HTTPCourier {
        HTTPCourier(client: client, url: receiver.url, pin: try receiver.keyPin, clock: pace.clock)
    }

    private func secret(of sink: Sink) -> SinkSecret? {
        sink.secretFile.map { SinkSecret(path: store.path(of: $0)) }
    }
}
