/// Writes one message to the selected tag, reads it back, and locks it where that is asked for.
struct TagWriting {
    /// How often one step is tried while the tag is there.
    private static let attemptLimit = 6

    let reader: any NFCReader
    let tag: Tag

    /// Returns when the tag holds the message, as it was read back.
    func write(_ message: [UInt8]) throws(WritingFailure) {
        let writable = try writable()
        let steps = try prepared(.unchanged) { () throws(PreparationFault) in
            try writable.steps(for: message)
        }
        try carryOut(steps)
        let held = try prepared(.written) { () throws(PreparationFault) in
            do throws(ReadingFailure) {
                return try writable.message()
            } catch {
                throw .reading(error)
            }
        }
        guard held == message else {
            throw WritingFailure(.differs, .unknown, "What was read back is not what was written.")
        }
    }

    /// For ever.
    func lock() throws(WritingFailure) {
        let writable = try writable()
        let steps = try prepared(.written) { () throws(PreparationFault) in
            try writable.lockSteps()
        }
        try carryOut(steps, before: .written)
        let isLocked = try prepared(.written) { () throws(PreparationFault) in
            do throws(ReadingFailure) {
                return try writable.isLocked()
            } catch {
                throw .reading(error)
            }
        }
        guard isLocked else {
            throw WritingFailure(.notLocked, .written, "The tag did not take its locks.")
        }
    }

    private func writable() throws(WritingFailure) -> any WritableTag {
        switch tag.technology {
        case .felica: return Type3Tag(reader: reader, uid: tag.uid)
        case .a(let sak) where sak & 0x20 != 0: return Type4Tag(reader: reader)
        case .a(0x00): return Type2Tag(reader: reader, uid: tag.uid)
        case .a: throw .notForMessages
        }
    }

    private func carryOut(
        _ steps: [WritingStep], before: WritingFailure.Remainder = .unchanged
    ) throws(WritingFailure) {
        var remainder = before
        for step in steps {
            guard try isDone(step, remainder) else {
                // It may or may not have taken the step before it left.
                throw .torn(remainder == step.leaves ? remainder : .unknown)
            }
            remainder = step.leaves
        }
    }

    /// false: the tag has gone.
    private func isDone(
        _ step: WritingStep, _ remainder: WritingFailure.Remainder
    ) throws(WritingFailure) -> Bool {
        for _ in 0..<Self.attemptLimit {
            do throws(ReaderFault) {
                let answer = try reader.perform(step.command)
                if step.command.isTaken(by: answer) { return true }
            } catch {}
            guard isBack() else { return false }
        }
        throw WritingFailure(.locked, remainder, "The tag does not take what is written to it.")
    }

    /// Runs `body` until the tag answers wholly, or has gone.
    private func prepared<Value>(
        _ remainder: WritingFailure.Remainder,
        _ body: () throws(PreparationFault) -> Value
    ) throws(WritingFailure) -> Value {
        for _ in 0..<Self.attemptLimit {
            do throws(PreparationFault) {
                return try body()
            } catch {
                switch error {
                case .failure(let failure): throw failure
                case .reading(.tag(let fault)) where fault != .mixedUp:
                    throw WritingFailure(.notWritable, remainder, fault.sentence)
                case .reading: guard isBack() else { throw .torn(remainder) }
                }
            }
        }
        throw .torn(remainder)
    }

    /// Selects the tag anew. A link that garbles one command is forgiven.
    private func isBack() -> Bool {
        for _ in 0..<3 {
            do throws(ReaderFault) {
                try reader.refresh()
                if try reader.select(tag) { return reopens() }
            } catch { continue }
        }
        return false
    }

    /// A card of Type 4 forgets which file was selected.
    private func reopens() -> Bool {
        guard case .a(let sak) = tag.technology, sak & 0x20 != 0 else { return true }
        // A card that leaves just now is found out by the next step.
        return (try? Type4Tag(reader: reader).open()) != nil
    }
}

extension TagCommand {
    /// Whether the answer says that it was done.
    fileprivate func isTaken(by answer: [UInt8]) -> Bool {
        switch self {
        case .apdu: answer.suffix(2) == [0x90, 0x00]
        case .felica: answer.count >= 12 && answer[1] == 0x09 && answer[10] == 0
        default: true
        }
    }
}
