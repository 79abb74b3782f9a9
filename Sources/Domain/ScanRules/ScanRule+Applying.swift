import Scans

extension ScanRule {
    /// nil: the rule is not about this code.
    func apply(to code: RuledText, of device: DeviceName) -> RuledText? {
        guard isAbout(device), symbologies.isEmpty || isAbout(code) else { return nil }
        let scalars = Array(code.text.unicodeScalars)
        guard length.contains(scalars.count) else { return nil }
        var found: Pattern.Match?
        if let pattern {
            guard let match = pattern.firstMatch(in: scalars) else { return nil }
            found = match
        }
        var result = code
        result.text = edited(scalars, found)
        return result
    }

    private func isAbout(_ device: DeviceName) -> Bool {
        sources.isEmpty
            || sources.contains { source in
                source.hasSuffix("*")
                    ? device.rawValue.utf8.starts(with: source.utf8.dropLast())
                    : device.rawValue == source
            }
    }

    private func isAbout(_ code: RuledText) -> Bool {
        code.symbology.map(symbologies.contains) ?? false
    }

    private func edited(_ scalars: [Unicode.Scalar], _ found: Pattern.Match?) -> String {
        var scalars = scalars
        if let replacement, let whole = found?.ranges.first ?? nil {
            scalars.replaceSubrange(whole, with: filled(replacement, found, scalars))
        }
        if trims { scalars = Self.trimmed(scalars) }
        scalars = Array(scalars.dropFirst(stripStart).dropLast(stripEnd))
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        switch letterCase {
        case .upper: text = text.uppercased()
        case .lower: text = text.lowercased()
        case nil: break
        }
        return prefix + padded(text) + suffix
    }

    /// `$0` to `$9` are what was found; `$$` is a dollar sign.
    private func filled(
        _ replacement: String, _ found: Pattern.Match?, _ scalars: [Unicode.Scalar]
    ) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var rest = Array(replacement.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            guard scalar == "$", let next = rest.first else {
                result.append(scalar)
                continue
            }
            if next == "$" {
                rest.removeFirst()
                result.append("$")
            } else if let number = Int(String(next)) {
                rest.removeFirst()
                let ranges = found?.ranges ?? []
                if number < ranges.count, let range = ranges[number] { result += scalars[range] }
            } else {
                result.append(scalar)
            }
        }
        return result
    }

    private static func trimmed(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
        return scalars.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    }

    private func padded(_ text: String) -> String {
        guard let padding else { return text }
        let missing = max(0, padding.length - text.unicodeScalars.count)
        return String(repeating: String(padding.filler), count: missing) + text
    }
}
