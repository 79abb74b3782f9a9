import Synchronization

/// Messages that are being published together. Over exactly once, whoever ends it.
final class PublishJob: Sendable {
    private struct State {
        var outcome: MQTTClient.Outcome?
        var tell: (@Sendable (MQTTClient.Outcome) -> Void)?
    }

    let messages: [MQTTMessage]
    private let state = Mutex(State())

    init(_ messages: [MQTTMessage]) {
        self.messages = messages
    }

    var isOver: Bool { state.withLock { $0.outcome != nil } }

    func whenOver(_ tell: @escaping @Sendable (MQTTClient.Outcome) -> Void) {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.tell = tell }
            return state.outcome
        }
        if let outcome { tell(outcome) }
    }

    func end(_ confirmedCount: Int, _ error: MQTTError?) {
        let outcome = MQTTClient.Outcome(confirmedCount: confirmedCount, error: error)
        let tell = state.withLock { state in
            guard state.outcome == nil else {
                return (@Sendable (MQTTClient.Outcome) -> Void)?.none
            }
            state.outcome = outcome
            defer { state.tell = nil }
            return state.tell
        }
        tell?(outcome)
    }
}
