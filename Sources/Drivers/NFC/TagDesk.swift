import DriverKit
import LinuxIO
public import NDEF
import TagSecurity

/// A reader on a desk: what `scanstationctl nfc` does with single tags, without the daemon.
public struct TagDesk {
    private let reader: any NFCReader

    /// `node` as a device's path in the configuration. Throws `DriverFault`.
    public init(node: String, speed: Int = 115_200, readerName: String = "") throws {
        var options = NFCOptions()
        (options.speed, options.readerName) = (speed, readerName)
        do {
            reader = try ReaderOpening(node, options: options).open()
        } catch {
            throw DriverFault(error)
        }
    }

    /// Where a reader may be when nobody says: pcscd's socket.
    public static let defaultNode = ReaderPlace.pcscSocket

    /// Waits for a tag. nil: none came in time.
    public func awaitTag(for patience: Duration) throws -> PresentTag? {
        let deadline = SystemTime.monotonic + patience
        var faults = 0
        repeat {
            do throws(ReaderFault) {
                if let tag = try reader.awaitTag() { return PresentTag(tag: tag, reader: reader) }
                faults = 0
            } catch {
                faults += 1
                guard faults < 4, !reader.isGone else {
                    throw DriverFault(
                        .unplugged, "the reader stopped answering",
                        fix: "Check its power and its cable.")
                }
            }
        } while SystemTime.monotonic < deadline
        return nil
    }

    /// Waits until this tag has gone.
    public func awaitDeparture(of present: PresentTag) throws {
        var misses = 0
        while misses < 2 {
            // A garbled command is as good as a miss; the second look decides.
            let isThere = (try? reader.select(present.tag)) ?? false
            misses = isThere ? 0 : misses + 1
            _ = try Poll.wait(timeout: .milliseconds(100))
        }
    }
}

/// A tag in front of a reader.
public struct PresentTag {
    let tag: Tag
    let reader: any NFCReader

    /// What a tag is and holds.
    public struct Contents: Sendable, Equatable {
        public var message: NDEFMessage?
        /// Why there is none that can be read: a code and a sentence.
        public var fault: (code: String, sentence: String)? {
            problem.map { ($0.code, $0.sentence) }
        }
        var problem: TapVoice.Refusal?
    }

    /// In hexadecimal.
    public var uid: String { tag.uid.hexadecimal }

    /// As the NFC Forum counts them, or the maker's name.
    public var kind: String {
        switch tag.technology {
        case .felica: "type 3"
        case .a(let sak) where sak & 0x20 != 0: "type 4"
        case .a(0x00): "type 2"
        case .a(let sak) where sak & 0x08 != 0: "mifare classic"
        case .a: "unknown"
        }
    }

    /// Reads it, as often as it takes while it is there.
    public func contents() -> Contents {
        for _ in 0..<6 {
            do throws(ReaderFault) {
                switch try TagReading(reader: reader, tag: tag).content() {
                case .message(let message): return Contents(message: message)
                case .none: return Contents(problem: .blank)
                case .faulty(.mixedUp): break
                case .faulty(let fault): return Contents(problem: .content(fault))
                }
            } catch {}
            // A reader that does not answer now is asked again.
            try? reader.refresh()
            guard (try? reader.select(tag)) == true else { return Contents(problem: .torn) }
        }
        return Contents(problem: .unreadable)
    }

    /// Writes, reads back, and locks for ever where that is asked for.
    public func write(_ message: NDEFMessage, locks: Bool) throws(WritingFailure) {
        let writing = TagWriting(reader: reader, tag: tag)
        try writing.write(message.encoded)
        if locks { try writing.lock() }
    }
}
