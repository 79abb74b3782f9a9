import Logging
import OperatorGrants
public import Scans
import Synchronization

/// What becomes of something that a device read.
public enum Admission: Sendable, Equatable {
    /// A badge, or nobody is logged in who may scan: that is the answer, and nothing is stored.
    case answered(Feedback)
    /// To be taken in; in whose name, empty: nobody's.
    case admitted(operator: String)
}

/// The badge that was shown last, and what came of it.
struct ShownLast: Equatable {
    var wearer: String
    var time: Int64
    var feedback: Feedback
}

extension LoginDesk {
    /// A barcode is read twice while it is held: that is one showing.
    private static let repeatMicroseconds: Int64 = 3_000_000

    /// Looks at what a device read before anybody else does.
    public func admit(_ capture: Capture) -> Admission {
        if let feedback = show(badges(in: capture)) {
            tell()
            return .answered(feedback)
        }
        let session = atStation
        if rules.isRequired {
            guard let session else { return .answered(Feedback(refused: .operator, nil)) }
            guard session.role >= .operator else {
                return .answered(Feedback(refused: .operator, session))
            }
        }
        state.withLock { $0.book.touch(nil, now: clocks.running()) }
        return .admitted(operator: session?.name ?? "")
    }

    /// The badges that a capture may be, the best first.
    private func badges(in capture: Capture) -> [Badge] {
        switch capture.payload {
        case .badge(let shown):
            return (shown.isProven ? [Badge.Kind.dna, .uid] : [.uid])
                .compactMap { Badge($0, shown.number) }
        case .code(let bytes):
            guard hasCodes, bytes.count <= Self.codeLimitBytes else { return [] }
            return codes(String(decoding: bytes, as: UTF8.self))
        case .keystrokes(let text):
            guard hasCodes, text.utf8.count <= Self.codeLimitBytes else { return [] }
            return codes(text)
        case .spoken: return []
        }
    }

    private static let codeLimitBytes = Badge.codeLimits.upperBound + 3

    private var hasCodes: Bool { state.withLock { $0.grants.hasCodes } }

    /// As it stands, and without the AIM identifier that some scanners send before it.
    private func codes(_ text: String) -> [Badge] {
        let rest = text.hasPrefix("]") ? [String(text.dropFirst(3))] : []
        return ([text] + rest).compactMap { Badge(.code, $0) }
    }

    /// nil: nobody's badge.
    private func show(_ badges: [Badge]) -> Feedback? {
        guard !badges.isEmpty else { return nil }
        return state.withLock { state in
            for badge in badges {
                guard let grant = state.grants.wearer(of: badge) else { continue }
                return show(badge.kind, of: grant, &state)
            }
            // The number is right, and whoever wears it would have proved more.
            guard let number = badges.first, number.kind == .uid,
                let wearer = state.grants.wearer(of: Badge(.dna, number.value))
            else { return nil }
            log.notice(
                "operators: the number of \(wearer.name)'s badge came without its proof",
                metadata: ["code": "badge-unproven"])
            return Feedback(
                .error, code: "badge-unproven",
                message: "This badge did not prove its key. Nobody is logged in by it.")
        }
    }

    private func show(
        _ kind: Badge.Kind, of grant: OperatorGrant, _ state: inout State
    ) -> Feedback {
        let now = clocks.running()
        if let last = state.shown, last.wearer == grant.name,
            (0..<Self.repeatMicroseconds).contains(now - last.time)
        {
            state.shown?.time = now
            return last.feedback
        }
        let feedback = toggle(kind, of: grant, now, &state)
        state.shown = ShownLast(wearer: grant.name, time: now, feedback: feedback)
        return feedback
    }

    private func toggle(
        _ kind: Badge.Kind, of grant: OperatorGrant, _ now: Int64, _ state: inout State
    ) -> Feedback {
        let session = Session(grant, kind.isProof ? .badge : .number, begun: clocks.wall())
        state.endExpired(wall: session.begun)
        if state.book.atStation(now: now)?.name == grant.name {
            state.book.endAtStation()
            log.notice("operators: \(grant.name) logged out by badge")
            return Feedback(.done, message: "\(grant.name) is logged out.")
        }
        guard session.expires > state.hubTime(wall: session.begun) else {
            let error = LoginError.grantExpired(grant.name)
            return Feedback(.error, code: error.code, message: "\(error)")
        }
        guard session.isAdmissible else {
            return Feedback(
                .unknown, code: "pin-wanted",
                message: "\(grant.name), type your PIN: a supervisor's badge can be copied.")
        }
        state.book.begin(session, screen: nil, now: now)
        log.notice("operators: \(grant.name) logged in by badge")
        return Feedback(.done, message: "\(grant.name) is logged in.")
    }
}

extension Feedback {
    /// What somebody is told whose role is not enough; nil: nobody is logged in.
    fileprivate init(refused role: OperatorRole, _ session: Session?) {
        guard let session else {
            self.init(
                .error, code: "login-needed",
                message: "Log in first: show your badge, or type your PIN. Nothing was stored.")
            return
        }
        self.init(
            .error, code: "role-needed",
            message: "\(session.name) is a \(session.role.rawValue) and may not scan. "
                + "Nothing was stored.")
    }
}
