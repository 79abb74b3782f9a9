public import HubStorage
import Replication

/// `POST /v1/enrolment-codes`.
public struct EnrolmentCodeReport: Codable, Sendable {
    public var code: String
    public var tenant: String
    public var expires: String

    public init(_ code: EnrolmentCode) {
        self.code = code.text
        tenant = code.tenant
        expires = HybridTime(rawValue: code.expiresMicroseconds).text
    }
}
