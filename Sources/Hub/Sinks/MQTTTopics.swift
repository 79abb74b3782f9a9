import Hub
import MQTT

/// Where a tenant's operations are published, and what others are told of it.
struct MQTTTopics: Sendable {
    let operations: String
    let status: String
    private let tenant: String
    private let generation: String
    private let prefix: String?

    init(_ settings: MQTTSettings, tenant: String, generation: String) {
        operations = "\(settings.topic)/\(tenant)/operations"
        status = "\(settings.topic)/\(tenant)/status"
        prefix = settings.discovery
        self.tenant = tenant
        self.generation = generation
    }

    var online: MQTTMessage { told("online") }
    var offline: MQTTMessage { told("offline") }

    private func told(_ word: String) -> MQTTMessage {
        MQTTMessage(topic: status, payload: Array(word.utf8), isRetained: true)
    }

    /// What Home Assistant shows the tenant as: one sensor, whose state is the last operation.
    ///
    /// Source: Home Assistant, "MQTT Discovery".
    var discovery: [MQTTMessage] {
        guard let prefix else { return [] }
        let name = "scanstation_\(generation.prefix(8))_\(tenant)"
        let sensor = DiscoveredSensor(
            name: "Last operation", uniqueID: name, stateTopic: operations,
            attributesTopic: operations, availabilityTopic: status,
            device: .init(identifiers: [name], name: "ScanStation \(tenant)"))
        return [
            MQTTMessage(
                topic: "\(prefix)/sensor/\(name)/config", payload: JSONForm.encode(sensor),
                isRetained: true)
        ]
    }
}

private struct DiscoveredSensor: Encodable {
    struct Device: Encodable {
        var identifiers: [String]
        var name: String
        var manufacturer = "ScanStation"
        var model = "scanhub"
    }

    var name: String
    var uniqueID: String
    var stateTopic: String
    var attributesTopic: String
    var availabilityTopic: String
    /// Not longer than a state may be, 255 characters: a place's code may be 512 bytes.
    var valueTemplate =
        "{{ (value_json.kind ~ ' ' ~ (value_json.item | default(value_json.code) | default('')))[:255] }}"
    /// The same thing twice is two operations.
    var forcesUpdate = true
    var icon = "mdi:barcode-scan"
    var device: Device

    private enum CodingKeys: String, CodingKey {
        case name, icon, device
        case uniqueID = "unique_id"
        case stateTopic = "state_topic"
        case attributesTopic = "json_attributes_topic"
        case availabilityTopic = "availability_topic"
        case valueTemplate = "value_template"
        case forcesUpdate = "force_update"
    }
}
