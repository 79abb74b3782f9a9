extension DialogueLanguage {
    public static let english = DialogueLanguage(
        name: "en", voice: "en-us", letters: Self.englishLetters,
        plurals: [("x", "es"), ("s", "es"), ("ch", "es"), ("sh", "es"), ("", "s")],
        phrases: Self.englishQuestions.merging(Self.englishNotices) { first, _ in first }
            .merging(Self.englishRefusals) { first, _ in first })

    private static let englishLetters: [Character: String] = [
        "A": "alpha", "B": "bravo", "C": "charlie", "D": "delta", "E": "echo", "F": "foxtrot",
        "G": "golf", "H": "hotel", "I": "india", "J": "juliet", "K": "kilo", "L": "lima",
        "M": "mike", "N": "november", "O": "oscar", "P": "papa", "Q": "quebec", "R": "romeo",
        "S": "sierra", "T": "tango", "U": "uniform", "V": "victor", "W": "whiskey",
        "X": "x-ray", "Y": "yankee", "Z": "zulu", "0": "zero", "1": "one", "2": "two",
        "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight",
        "9": "nine",
    ]

    private static let englishQuestions: [DialogueSentence: DialoguePhrase] = [
        .goTo: DialoguePhrase("Go to {place}. Check digits?", brief: "{place}. Digits?"),
        .goToPlain: DialoguePhrase("Go to {place}. Say ready.", brief: "{place}."),
        .take: DialoguePhrase("Pick {quantity} of {item}.", brief: "Pick {quantity}."),
        .takeRest: DialoguePhrase(
            "{rest} more of {item}, {scanned} scanned.", brief: "{rest} more."),
        .count: DialoguePhrase("Count {item}. How many?", brief: "Count."),
        .countRest: DialoguePhrase(
            "{scanned} scanned. Say confirm, or how many.", brief: "{scanned}."),
        .put: DialoguePhrase("Put {quantity} of {item} here.", brief: "Put {quantity}."),
        .putRest: DialoguePhrase(
            "{rest} more of {item} to put here.", brief: "{rest} more."),
        .carryTo: DialoguePhrase(
            "Take {number} to {destination}. Check digits?", brief: "To {destination}. Digits?"),
        .carryToPlain: DialoguePhrase(
            "Take {number} to {destination}. Say ready.", brief: "To {destination}."),
        .scanSubstitute: DialoguePhrase("Scan what you take in its place, or say cancel."),
        .confirmShort: DialoguePhrase(
            "Short: {bare} of {quantity}. Confirm?", brief: "Short {number}?"),
        .confirmOver: DialoguePhrase(
            "{number}, and {asked} asked for. Confirm?", brief: "{number}, not {asked}?"),
        .confirmCount: DialoguePhrase("Counted {number}. Confirm?", brief: "{number}?"),
        .confirmSubstitute: DialoguePhrase("{other} in place of {item}. Confirm?"),
        .confirmCancel: DialoguePhrase("End this assignment now? Confirm, or say cancel."),
        .allDone: DialoguePhrase("All done: {done}. Say ready.", brief: "All done."),
        .allDoneShort: DialoguePhrase(
            "All done: {done}, {shorts} short. Say ready.", brief: "All done, {shorts} short."),
        .cancelled: DialoguePhrase("Ended: {done} done, {left} left. Say ready."),
        .pausedQuestion: DialoguePhrase("Paused. Say resume to go on.", brief: "Paused."),
    ]

    private static let englishNotices: [DialogueSentence: DialoguePhrase] = [
        .posted: DialoguePhrase("{posted}.", brief: ""),
        .skipped: DialoguePhrase("Skipped for now.", brief: "Skipped."),
        .undone: DialoguePhrase("Taken back.", brief: "Back."),
        .soFar: DialoguePhrase("", brief: ""),
        .left: DialoguePhrase("{left} left, {pieces} to go."),
        .position: DialoguePhrase("Line {line} of {lines}, at {place}."),
        .paused: DialoguePhrase("", brief: ""),
        .mannerChanged: DialoguePhrase("Like this."),
        .mannerAtLimit: DialoguePhrase("That is as far as it goes."),
        .helpPlace: DialoguePhrase(
            "Say the digits on the label, or scan it. Or say skip, where, how many left, undo, "
                + "cancel or pause."),
        .helpQuantity: DialoguePhrase(
            "Say confirm, or pick and a number. Or say short and a number, skip, substitute, undo, "
                + "cancel or pause. Scanning the goods counts them."),
        .helpConfirm: DialoguePhrase("Say confirm, or cancel to go back."),
        .helpDone: DialoguePhrase("Say ready to end, or undo to take the last line back."),
        .helpPaused: DialoguePhrase("Say resume to go on. Scans count as on any day until then."),
        .tryOtherwise: DialoguePhrase(
            "Not right either. Scan the label, or say skip, or short zero when you are there."),
    ]

    private static let englishRefusals: [DialogueSentence: DialoguePhrase] = [
        .refusal("wrong-check"): DialoguePhrase("Wrong digits.", brief: "Wrong."),
        .refusal("wrong-place"): DialoguePhrase("That is another place.", brief: "Wrong place."),
        .refusal("wrong-item"): DialoguePhrase(
            "That is something else: {item} is asked for.", brief: "Wrong item."),
        .refusal("wrong-lot"): DialoguePhrase("That is another lot.", brief: "Wrong lot."),
        .refusal("place-first"): DialoguePhrase("First the place.", brief: "Place first."),
        .refusal("say-check"): DialoguePhrase("Say the digits on the label, or scan it."),
        .refusal("say-quantity"): DialoguePhrase("Say how many."),
        .refusal("put-first"): DialoguePhrase("First put them down at {destination}."),
        .refusal("confirm-first"): DialoguePhrase("Say confirm, or cancel."),
        .refusal("scan-substitute"): DialoguePhrase("Scan the other goods, or say cancel."),
        .refusal("too-many"): DialoguePhrase(
            "That would be more than {quantity}: it does not count."),
        .refusal("only-line"): DialoguePhrase(
            "This is the only line left. Say short zero if there are none."),
        .refusal("unfinished-line"): DialoguePhrase(
            "You have {scanned} in hand. Say confirm, short, or undo."),
        .refusal("nothing-to-undo"): DialoguePhrase("There is nothing to take back."),
        .refusal("not-asked"): DialoguePhrase("That is no answer here."),
        .refusal("assignment-paused"): DialoguePhrase("Say resume first."),
        .refusal("assignment-done"): DialoguePhrase("Say ready, or undo."),
        .refusal("stale-answer"): DialoguePhrase("That answered an older question."),
    ]
}
