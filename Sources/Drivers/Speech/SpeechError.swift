/// Why speech can't be recognised, with what was tried and on what.
public enum SpeechError: Error, Equatable, CustomStringConvertible {
    case packUnreadable(String, reason: String)
    case modelUnusable(String)
    case wordUnusable(String)
    case grammarUnusable(String)
    case grammarUnknown(String, known: [String])
    case utteranceTooLong(limit: Duration)
    case decoderFailed(String)
    case voiceUnwritable(String, reason: String)

    public var code: String {
        switch self {
        case .packUnreadable: "language-pack"
        case .modelUnusable: "speech-model"
        case .wordUnusable, .grammarUnusable, .grammarUnknown: "speech-grammar"
        case .utteranceTooLong: "utterance-too-long"
        case .decoderFailed: "speech-decoder"
        case .voiceUnwritable: "voice-unwritable"
        }
    }

    public var description: String {
        switch self {
        case .packUnreadable(let path, let reason): "read language pack \(path): \(reason)"
        case .modelUnusable(let path): "load acoustic model \(path): PocketSphinx refuses it"
        case .wordUnusable(let word): "add the word '\(word)': its sounds are none of the model's"
        case .grammarUnusable(let name):
            "compile grammar '\(name)': no JSGF, or a word of it is not in the pack"
        case .grammarUnknown(let name, let known):
            "there is no grammar '\(name)', only " + known.joined(separator: ", ")
        case .utteranceTooLong(let limit): "recognise: an utterance is longer than \(limit)"
        case .voiceUnwritable(let path, let reason): "write voice \(path): \(reason)"
        case .decoderFailed(let operation): "recognise: PocketSphinx failed to \(operation)"
        }
    }
}
