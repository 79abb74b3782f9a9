public import GS1

/// What the catalogue says about what was read.
public enum CatalogueNote: Sendable, Equatable {
    /// The item's name, and what is wrong with its lot.
    case named(String, isRecalled: Bool, expiry: CalendarDate?)
    /// There is a catalogue, and this code is not in it.
    case unknown
}

extension WorkflowStep {
    /// Adds what the catalogue says. The goods are taken all the same: facts are.
    mutating func tell(_ note: CatalogueNote) {
        guard let feedback = outcome.feedback, feedback.signal != .error else { return }
        switch note {
        case .unknown:
            let signal = feedback.signal == .ok ? .unknown : feedback.signal
            say(
                signal, code: "unknown-code",
                "\(feedback.message) The catalogue doesn't know this code.")
        case .named(let name, let isRecalled, let expiry):
            let message = name.isEmpty ? feedback.message : "\(name.shown): \(feedback.message)"
            say(feedback.signal, code: feedback.code, message)
            if let expiry { warn(expired: expiry) }
            if isRecalled {
                say(
                    feedback.signal == .ok ? .unknown : feedback.signal, code: "recalled",
                    "\(outcome.feedback?.message ?? message) This lot was recalled: set it aside.")
            }
        }
    }
}
