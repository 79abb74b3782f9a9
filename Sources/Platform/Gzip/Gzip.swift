import CZlib

/// The gzip format (RFC 1952), in memory.
public enum Gzip {
    private static let stepBytes = 64 << 10
    /// 15 bits of window, and 16 more to say: a gzip wrapper and no other.
    private static let windowBits: Int32 = 15 + 16

    public static func compress(_ bytes: [UInt8], level: Int32 = 6) throws(GzipError) -> [UInt8] {
        var stream = z_stream()
        let started = deflateInit2_(
            &stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw .couldNotStart(code: started) }
        defer { deflateEnd(&stream) }

        // As much as deflate can ever need for this input, so that one call does.
        let bound = Int(deflateBound(&stream, UInt(bytes.count)))
        var input = bytes
        var status = Z_OK
        let output = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(bound)
                status = deflate(&stream, Z_FINISH)
            }
            count = bound - Int(stream.avail_out)
        }
        guard status == Z_STREAM_END else { throw .couldNotStart(code: status) }
        return output
    }

    /// Inflates at most `limitBytes`, however much the input would make.
    ///
    /// Several members one after the other are one text, as RFC 1952 says. What comes after the
    /// last member must be another member.
    public static func decompress(
        _ bytes: [UInt8], limitBytes: Int
    ) throws(GzipError) -> [UInt8] {
        var stream = z_stream()
        let started = inflateInit2_(
            &stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw .couldNotStart(code: started) }
        defer { inflateEnd(&stream) }

        var input = bytes
        var output: [UInt8] = []
        let result = input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            return inflateAll(&stream, into: &output, limitBytes: limitBytes)
        }
        if let failure = result { throw failure }
        return output
    }

    /// nil: the input was used up at the end of a member.
    private static func inflateAll(
        _ stream: inout z_stream, into output: inout [UInt8], limitBytes: Int
    ) -> GzipError? {
        while true {
            let status = step(&stream, into: &output)
            if output.count > limitBytes { return .tooLarge(limitBytes: limitBytes) }
            switch status {
            case Z_STREAM_END:
                if stream.avail_in == 0 { return nil }
                inflateReset(&stream)
            case Z_OK: continue
            case Z_BUF_ERROR: return .truncated
            default: return .malformed
            }
        }
    }

    private static func step(_ stream: inout z_stream, into output: inout [UInt8]) -> Int32 {
        var status = Z_OK
        let part = [UInt8](unsafeUninitializedCapacity: stepBytes) { buffer, count in
            stream.next_out = buffer.baseAddress
            stream.avail_out = UInt32(stepBytes)
            status = inflate(&stream, Z_NO_FLUSH)
            count = stepBytes - Int(stream.avail_out)
        }
        output += part
        return status
    }
}

/// Why bytes could not be compressed or inflated.
public enum GzipError: Error, Equatable {
    /// The bytes are no gzip, or their checksum is wrong.
    case malformed
    /// The bytes end in the middle.
    case truncated
    /// The text would be longer than the caller takes.
    case tooLarge(limitBytes: Int)
    /// zlib would not work at all; its own code.
    case couldNotStart(code: Int32)
}
