/// NFC Forum, Type 4 Tag 2.0, section 5.4.6: length zero first, the length last.
extension Type4Tag: WritableTag {
    /// What one command may carry, whatever the tag allows.
    private static let writeLimitBytes = 128

    func steps(for message: [UInt8]) throws(PreparationFault) -> [WritingStep] {
        let container = try prepare { () throws(ReadingFailure) in try open() }
        guard let container else { throw .failure(.notForMessages) }
        guard container.isWritable else { throw .failure(.locked) }
        guard message.count + 2 <= container.sizeBytes else {
            throw .failure(.tooSmall(message.count, container.sizeBytes - 2))
        }
        let size = min(container.writeLimitBytes, Self.writeLimitBytes)
        let body = stride(from: 0, to: message.count, by: size).map { start in
            Self.update(
                at: start + 2, Array(message[start..<min(start + size, message.count)]), .empty)
        }
        let length = [UInt8(message.count >> 8), UInt8(message.count & 0xFF)]
        return [Self.update(at: 0, [0, 0], .empty)] + body + [Self.update(at: 0, length, .written)]
    }

    private static func update(
        at offset: Int, _ bytes: [UInt8], _ leaves: WritingFailure.Remainder
    ) -> WritingStep {
        let header = [
            0x00, 0xD6, UInt8(offset >> 8 & 0xFF), UInt8(offset & 0xFF), UInt8(bytes.count),
        ]
        return WritingStep(command: .apdu(header + bytes), leaves: leaves)
    }

    /// Each maker has a way of its own.
    func lockSteps() throws(PreparationFault) -> [WritingStep] { throw .failure(.notLockable) }

    func isLocked() throws(ReadingFailure) -> Bool { try open()?.isWritable == false }
}
