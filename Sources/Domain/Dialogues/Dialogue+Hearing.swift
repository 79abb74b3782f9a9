extension Dialogue {
    /// Whether this answer is for the dialogue. While it is paused, or done, the station works as on
    /// any other day.
    public func hears(_ answer: DialogueAnswer) -> Bool {
        switch answer {
        case .again, .howManyLeft, .whereTo, .help, .pause, .resume, .manner: true
        case .undo, .ready, .confirm: !state.isPaused
        default: !state.isPaused && !isDone
        }
    }
}
