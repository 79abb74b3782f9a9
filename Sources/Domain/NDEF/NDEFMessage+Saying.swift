extension NDEFMessage {
    /// What the tag says, as a barcode would say it: the first URI, else the first text.
    ///
    /// nil: nothing that is text, so nothing that a scan could mean.
    public var saying: String? {
        let uris = records.lazy.compactMap(\.uri)
        if let uri = uris.first(where: { !$0.isEmpty }) { return uri }
        return records.lazy.compactMap { record in
            if case .text(let text) = record.content, !text.text.isEmpty { text.text } else { nil }
        }.first
    }
}

extension NDEFRecord {
    /// Of URI records, smart posters and records whose type is a URI.
    fileprivate var uri: String? {
        switch content {
        case .uri(let uri): uri
        case .smartPoster(let poster): poster.uri
        case .absoluteURI: String(validating: type, as: UTF8.self)
        case .empty, .text, .wellKnown, .media, .external, .unknown: nil
        }
    }
}
