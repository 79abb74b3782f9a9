import HubStorage
import Hummingbird
import OperatorGrants
import SwiftProtobuf
import SyncProtocol

/// What stations are told of who may work at them.
extension SyncRoutes {
    func operators(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let query = Query(request)
        let version = try query.number("version", in: 0...Int.max) ?? 0
        let issued = try query.number("issued", in: 0...Int.max) ?? 0
        let roster = try await context.store.registry.roster(
            of: station.tenant, unless: UInt64(version), issued: Int64(issued),
            now: context.clock())
        guard let roster else { return Response(status: .noContent) }
        return try exchange.answer(roster.wire)
    }
}
