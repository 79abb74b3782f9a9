/// The payload of a URI record (NFC Forum, URI Record Type Definition 1.0).
enum NDEFURI {
    /// Nothing is percent-encoded or decoded.
    static func decode(_ record: RawRecord) throws(NDEFFault) -> String {
        guard let code = record.payload.first, Int(code) < beginnings.count else {
            throw NDEFFault(.uri, at: record.offset, "The URI's beginning is not a known one.")
        }
        guard let rest = String(validating: record.payload.dropFirst(), as: UTF8.self) else {
            throw NDEFFault(.uri, at: record.offset, "The URI is not UTF-8.")
        }
        guard !rest.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw NDEFFault(.uri, at: record.offset, "The URI holds control characters.")
        }
        return beginnings[Int(code)] + rest
    }

    /// Shortened by the longest beginning that fits.
    static func encode(_ uri: String) -> [UInt8] {
        let bytes = Array(uri.utf8)
        let fitting = beginnings.enumerated().filter { bytes.starts(with: $0.element.utf8) }
        let best = fitting.max { $0.element.utf8.count < $1.element.utf8.count }
        return [UInt8(best?.offset ?? 0)] + bytes.dropFirst(best?.element.utf8.count ?? 0)
    }

    /// By the first byte of the payload (table 3 there).
    private static let beginnings = [
        "", "http://www.", "https://www.", "http://", "https://", "tel:", "mailto:",
        "ftp://anonymous:anonymous@", "ftp://ftp.", "ftps://", "sftp://", "smb://", "nfs://",
        "ftp://", "dav://", "news:", "telnet://", "imap:", "rtsp://", "urn:", "pop:", "sip:",
        "sips:", "tftp:", "btspp://", "btl2cap://", "btgoep://", "tcpobex://", "irdaobex://",
        "file://", "urn:epc:id:", "urn:epc:tag:", "urn:epc:pat:", "urn:epc:raw:", "urn:epc:",
        "urn:nfc:",
    ]
}
