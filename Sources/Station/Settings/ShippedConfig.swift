import DriverKit

/// The configuration file that packages ship: every key with its default, all commented out.
public enum ShippedConfig {
    public static var text: String {
        introduction + ConfigKey.Section.allCases.map(section).joined() + devices + rules
    }

    private static let introduction = """
        # ScanStation's configuration. Every line is optional: what stands here commented out is the
        # default. Files in conf.d/ beside this one are read after it, in the order of their names.
        # Check with 'scanstationctl config check'; scanners are best added with
        # 'scanstationctl identify', which needs no file.

        """

    private static func section(_ section: ConfigKey.Section) -> String {
        let keys = ConfigKey.all.filter { $0.section == section }
        return "\n[\(section.rawValue)]\n" + keys.map(line).joined()
    }

    private static func line(_ key: ConfigKey) -> String {
        "# \(key.summary)\n# (\(key.expectation))\n#\(key.name) = \(key.sample)\n"
    }

    private static var devices: String {
        """

        # A scanner; repeat the block for each. Its driver's options stand beside these keys.
        #[[\(DeviceKey.table)]]

        """
            + DeviceKey.allCases.map { "# \($0.summary)\n#\($0.rawValue) = \($0.example)\n" }
            .joined()
    }

    private static var rules: String {
        """

        # A rule that changes what was read before it is understood; repeat the block for each.
        #[[\(RuleKey.table)]]

        """
            + RuleKey.allCases.map { "# \($0.summary)\n#\($0.rawValue) = \($0.example)\n" }
            .joined()
    }
}
