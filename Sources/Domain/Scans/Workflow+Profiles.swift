import Replication

extension Workflow {
    /// The settings, with what the profile says over them.
    var rules: WorkflowSettings { profile?.over(settings) ?? settings }

    public var profile: BatchProfile? { state.context.profile.flatMap { BatchProfile.named($0) } }

    mutating func choose(
        _ name: String?, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        if let open = state.open, open.awaitsDestination { throw .noDestination(open) }
        guard let name else {
            let closed = endBatch(in: &step)
            state.context.profile = nil
            return step.say(.done, "No profile" + Self.ending(closed))
        }
        guard let profile = BatchProfile.named(name) else { throw .unknownProfile(name) }
        let closed = endBatch(in: &step)
        state.context.profile = profile.name
        (state.mode, state.quantity) = (profile.mode, nil)
        if let place = profile.place { state.place = place }
        step.say(
            .done,
            "Profile \(profile.name): \(profile.mode.sentence(at: place))" + Self.ending(closed))
    }

    /// Lists are kept elsewhere: whoever names one has seen that it is there.
    mutating func compare(
        with list: String?, in step: inout WorkflowStep
    ) throws(WorkflowRefusal) {
        guard list ?? "" != state.context.list else {
            return step.say(
                .done,
                list.map { "Compared with list \($0.shown), as before." }
                    ?? "Compared with no list, as before.")
        }
        if let open = state.open, open.awaitsDestination { throw .noDestination(open) }
        let closed = endBatch(in: &step)
        state.context.list = list ?? ""
        step.say(
            .done,
            (list.map { "Compared with list \($0.shown)" } ?? "Compared with no list")
                + Self.ending(closed))
    }

    /// Tells what the profile wants of a label and this one lacks.
    func tellLacks(of scan: Scan, _ subject: BatchSubject, in step: inout WorkflowStep) {
        for need in profile?.needs ?? [] {
            guard let lack = need.lack(in: scan, of: subject),
                let feedback = step.outcome.feedback, feedback.signal != .error
            else { continue }
            step.say(
                feedback.signal == .ok ? .unknown : feedback.signal,
                code: feedback.code ?? lack.code, "\(feedback.message) \(lack.sentence)")
        }
    }

    private mutating func endBatch(in step: inout WorkflowStep) -> WorkflowBatch? {
        state.context.leaveUnits()
        return state.open == nil ? nil : closeBatch(in: &step)
    }
}
