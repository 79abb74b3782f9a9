import DriverKit
import NDEF
import Scans
import TagSecurity

/// Puts what a tap gave into a capture, or into a refusal that the operator hears.
struct TapVoice {
    /// What stands before a number, so that rules can tell it from a code.
    static let numberPrefix = "UID-"

    enum Refusal: Equatable {
        case torn, unreadable, blank, randomNumber
        case content(TagFault)

        /// Stable and documented.
        var code: String {
            switch self {
            case .torn: "nfc-torn"
            case .unreadable: "nfc-unreadable"
            case .blank: "nfc-blank"
            case .randomNumber: "nfc-random-number"
            case .content(let fault): fault.code
            }
        }

        var sentence: String {
            switch self {
            case .torn: "The tag left before it was read; hold it still."
            case .unreadable: "The tag does not answer wholly; hold it closer, or replace it."
            case .blank: "There is nothing on this tag."
            case .randomNumber:
                "This tag makes up a new number at each tap, as telephones do; take another."
            case .content(let fault): fault.sentence
            }
        }
    }

    let session: DeviceSession
    let options: NFCOptions

    func say(_ reading: TapReading, of tag: Tag) throws {
        switch payload(of: reading, tag) {
        case .success(let payload): try session.deliver(payload)
        case .failure(let refusal): refuse(refusal)
        }
    }

    func refuse(_ refusal: Refusal) {
        session.refuse(code: refusal.code, refusal.sentence)
    }

    private func payload(of reading: TapReading, _ tag: Tag) -> Result<Payload, Refusal> {
        switch reading {
        case .unreadable: return .failure(.unreadable)
        case .provenBadge: return .success(badge(tag, isProven: true))
        case .content(.faulty(let fault)): return .failure(.content(fault))
        case .content(.none): return number(of: tag)
        case .content(.message(let message)):
            guard options.numbers != .always, let saying = message.saying else {
                return number(of: tag)
            }
            return .success(.code(Array(saying.utf8)))
        }
    }

    private func number(of tag: Tag) -> Result<Payload, Refusal> {
        guard options.badges == .number || options.numbers != .never else {
            return .failure(.blank)
        }
        guard !tag.hasRandomUID else { return .failure(.randomNumber) }
        if options.badges == .number { return .success(badge(tag, isProven: false)) }
        return .success(.code(Array((Self.numberPrefix + tag.uid.hexadecimal).utf8)))
    }

    private func badge(_ tag: Tag, isProven: Bool) -> Payload {
        .badge(ShownBadge(number: tag.uid.hexadecimal, isProven: isProven))
    }
}

extension TapVoice.Refusal: Error {}
