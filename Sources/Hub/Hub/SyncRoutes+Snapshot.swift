import HubStorage
import Hummingbird
import Replication
import SwiftProtobuf
import SyncProtocol

/// The calls by which a station that lost its place, or doubts what it holds, is made whole.
extension SyncRoutes {
    static let digestRangeLimit = 10_000
    static let digestsLimit = 64

    func snapshot(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let query = Query(request)
        let position = try query.number("pos", in: 0...Int.max).map { FeedPosition($0) }
        let limit = try query.number("max", in: 1...Self.feedLimit) ?? Self.feedLimit
        let after = try query.text("after").map { text throws(RequestError) in
            guard let id = OperationID(text) else { throw .parameter("after", text) }
            return id
        }
        let (slice, end) = try await context.store.tenant(station.tenant)
            .snapshot(at: position, after: after, limit: limit)
        return try exchange.answer(
            WireSnapshotPage.with {
                $0.runs = try slice.runs.map { run throws in try run.wire }
                $0.position = end
                if let next = slice.next { $0.next = next.wire }
                $0.generation = context.store.registry.generation
                $0.hubTime = context.clock()
            })
    }

    func digest(_ request: Request) async throws -> Response {
        let exchange = try await MessageExchange(reading: request)
        let station = try await gate.station(of: exchange)
        let message = try exchange.message(WireDigestRequest.self)
        let range = FeedPosition(message.range)
        guard (1...FeedPosition(Self.digestRangeLimit)).contains(range),
            message.after <= message.position
        else { throw RequestError.malformed("no ranges of a feed") }
        let span = range * FeedPosition(Self.digestsLimit)
        let end = min(message.position, message.after &+ span)
        guard message.position <= FeedPosition(Int64.max) else {
            throw HubError.feedGone(message.position, head: 0)
        }
        let digests = try await context.store.tenant(station.tenant)
            .digests(after: message.after, upTo: end, range: Int(range))
        return try exchange.answer(
            WireDigestResponse.with {
                $0.digests = digests.map { .init($0) }
                $0.position = end
                $0.generation = context.store.registry.generation
            })
    }
}
