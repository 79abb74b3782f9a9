/// What an answer leads to, for every question: the whole dialogue in one table.
enum DialogueAction: Equatable {
    case arrive
    case checkDigits(String)
    case state(Int64)
    case short(Int64?)
    case scanPlace, scanItem, scanSubstitute
    case put
    case carryOut, takeBack
    case undo, skip, askSubstitute, askCancel
    case close
    case inform(DialogueSentence)
    case again, pause, resume
    case manner(SpeechManner.Change)
    /// Nothing is done; the sentence says what would be right.
    case refuse(DialogueRefusal)
}

extension DialogueState {
    /// Total: every question has something to say to every answer.
    func action(on answer: DialogueAnswer) -> DialogueAction {
        switch (step, answer) {
        // At every question.
        case (_, .again): .again
        case (_, .help): .inform(.help)
        case (_, .howManyLeft): .inform(.left)
        case (_, .manner(let change)): .manner(change)
        case (_, .pause): isPaused ? .again : .pause
        case (_, .resume): isPaused ? .resume : .again
        case _ where isPaused: .refuse(.paused)
        case (_, .unfit): .refuse(.notAsked)
        case (.done, .undo): isCancelled ? .refuse(.done) : .undo
        case (.done, .ready), (.done, .confirm): .close
        case (.done, .whereTo): .inform(.left)
        case (.done, _): .refuse(.done)
        case (_, .whereTo): .inform(.position)

        // What was read back.
        case (.confirm, .confirm), (.confirm, .ready): .carryOut
        case (.confirm, .cancel), (.confirm, .undo): .takeBack
        case (.confirm(.cancel), _), (.confirm(.substitute), _): .refuse(.confirmFirst)
        case (.confirm, .number(let number)): .state(number)
        case (.confirm, .short(let number)): .short(number)
        case (.confirm, _): .refuse(.confirmFirst)

        case (.substitute, .item): .scanSubstitute
        case (.substitute, .cancel), (.substitute, .undo): .takeBack
        case (.substitute, _): .refuse(.scanSubstitute)

        case (_, .cancel): .askCancel

        case (.place, .check(let digits)): .checkDigits(digits)
        case (.place, .place): .scanPlace
        case (.place, .item): .scanItem
        case (.place, .ready), (.place, .confirm): .arrive
        case (.place, .skip): .skip
        case (.place, .undo): .undo
        case (.place, _): .refuse(.placeFirst)

        case (.quantity, .number(let number)): .state(number)
        case (.quantity, .short(let number)): .short(number)
        case (.quantity, .item): .scanItem
        case (.quantity, .place): .scanPlace
        case (.quantity, .confirm), (.quantity, .ready): .carryOut
        case (.quantity, .skip): .skip
        case (.quantity, .undo): .undo
        case (.quantity, .substitute): .askSubstitute
        case (.quantity, .check): .refuse(.sayQuantity)

        case (.destination, .check(let digits)): .checkDigits(digits)
        case (.destination, .place): .scanPlace
        case (.destination, .ready), (.destination, .confirm): .put
        case (.destination, .undo): .takeBack
        case (.destination, _): .refuse(.putFirst)
        default: .refuse(.notAsked)
        }
    }
}

/// Why an answer was not taken. The raw value is the stable code: docs/errors.md.
enum DialogueRefusal: String, Error, CaseIterable {
    case wrongCheck = "wrong-check"
    case wrongPlace = "wrong-place"
    case wrongItem = "wrong-item"
    case wrongLot = "wrong-lot"
    case placeFirst = "place-first"
    case sayCheck = "say-check"
    case sayQuantity = "say-quantity"
    case putFirst = "put-first"
    case confirmFirst = "confirm-first"
    case scanSubstitute = "scan-substitute"
    case tooMany = "too-many"
    case onlyLine = "only-line"
    case unfinishedLine = "unfinished-line"
    case nothingToUndo = "nothing-to-undo"
    case notAsked = "not-asked"
    case paused = "assignment-paused"
    case done = "assignment-done"
    case stale = "stale-answer"
}
