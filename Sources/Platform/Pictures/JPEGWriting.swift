import CTurboJPEG

extension GreyPicture {
    /// The picture as a JPEG file; `quality` from 1 to 100.
    public func jpeg(quality: Int = 70) throws(PictureError) -> [UInt8] {
        guard let encoder = tjInitCompress() else { throw .failed("no JPEG encoder") }
        defer { tjDestroy(encoder) }
        var memory: UnsafeMutablePointer<UInt8>?
        var size: UInt = 0
        let status = withPixels {
            tjCompress2(
                encoder, $0, Int32(width), Int32(width), Int32(height),
                Int32(TJPF_GRAY.rawValue), &memory, &size, Int32(TJSAMP_GRAY.rawValue),
                Int32(min(max(quality, 1), 100)), 0)
        }
        defer { tjFree(memory) }
        guard status == 0, let memory else {
            throw .failed(String(cString: tjGetErrorStr2(encoder)))
        }
        return Array(UnsafeBufferPointer(start: memory, count: Int(size)))
    }
}
