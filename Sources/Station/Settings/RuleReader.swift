import ScanRules

/// Collects the `[[rules]]` tables of several files, in their order.
struct RuleReader {
    private(set) var rules: [ScanRule] = []

    mutating func read(_ source: ConfigSource) throws(ConfigError) {
        guard let value = source.root[RuleKey.table] else { return }
        guard case .list(let tables) = value else { throw notAList(source) }
        for (index, table) in tables.enumerated() {
            guard case .table(let values) = table else { throw notAList(source) }
            let path = [RuleKey.table, KeyLines.step(index)]
            guard rules.count < RuleSet.countLimit else {
                throw source.error(
                    .outOfRange, at: path, "There are more than \(RuleSet.countLimit) rules.")
            }
            rules.append(
                try RuleTable(source: source, path: path, values: values)
                    .rule(number: rules.count + 1))
        }
    }

    private func notAList(_ source: ConfigSource) -> ConfigError {
        source.error(
            .wrongType, at: [RuleKey.table],
            "Each rule is a table of its own: write [[rules]] above its keys.")
    }
}
