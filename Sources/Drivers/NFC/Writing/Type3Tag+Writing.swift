/// NFC Forum, Type 3 Tag 1.0, section 6.4.3: "being written" first, attributes with the length last.
extension Type3Tag: WritableTag {
    func steps(for message: [UInt8]) throws(PreparationFault) -> [WritingStep] {
        let attributes = try prepare { () throws(ReadingFailure) in try self.attributes() }
        guard let attributes else { throw .failure(.notForMessages) }
        guard attributes.isWritable else { throw .failure(.locked) }
        let room = attributes.blockCount * 16
        guard message.count <= room else { throw .failure(.tooSmall(message.count, room)) }
        let blocks = stride(from: 0, to: message.count, by: 16).map { start in
            let part = Array(message[start..<min(start + 16, message.count)])
            let padding = [UInt8](repeating: 0, count: 16 - part.count)
            return write(1 + start / 16, part + padding, .empty)
        }
        let begun = Self.block(attributes, isBeingWritten: true, messageBytes: message.count)
        let done = Self.block(attributes, isBeingWritten: false, messageBytes: message.count)
        return [write(0, begun, .empty)] + blocks + [write(0, done, .written)]
    }

    func lockSteps() throws(PreparationFault) -> [WritingStep] {
        let attributes = try prepare { () throws(ReadingFailure) in try self.attributes() }
        guard let attributes else { throw .failure(.notForMessages) }
        let block = Self.block(
            attributes, isBeingWritten: false, messageBytes: attributes.messageBytes,
            isWritable: false)
        return [write(0, block, .written)]
    }

    func isLocked() throws(ReadingFailure) -> Bool { try attributes()?.isWritable == false }

    private func write(
        _ block: Int, _ bytes: [UInt8], _ leaves: WritingFailure.Remainder
    ) -> WritingStep {
        let list: [UInt8] = [0x01, 0x00, UInt8(block & 0xFF), UInt8(block >> 8)]
        let body = [0x08] + uid + [0x01] + Self.writeService + list + bytes
        return WritingStep(command: .felica([UInt8(body.count + 1)] + body), leaves: leaves)
    }

    static func block(
        _ attributes: Attributes, isBeingWritten: Bool, messageBytes: Int, isWritable: Bool = true
    ) -> [UInt8] {
        var bytes = attributes.bytes
        bytes[9] = isBeingWritten ? 0x0F : 0x00
        bytes[10] = isWritable ? 1 : 0
        for (index, shift) in [16, 8, 0].enumerated() {
            bytes[11 + index] = UInt8(messageBytes >> shift & 0xFF)
        }
        let sum = bytes[0..<14].reduce(0) { $0 + Int($1) }
        (bytes[14], bytes[15]) = (UInt8(sum >> 8), UInt8(sum & 0xFF))
        return bytes
    }
}
