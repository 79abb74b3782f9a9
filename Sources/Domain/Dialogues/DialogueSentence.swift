/// All that a dialogue can say. A language has words for each.
public enum DialogueSentence: Hashable, Sendable {
    // Questions.
    case goTo, goToPlain, take, takeRest, count, countRest, put, putRest
    case carryTo, carryToPlain, scanSubstitute
    case confirmShort, confirmOver, confirmCount, confirmSubstitute, confirmCancel
    case allDone, allDoneShort, cancelled, pausedQuestion
    // What became of an answer, and what was asked for.
    case posted, skipped, undone, soFar, left, position, paused, mannerChanged, mannerAtLimit
    case help
    case helpPlace, helpQuantity, helpConfirm, helpDone, helpPaused
    /// After several wrong tries other ways are named.
    case tryOtherwise
    case refusal(String)

    static func refused(_ refusal: DialogueRefusal, isAgain: Bool) -> DialogueSentence {
        let canTry: Set<DialogueRefusal> = [.wrongCheck, .wrongPlace, .wrongItem, .placeFirst]
        return isAgain && canTry.contains(refusal) ? .tryOtherwise : .refusal(refusal.rawValue)
    }
}

/// One sentence with places for values, `{place}`.
struct DialoguePhrase: Sendable, Equatable {
    var full: String
    /// For who knows the work.
    var brief: String

    init(_ full: String, brief: String? = nil) {
        self.full = full
        self.brief = brief ?? full
    }
}
