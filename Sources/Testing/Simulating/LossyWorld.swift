import CurlHTTP
import ScanTesting

/// Carries requests to the hub and answers back, or doesn't, as the seed wants.
actor LossyWorld {
    let hub: SimulatedHub
    private let coverage: Coverage
    private var random: SplitMix64
    private var isHealed = false
    /// What is still under way: whose it is, and the request.
    private var late: [(sender: Int, request: HTTPRequest)] = []
    /// So many requests more, and the machine that sends them stops.
    private var requestsLeft: Int?

    init(hub: SimulatedHub, seed: UInt64, coverage: Coverage) {
        self.hub = hub
        self.coverage = coverage
        random = SplitMix64(seed: seed ^ 0x5EED)
    }

    /// From now on all goes well.
    func heal() {
        isHealed = true
        requestsLeft = nil
        late = []
    }

    /// The machine that speaks next stops at its request after `requests`; nil: it doesn't.
    func stopSender(after requests: Int?) {
        requestsLeft = requests
    }

    /// Whatever this machine had sent has long come or never will.
    func forget(_ sender: Int) {
        late.removeAll { $0.sender == sender }
    }

    func send(
        _ request: HTTPRequest, from sender: Int
    ) async throws(HTTPError) -> HTTPResponse {
        let isFeed = request.method == "GET"
        note(request.url)
        guard !isHealed else { return try await pass(request) }
        if let left = requestsLeft {
            requestsLeft = left > 0 ? left - 1 : nil
            if left == 0 { return try await stop(request) }
        }
        switch random.below(100) {
        case ..<6:
            coverage.note(isFeed ? "lost feed request" : "lost request")
            if random.chance(60) { late.append((sender, request)) }
            throw .unreachable(request: request.url, why: "lost")
        case ..<14:
            _ = try await pass(request)
            coverage.note(isFeed ? "lost feed page" : "lost answer")
            if random.chance(50) { late.append((sender, request)) }
            throw .cutOff(request: request.url, why: "lost")
        case ..<17 where !isFeed:
            coverage.note("torn request")
            var torn = request
            torn.body = Array(request.body.prefix(random.below(request.body.count + 1)))
            return try await pass(torn)
        case ..<21:
            coverage.note("doubled request")
            _ = try await pass(request)
            return try await pass(request)
        case ..<22: return try await passTorn(request)
        case ..<24: return try await passBeforeCrash(request)
        default: return try await pass(request)
        }
    }

    private func note(_ url: String) {
        guard url.contains("/v1/snapshot") else { return }
        coverage.note(url.contains("&after=") ? "snapshot gone on with" : "snapshot")
    }

    /// The sender stops before or after its request has come through.
    private func stop(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        if random.chance(50) { _ = try await pass(request) }
        throw .cutOff(request: request.url, why: "the machine stopped")
    }

    /// The answer comes back in part.
    private func passTorn(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        var answer = try await pass(request)
        guard !answer.body.isEmpty else { return answer }
        coverage.note("torn answer")
        answer.body = Array(answer.body.prefix(random.below(answer.body.count)))
        return answer
    }

    /// The hub commits, and is killed before it answers.
    private func passBeforeCrash(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        _ = try await pass(request)
        do {
            try await hub.crash()
        } catch {
            throw .broken("the hub doesn't come back: \(error)")
        }
        coverage.note("hub killed at a commit")
        throw .cutOff(request: request.url, why: "the hub stopped")
    }

    /// Brings the hub something that its sender gave up long ago.
    func deliverLate() async throws {
        guard !late.isEmpty else { return }
        let request = late.remove(at: random.below(late.count)).request
        let answer = try await hub.answer(request)
        let path = request.url.dropFirst("http://hub/v1/".count).prefix { $0 != "?" }
        coverage.note("late \(path) \(answer.status < 300 ? "taken" : "turned away")")
    }

    private func pass(_ request: HTTPRequest) async throws(HTTPError) -> HTTPResponse {
        do {
            return try await hub.answer(request)
        } catch {
            coverage.note("fault of the hub's own: \(error)")
            throw .broken("the hub failed: \(error)")
        }
    }
}
