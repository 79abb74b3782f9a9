/// Takes the sections of one file into a configuration: everything but `[[device]]`.
struct SectionReader {
    let source: ConfigSource

    func read(into config: inout StationConfig) throws(ConfigError) {
        // By name, so that of several mistakes the same one is told each time.
        for name in source.root.keys.sorted()
        where name != DeviceKey.table && name != RuleKey.table {
            guard let section = ConfigKey.Section(rawValue: name) else { throw unknown(name) }
            guard case .table(let values)? = source.root[name] else {
                throw source.error(
                    .wrongType, at: [name], "This is a section: write [\(name)] above its keys.")
            }
            try read(values, of: section, into: &config)
        }
    }

    private func read(
        _ values: [String: ConfigValue], of section: ConfigKey.Section,
        into config: inout StationConfig
    ) throws(ConfigError) {
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            let key = ConfigKey.all.first { $0.section == section && $0.name == name }
            guard let key else { throw unknown(name, in: section) }
            if let code = key.refusal(of: value) {
                throw source.error(
                    code, at: [section.rawValue, name],
                    "This is \(said(value, code)), but must be \(key.expectation).")
            }
            key.set(value, in: &config)
        }
    }

    private func said(_ value: ConfigValue, _ code: ConfigError.Code) -> String {
        code == .wrongType ? value.kind : "\(value)"
    }

    private func unknown(_ name: String) -> ConfigError {
        if let key = ConfigKey.all.first(where: { $0.name == name }) {
            return source.error(
                .unknownKey, at: [name], "This key belongs in [\(key.section.rawValue)].")
        }
        let names = ConfigKey.Section.allCases.map(\.rawValue) + [DeviceKey.table, RuleKey.table]
        return source.error(
            .unknownKey, at: [name],
            "There is no such section." + Suggestion.sentence(for: name, among: names))
    }

    private func unknown(_ name: String, in section: ConfigKey.Section) -> ConfigError {
        let path = [section.rawValue, name]
        let own = ConfigKey.all.filter { $0.section == section }.map(\.name)
        if Suggestion.nearest(to: name, among: own) == nil,
            let key = ConfigKey.all.first(where: { $0.name == name })
        {
            return source.error(
                .unknownKey, at: path, "This key belongs in [\(key.section.rawValue)].")
        }
        return source.error(
            .unknownKey, at: path,
            "There is no such key." + Suggestion.sentence(for: name, among: own))
    }
}
