import Devices
import Dialogues
import Feedback
import Pipeline
import Synchronization

/// Brings what is asked to the operator's ear, and to the microphones what is to be listened for.
final class Prompter: Sendable {
    private struct State {
        var supervisor: DeviceSupervisor?
        var grammar: String?
    }

    private let signals: SignalBoard
    private let state = Mutex(State())

    init(_ signals: SignalBoard) {
        self.signals = signals
    }

    /// nil: nothing is asked any more.
    func ask(_ question: Question?) {
        let supervisor = state.withLock { state in
            state.grammar = question?.prompt.grammar
            return state.supervisor
        }
        supervisor?.listen(for: question?.prompt.grammar)
        // Nobody is spoken to out of the blue.
        guard question?.isOld != true else { return }
        signals.say(question.map { Utterance($0) })
    }

    /// The devices come later than the first question.
    func prompt(_ supervisor: DeviceSupervisor) {
        let grammar = state.withLock { state in
            state.supervisor = supervisor
            return state.grammar
        }
        supervisor.listen(for: grammar)
    }
}

extension Utterance {
    fileprivate init(_ question: Question) {
        self.init(
            question.prompt.say, voice: question.voice, speed: question.manner.speed,
            volume: question.manner.volume)
    }
}
