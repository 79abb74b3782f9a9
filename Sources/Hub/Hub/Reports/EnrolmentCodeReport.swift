public import HubStorage
import Replication
import SyncProtocol

/// `POST /v1/enrolment-codes`.
public struct EnrolmentCodeReport: Codable, Sendable {
    public var code: String
    public var tenant: String
    public var expires: String
    /// Of the hub's key; absent: it doesn't end TLS itself.
    public var pin: String?
    /// All of it in one text, for a QR code; absent: the hub's address isn't known.
    public var link: String?

    /// `hubURL`: as stations see it.
    public init(_ code: EnrolmentCode, pin: String?, hubURL: String?) {
        self.code = code.text
        tenant = code.tenant
        expires = HybridTime(rawValue: code.expiresMicroseconds).text
        self.pin = pin
        link = hubURL.map { url in
            EnrolmentLink(
                hubURL: url, code: code.text, pin: url.hasPrefix("https://") ? pin : nil
            ).description
        }
    }
}
