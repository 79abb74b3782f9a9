import Dispatch
import LinuxIO
public import Logging
public import OperatorGrants
public import StationStorage
import Synchronization

/// Lets operators in, by PIN and by badge, and knows who is.
///
/// Grants are the hub's, kept in the store and looked at whenever they are read. Sessions live in
/// memory: a restart logs everybody out. Wrong PINs are counted in the store.
public final class LoginDesk: Sendable {
    public struct Rules: Sendable {
        /// Whether who changes something must be logged in.
        public var isRequired: Bool
        /// How long who does nothing stays logged in.
        public var idleLimit: Duration

        public init(isRequired: Bool = false, idleLimit: Duration = .seconds(900)) {
            self.isRequired = isRequired
            self.idleLimit = idleLimit
        }
    }

    /// Clocks, for tests as well: microseconds.
    public struct Clocks: Sendable {
        /// Since 1970, by a clock that may be wrong.
        public var wall: @Sendable () -> Int64
        /// Runs on, also while the machine sleeps, and never back.
        public var running: @Sendable () -> Int64

        public init(
            wall: @escaping @Sendable () -> Int64, running: @escaping @Sendable () -> Int64
        ) {
            (self.wall, self.running) = (wall, running)
        }

        /// The kernel's.
        public static let machine = Clocks(
            wall: { SystemTime.wall.microseconds },
            running: { SystemTime.sinceBoot.microseconds })
    }

    struct State {
        var book: SessionBook
        var grants = GrantBook(nil)
        var hubOffsetMicroseconds: Int64 = 0
        /// Why there are no grants, when something is wrong with them.
        var fault: GrantError?
        /// What of the hub's was not taken, as it was last told.
        var refused: GrantError?
        var shown: ShownLast?
        var waiting = 0
    }

    /// PINs that may wait to be looked at: each takes some 100 ms and 32 MiB, one after the other.
    static let waitingLimit = 8

    public let rules: Rules
    let clocks: Clocks
    let store: StationStore
    let log: Logger
    let state: Mutex<State>
    private let changed: @Sendable (Session?) -> Void
    private let queue = DispatchQueue(label: "login")

    /// `changed`: called after somebody came or went, and after the hub told of operators, with
    /// who works at the station now.
    public init(
        store: StationStore, rules: Rules, clocks: Clocks = .machine, log: Logger,
        changed: @escaping @Sendable (Session?) -> Void = { _ in }
    ) {
        self.store = store
        self.rules = rules
        self.clocks = clocks
        self.log = log
        self.changed = changed
        state = Mutex(State(book: SessionBook(idleMicroseconds: rules.idleLimit.microseconds)))
        read()
    }

    /// The hub said anew who may work here; `error`: that was not taken. Returns at once.
    public func rosterHeard(_ error: GrantError?) {
        let isNew = state.withLock { state in
            defer { state.refused = error }
            return state.refused != error
        }
        if let error {
            if isNew { report(error) }
        } else {
            onQueue { desk in
                desk.read()
                desk.tell()
            }
        }
    }

    /// Takes the roster from the store. Whoever has no grant any more is logged out.
    private func read() {
        do {
            let (roster, offset) = try store.read {
                (try $0.roster(), try $0.hubOffsetMicroseconds())
            }
            take(GrantBook(roster), offset, nil)
        } catch let error as GrantError {
            take(GrantBook(nil), 0, error)
            report(error)
        } catch {
            take(GrantBook(nil), 0, .rosterNonsense("\(error)"))
            log.error("operators: \(error)")
        }
    }

    private func take(_ grants: GrantBook, _ offset: Int64, _ fault: GrantError?) {
        state.withLock { state in
            (state.grants, state.hubOffsetMicroseconds, state.fault) = (grants, offset, fault)
            state.book.update { session in
                guard let grant = grants.grant(of: session.name) else { return nil }
                var session = session
                (session.role, session.expires) = (grant.role, grant.expires)
                // A badge that can be copied is no supervisor's.
                return session.isAdmissible ? session : nil
            }
        }
    }

    private func report(_ error: GrantError) {
        log.error("operators: \(error)", metadata: ["code": "\(error.code)"])
    }

    /// Tells whoever listens who works at the station now.
    func tell() { changed(atStation) }

    /// Runs `work` after whatever waits: it may block.
    func onQueue(_ work: @escaping @Sendable (LoginDesk) -> Void) {
        queue.async { [self] in work(self) }
    }
}

extension LoginDesk.State {
    /// By the hub's clock, which was no earlier when it signed the grants.
    func hubTime(wall: Int64) -> Int64 {
        max(wall &+ hubOffsetMicroseconds, grants.issued)
    }
}

extension Session {
    /// Whether what was shown is enough for the role.
    var isAdmissible: Bool { role < .supervisor || proof != .number }
}
