/// Who is logged in: one at the station itself, and some from other machines.
///
/// Pure. Times are microseconds of a clock that only runs forward. Whoever does nothing for the
/// idle limit is logged out.
struct SessionBook {
    /// From other machines; the one that did nothing for longest makes room.
    static let remoteLimit = 64
    /// How long a screen may take on the session of a badge that was shown.
    static let joinMicroseconds: Int64 = 15_000_000
    /// Browsers that share the station's session.
    static let screensLimit = 8

    private struct Entry {
        var session: Session
        var used: Int64
    }

    let idleMicroseconds: Int64
    private var local: Entry?
    /// Browsers of this machine that go on with the station's session, the latest at the end.
    private var screens: [SessionKey] = []
    /// Until when one more may.
    private var joinEnd = Int64.min
    private var remote: [SessionKey: Entry] = [:]

    init(idleMicroseconds: Int64) {
        self.idleMicroseconds = idleMicroseconds
    }

    /// Somebody works at the station from now on, in place of whoever did. `screen`: where they
    /// typed; nil: they showed a badge, and a screen may join.
    mutating func begin(_ session: Session, screen: SessionKey?, now: Int64) {
        local = Entry(session: session, used: now)
        screens = screen.map { [$0] } ?? []
        joinEnd = screen == nil ? now + Self.joinMicroseconds : .min
    }

    mutating func beginRemote(_ session: Session, key: SessionKey, now: Int64) {
        forgetIdle(now)
        if remote.count >= Self.remoteLimit,
            let oldest = remote.min(by: { $0.value.used < $1.value.used })
        {
            remote[oldest.key] = nil
        }
        remote[key] = Entry(session: session, used: now)
    }

    /// Whether a badge was just shown, and a screen may go on with its session.
    func mayJoin(now: Int64) -> Bool { local != nil && now < joinEnd }

    /// A screen goes on with the session of the badge that was just shown; nil: none was.
    mutating func join(screen: SessionKey, now: Int64) -> Session? {
        forgetIdle(now)
        guard mayJoin(now: now) else { return nil }
        joinEnd = .min
        screens.append(screen)
        if screens.count > Self.screensLimit { screens.removeFirst() }
        return local?.session
    }

    /// Of whoever works at the station.
    mutating func atStation(now: Int64) -> Session? {
        forgetIdle(now)
        return local?.session
    }

    mutating func session(of key: SessionKey, now: Int64) -> Session? {
        forgetIdle(now)
        return screens.contains(key) ? local?.session : remote[key]?.session
    }

    /// Somebody did something.
    mutating func touch(_ key: SessionKey?, now: Int64) {
        forgetIdle(now)
        if let key, remote[key] != nil {
            remote[key]?.used = now
        } else if key.map({ screens.contains($0) }) ?? true {
            local?.used = now
        }
    }

    mutating func end(_ key: SessionKey) {
        remote[key] = nil
        if screens.contains(key) { endAtStation() }
    }

    mutating func endAtStation() {
        (local, screens, joinEnd) = (nil, [], .min)
    }

    /// Makes of each session what `change` says; nil ends it.
    mutating func update(_ change: (Session) -> Session?) {
        if let entry = local {
            if let session = change(entry.session) {
                local?.session = session
            } else {
                endAtStation()
            }
        }
        remote = remote.compactMapValues { entry in
            change(entry.session).map { Entry(session: $0, used: entry.used) }
        }
    }

    private mutating func forgetIdle(_ now: Int64) {
        if let entry = local, now - entry.used >= idleMicroseconds { endAtStation() }
        remote = remote.filter { now - $0.value.used < idleMicroseconds }
    }
}
