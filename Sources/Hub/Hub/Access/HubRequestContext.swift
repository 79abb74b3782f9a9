import Glibc
import HTTPTypes
import Hummingbird
import NIOCore

/// A request on its way through the hub, and where it came from.
struct HubRequestContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}

extension Request {
    /// Who sent it, for limits and the log: the peer, or whom a proxy on this machine names.
    func clientAddress(_ context: HubRequestContext) -> String {
        let peer = context.remoteAddress?.ipAddress ?? ""
        let isNear = peer == "::1" || peer.hasPrefix("127.") || peer.hasPrefix("::ffff:127.")
        // The last is what the proxy itself saw; those before it anybody can write.
        guard isNear, let forwarded = HTTPField.Name("X-Forwarded-For").flatMap({ headers[$0] }),
            let last = forwarded.split(separator: ",").last
        else { return Self.limited(peer) }
        return Self.limited(last.filter { $0 != " " })
    }

    /// Of IPv6 the network: whoever has one address has 2^64.
    private static func limited(_ address: String) -> String {
        guard address.contains(":"), !address.contains("."),
            let parsed = try? SocketAddress(ipAddress: address, port: 0),
            case .v6(let six) = parsed
        else { return String(address.prefix(64)) }
        var raw = six.address.sin6_addr
        let groups = withUnsafeBytes(of: &raw) { bytes in
            stride(from: 0, to: 8, by: 2).map {
                String(UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]), radix: 16)
            }
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
