import Accounts
import Foundation
import Synchronization

/// Tries and makes hashes of passwords one after the other, on a thread of its own: each takes the
/// memory and the time that they are meant to take.
final class PasswordQueue: Sendable {
    /// More that wait are turned away.
    static let waitingLimit = 64

    let rounds: UInt32
    private let queue = DispatchQueue(label: "passwords")
    private let waiting = Mutex(0)

    init(rounds: UInt32) {
        self.rounds = rounds
    }

    /// Takes as long whether there is a hash or not.
    func matches(_ password: Password, _ hash: PasswordHash?) async throws -> Bool {
        let tried = hash ?? PasswordHash.nobody(rounds: rounds)
        let isRight = try await run { try tried.matches(password) }
        return hash != nil && isRight
    }

    func hash(_ password: Password) async throws -> PasswordHash {
        try await run { [rounds] in try PasswordHash(password, rounds: rounds) }
    }

    private func run<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        let isTaken = waiting.withLock { count in
            guard count < Self.waitingLimit else { return false }
            count += 1
            return true
        }
        guard isTaken else { throw HubError.tooManyRequests(retryAfterSeconds: 5) }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
