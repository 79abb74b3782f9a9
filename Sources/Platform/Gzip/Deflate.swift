import CZlib

/// Deflated data without a wrapper (RFC 1951), as zip files hold it.
public enum Deflate {
    /// Inflates to exactly what was announced. Throws when there is less or more of it.
    public static func inflate(
        _ bytes: ArraySlice<UInt8>, toBytes count: Int
    ) throws(GzipError) -> [UInt8] {
        var stream = z_stream()
        let started = inflateInit2_(
            &stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard started == Z_OK else { throw .couldNotStart(code: started) }
        defer { inflateEnd(&stream) }

        var input = Array(bytes)
        var status = Z_OK
        // One byte more, so that a stream that goes on is seen.
        let output = [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
            input.withUnsafeMutableBufferPointer { source in
                stream.next_in = source.baseAddress
                stream.avail_in = UInt32(source.count)
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(count + 1)
                status = CZlib.inflate(&stream, Z_FINISH)
            }
            filled = count + 1 - Int(stream.avail_out)
        }
        guard status == Z_STREAM_END else {
            throw output.count > count ? .tooLarge(limitBytes: count) : .malformed
        }
        guard output.count == count else { throw .malformed }
        return output
    }
}
