import Synchronization

/// How the station stands with its hub.
public enum LinkState: Sendable, Equatable {
    case notEnrolled
    case connecting
    case online
    case offline(code: String, message: String)
}

/// The link's state, for everyone to read.
public final class LinkStatus: Sendable {
    private let state = Mutex(LinkState.notEnrolled)
    private let changed: @Sendable () -> Void

    /// `changed` is called after each change, on whatever thread made it.
    public init(changed: @escaping @Sendable () -> Void) {
        self.changed = changed
    }

    public var current: LinkState { state.withLock { $0 } }

    func set(_ new: LinkState) {
        let isNew = state.withLock { state in
            defer { state = new }
            return state != new
        }
        if isNew { changed() }
    }
}
