import NDEF

/// What a tag holds.
enum TagContent: Equatable {
    case message(NDEFMessage)
    /// It is no NDEF tag, or one that we can't open: only its number is known.
    case none
    /// It is one, and what it holds is wrong.
    case faulty(TagFault)
}

/// What is wrong with the content of a tag that was read to its end.
enum TagFault: Error, Equatable {
    /// Its number in memory is not the one that it told.
    case mixedUp
    /// Its own tables contradict each other.
    case layout
    /// Somebody began to write to it and did not end.
    case unfinished
    case message(NDEFFault)

    /// Stable and documented.
    var code: String {
        switch self {
        case .mixedUp: "nfc-mixed-up"
        case .layout: "nfc-layout"
        case .unfinished: "nfc-unfinished"
        case .message: "nfc-message"
        }
    }

    var sentence: String {
        switch self {
        case .mixedUp: "Two tags lie too close together; hold one of them alone."
        case .layout: "The tag's own tables are wrong; write it anew."
        case .unfinished: "The tag was torn away while it was written; write it again."
        case .message(let fault): "The tag's message is broken: \(fault.message)"
        }
    }
}

/// Why a reading ended without a content.
enum ReadingFailure: Error, Equatable {
    /// The reader or the tag did not answer: worth another try.
    case reader(ReaderFault)
    case tag(TagFault)
}

/// Reads what the selected tag holds. Nothing is answered but the whole.
struct TagReading {
    let reader: any NFCReader
    let tag: Tag

    /// Throws when it was torn on the way; then nothing of it counts.
    func content() throws(ReaderFault) -> TagContent {
        do throws(ReadingFailure) {
            guard let bytes = try message() else { return .none }
            do throws(NDEFFault) {
                return .message(try NDEFMessage(decoding: bytes))
            } catch {
                return .faulty(.message(error))
            }
        } catch {
            switch error {
            case .reader(let fault): throw fault
            case .tag(let fault): return .faulty(fault)
            }
        }
    }

    /// The message as it lies on the tag; nil: it has none.
    func message() throws(ReadingFailure) -> [UInt8]? {
        switch tag.technology {
        case .felica: return try Type3Tag(reader: reader, uid: tag.uid).message()
        case .a(let sak) where sak & 0x20 != 0: return try Type4Tag(reader: reader).message()
        case .a(0x00): return try Type2Tag(reader: reader, uid: tag.uid).message()
        case .a(let sak) where sak & 0x08 != 0:
            return try ClassicTag(reader: reader, tag: tag).message()
        case .a: return nil
        }
    }
}

extension NFCReader {
    /// As `perform`, for readings.
    func ask(_ command: TagCommand) throws(ReadingFailure) -> [UInt8] {
        do throws(ReaderFault) {
            return try perform(command)
        } catch {
            throw .reader(error)
        }
    }
}
