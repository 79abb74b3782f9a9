public import DriverKit

/// The page `docs/configuration.md`: every key, every option, every error.
public enum ConfigPage {
    public static func text(drivers: [DriverKind]) -> String {
        introduction + ConfigKey.Section.allCases.map(section).joined() + devices
            + drivers.map(options).joined() + rules + errors
    }

    private static let introduction = """
        # Configuration

        No file is needed. `scanstationd` reads `/etc/scanstation/scanstation.toml` if it is there,
        then every `conf.d/*.toml` beside it in the order of the names. The file read last wins, key
        by key; devices add up. A key that does not exist, a value that can't be and a device that
        stands twice are refused with file, line and key, and the daemon does not start with half a
        configuration. `scanstationctl config check` says the same without starting anything;
        `scanstationctl config print-default` prints the shipped file.

        `systemctl reload scanstationd`, or SIGHUP, reads the files anew while scans go on.
        Devices that stand in them as before are not disturbed; those that changed are opened
        anew; codes, rules, work and the log's level count from the next scan on. `[feedback]`,
        `[api]`, `[sync]`, `[store]` and `[station]` wait for the next start, and the log says so
        (`config-waits`). Files with a mistake change nothing: the log and `systemctl status` name
        file, line and key.

        Scanners that somebody designates with `scanstationctl identify` or in the console go into
        `devices.toml` in the state directory, in the same `[[device]]` form. The configuration wins
        over it where both name a device or a place. The hub comes from enrolment, not from a file.

        """

    private static func section(_ section: ConfigKey.Section) -> String {
        let rows = ConfigKey.all.filter { $0.section == section }.map { key in
            row([
                "`\(key.name)`", key.expectation, key.defaultValue.map { "`\($0)`" } ?? "unset",
                key.summary,
            ])
        }
        return "\n## [\(section.rawValue)]\n\n"
            + table(["Key", "Value", "Default", "Meaning"]) + rows.joined()
    }

    private static var devices: String {
        let rows = DeviceKey.allCases.map { row(["`\($0.rawValue)`", $0.summary]) }
        return """

            ## [[device]]

            A device is found by `path`, or by any of the other four, which must all fit. The serial
            number is best, for it goes where the scanner goes; the socket (`port-path`) is next.
            The options of the driver stand beside these keys.


            """ + table(["Key", "Meaning"]) + rows.joined()
    }

    private static var rules: String {
        let rows = RuleKey.allCases.map { row(["`\($0.rawValue)`", $0.summary]) }
        return """

            ## [[rules]]

            Rules change what was read before anybody looks at what it means. They are asked in
            their order, and the first that fits decides, unless it says `go-on`. A rule fits when
            all its conditions hold (`source` to `match`); then its actions are carried out in the
            order of this table (first `replace`). The AIM identifier is no part of the text. What
            a rule does with a text, `scanstationctl rules test TEXT` shows. `docs/scanners.md` has
            examples.


            """ + table(["Key", "Meaning"]) + rows.joined()
    }

    private static func options(of kind: DriverKind) -> String {
        let rows = kind.options.map { option in
            row([
                "`\(option.name)`", option.expectation,
                option.defaultValue.map { "`\($0)`" } ?? "must be given", option.summary,
            ])
        }
        return "\n### driver = \"\(kind.name)\"\n\n\(kind.summary)\n\n"
            + (rows.isEmpty
                ? "It has no options.\n"
                : table(["Option", "Value", "Default", "Meaning"]) + rows.joined())
    }

    private static var errors: String {
        let rows = ConfigError.Code.allCases.map { row(["`\($0.rawValue)`", $0.summary]) }
        return "\n## Errors\n\n" + table(["Code", "Meaning"]) + rows.joined()
    }

    private static func table(_ heads: [String]) -> String {
        row(heads) + row(heads.map { _ in "---" })
    }

    private static func row(_ cells: [String]) -> String {
        "| "
            + cells.map { $0.split(separator: "|").joined(separator: "\\|") }
            .joined(separator: " | ") + " |\n"
    }
}
