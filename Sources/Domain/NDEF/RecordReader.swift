/// A record as it lies in the message, its chunks joined and its payload not looked into.
struct RawRecord {
    var format: NDEFRecord.TypeNameFormat
    var type: [UInt8]
    var id: [UInt8]
    var payload: [UInt8]
    let offset: Int
}

/// Takes a message apart into records (NDEF 1.0 sections 2.3 and 3.2).
struct RecordReader {
    private let bytes: [UInt8]
    private var position = 0
    private var hasBegun = false
    private var hasEnded = false

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// nil: the message has ended, as it should.
    mutating func next() throws(NDEFFault) -> RawRecord? {
        if hasEnded {
            guard position == bytes.count else {
                throw NDEFFault(
                    .afterEnd, at: position,
                    "\(bytes.count - position) bytes follow the end of the message.")
            }
            return nil
        }
        guard position < bytes.count else {
            guard hasBegun else { return nil }
            throw NDEFFault(.noEnd, at: position, "No record is marked as the last one.")
        }
        return try joined(try header())
    }

    private mutating func joined(_ first: Header) throws(NDEFFault) -> RawRecord {
        guard let format = NDEFRecord.TypeNameFormat(rawValue: first.format) else {
            throw NDEFFault(
                first.isUnchanged ? .chunk : .typeNameFormat, at: first.offset,
                first.isUnchanged
                    ? "A chunk without a beginning." : "Type name format 7 is reserved.")
        }
        try Self.check(first, format)
        var record = RawRecord(
            format: format, type: try take(first.typeLength, first),
            id: try take(first.idLength, first), payload: try take(first.payloadLength, first),
            offset: first.offset)
        var last = first
        while last.isChunk {
            last = try nextChunk(of: record)
            record.payload += try take(last.payloadLength, last)
        }
        return record
    }

    private mutating func nextChunk(of record: RawRecord) throws(NDEFFault) -> Header {
        guard !hasEnded, position < bytes.count else {
            throw NDEFFault(
                .chunk, at: record.offset, "The message ends inside a record sent in chunks.")
        }
        let chunk = try header()
        guard chunk.isUnchanged, chunk.typeLength == 0, chunk.idLength == 0 else {
            throw NDEFFault(
                .chunk, at: chunk.offset, "A later chunk has a type or an id of its own.")
        }
        guard record.payload.count + chunk.payloadLength <= NDEFMessage.payloadLimit else {
            throw Self.tooLong(chunk)
        }
        return chunk
    }

    private static func check(
        _ header: Header, _ format: NDEFRecord.TypeNameFormat
    ) throws(NDEFFault) {
        let hasType = ![.empty, .unknown].contains(format)
        guard hasType == (header.typeLength > 0) else {
            throw NDEFFault(
                .typeLength, at: header.offset,
                "A record of this type name format has \(hasType ? "a" : "no") type.")
        }
        guard format != .empty || header.idLength == 0 && header.payloadLength == 0 else {
            throw NDEFFault(
                .emptyRecord, at: header.offset, "An empty record has no id and no payload.")
        }
    }

    private static func tooLong(_ header: Header) -> NDEFFault {
        NDEFFault(
            .tooLong, at: header.offset,
            "A payload has more than \(NDEFMessage.payloadLimit) bytes.")
    }
}

extension RecordReader {
    private struct Header {
        let offset: Int
        let format: UInt8
        let isChunk: Bool
        var typeLength = 0
        var payloadLength = 0
        var idLength = 0

        var isUnchanged: Bool { format == 6 }
    }

    private mutating func header() throws(NDEFFault) -> Header {
        let offset = position
        let flags = try take(1, at: offset)[0]
        var header = Header(
            offset: offset, format: flags & 0x07, isChunk: flags & 0x20 != 0)
        try mark(flags, header)
        header.typeLength = try number(1, at: offset)
        header.payloadLength = try number(flags & 0x10 != 0 ? 1 : 4, at: offset)
        if flags & 0x08 != 0 { header.idLength = try number(1, at: offset) }
        guard header.payloadLength <= NDEFMessage.payloadLimit else { throw Self.tooLong(header) }
        return header
    }

    /// Follows the flags that mark the first and the last record.
    private mutating func mark(_ flags: UInt8, _ header: Header) throws(NDEFFault) {
        let isFirst = flags & 0x80 != 0
        guard isFirst != hasBegun else {
            throw isFirst
                ? NDEFFault(
                    .secondBeginning, at: header.offset,
                    "A later record is marked as the first one.")
                : NDEFFault(
                    .noBeginning, at: header.offset,
                    "The first record is not marked as the first one.")
        }
        hasBegun = true
        guard flags & 0x40 != 0 else { return }
        guard !header.isChunk else {
            throw NDEFFault(
                .chunk, at: header.offset, "The last record says that a chunk follows.")
        }
        hasEnded = true
    }

    private mutating func number(_ width: Int, at offset: Int) throws(NDEFFault) -> Int {
        try take(width, at: offset).reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func take(_ count: Int, _ header: Header) throws(NDEFFault) -> [UInt8] {
        try take(count, at: header.offset)
    }

    private mutating func take(_ count: Int, at offset: Int) throws(NDEFFault) -> [UInt8] {
        guard count <= bytes.count - position else {
            throw NDEFFault(.cutShort, at: offset, "The record that begins here is cut short.")
        }
        defer { position += count }
        return Array(bytes[position..<position + count])
    }
}
