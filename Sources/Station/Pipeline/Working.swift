public import Dialogues
import Replication
import Scans
import StationStorage

/// The assignment that is worked on, by whom.
struct Working: Sendable, Equatable {
    var record: AssignmentRecord
    var dialogue: Dialogue

    /// nil: what is stored of it makes no sense.
    init?(_ record: AssignmentRecord, manner: SpeechManner?) {
        guard
            let dialogue = Dialogue(
                record.assignment, state: record.state, manner: manner ?? SpeechManner())
        else { return nil }
        self.record = record
        self.dialogue = dialogue
    }
}

/// What an operator is asked now: for the ear, the eye and the recogniser.
public struct Question: Sendable, Equatable {
    public var prompt: DialoguePrompt
    public var manner: SpeechManner
    /// By what name the synthesiser knows the voice.
    public var voice: String
    /// It was asked before: after a restart, nobody is spoken to out of the blue.
    public var isOld: Bool

    init(_ prompt: DialoguePrompt, _ dialogue: Dialogue, isOld: Bool = false) {
        self.prompt = prompt
        manner = dialogue.manner
        voice = dialogue.language.voice
        self.isOld = isOld
    }
}

/// The assignment that is worked on, for those who look.
public struct AssignmentView: Sendable, Equatable {
    public var dialogue: Dialogue
    public var `operator`: String
    /// Microseconds since 1970.
    public var givenMicroseconds: Int64

    init(_ working: Working) {
        dialogue = working.dialogue
        `operator` = working.record.operator
        givenMicroseconds = working.record.givenMicroseconds
    }
}
