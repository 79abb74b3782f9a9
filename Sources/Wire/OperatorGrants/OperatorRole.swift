/// What somebody may do at a station. Each role may do what those before it may.
public enum OperatorRole: String, Sendable, Equatable, CaseIterable, Codable, Comparable {
    /// Looks.
    case viewer
    /// Scans, counts, picks, teaches.
    case `operator`
    /// Settles conflicts, steers the outbox, joins hubs and sets devices up.
    case supervisor

    public static func < (left: OperatorRole, right: OperatorRole) -> Bool {
        left.level < right.level
    }

    private var level: Int {
        switch self {
        case .viewer: 0
        case .operator: 1
        case .supervisor: 2
        }
    }
}

/// The name of an operator: what people call them, and what stands in operations.
public enum OperatorName {
    public static let limitBytes = 64

    /// Throws `GrantError` for what can't be shown in one line.
    public static func checked(_ text: String) throws(GrantError) -> String {
        let isPlain = text.unicodeScalars.allSatisfy {
            $0.properties.generalCategory != .control && $0.properties.generalCategory != .format
        }
        let isTrimmed = text.first?.isWhitespace == false && text.last?.isWhitespace == false
        guard isPlain, isTrimmed, text.utf8.count <= limitBytes else {
            throw .operatorName(text, limitBytes: limitBytes)
        }
        return text
    }
}
