import Testing

@testable import Settings

/// Every mistake is told with its file, its line, its key and a code.
@Suite struct BadConfigTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var rule: String
        var text: String
        var code: ConfigError.Code
        var line: Int?
        var key: String?
        var says = ""

        var testDescription: String { rule }
    }

    @Test(arguments: syntax + sections + devices)
    func isTold(_ mistake: Mistake) throws {
        let error = try #require(throws: ConfigError.self) {
            try ConfigFile(catalogue: SampleDrivers.kinds).parse(mistake.text, file: "s.toml")
        }
        #expect(error.code == mistake.code)
        #expect(error.file == "s.toml")
        #expect(error.line == mistake.line)
        #expect(error.key == mistake.key)
        #expect(error.message.contains(mistake.says), "\(error)")
    }

    static let syntax: [Mistake] = [
        Mistake(rule: "not TOML", text: "\n[station\n", code: .syntax, line: 2),
        Mistake(rule: "a bracket too many", text: "\n[[[[device]]", code: .syntax, line: 2),
        Mistake(rule: "a stray brace", text: "[log]\nlevel = [\n}", code: .syntax, line: 3),
        Mistake(rule: "no name", text: "[log]\n[ =", code: .syntax, line: 2),
        Mistake(rule: "no name after a mark", text: "\u{FEFF}[[[", code: .syntax, line: 1),
        Mistake(
            rule: "a key twice", text: "[log]\nlevel = \"info\"\nlevel = \"info\"\n",
            code: .syntax, line: 3),
        Mistake(rule: "a NUL", text: "[station]\nname = \"a\0b\"\n", code: .notText, line: 2),
        Mistake(
            rule: "a hidden NUL", text: "[station]\nname = \"a\\u0000b\"\n", code: .notText,
            line: 2),
    ]

    static let sections: [Mistake] = [
        Mistake(
            rule: "an unknown section", text: "[log]\n\n[workflw]\n", code: .unknownKey, line: 3,
            key: "workflw", says: "Did you mean 'workflow'?"),
        Mistake(
            rule: "a key without a section", text: "\nlisten-port = 1\n", code: .unknownKey,
            line: 2, key: "listen-port", says: "belongs in [api]"),
        Mistake(
            rule: "a key in the wrong section", text: "[log]\nlisten-port = 1\n",
            code: .unknownKey, line: 2, key: "log.listen-port", says: "belongs in [api]"),
        Mistake(
            rule: "a mistyped key", text: "[workflow]\nbatch_line = 5\n", code: .unknownKey,
            line: 2, key: "workflow.batch_line", says: "Did you mean 'batch-lines'?"),
        Mistake(
            rule: "a strange key", text: "[workflow]\nunicorns = 5\n", code: .unknownKey,
            line: 2, key: "workflow.unicorns", says: "There is no such key."),
        Mistake(
            rule: "after a long list",
            text: "[codes]\nplace-prefixes = [\n  \"#=[\", # x = 1\n"
                + "]\nunicorns = 1\n", code: .unknownKey, line: 5, key: "codes.unicorns"),
        Mistake(
            rule: "after a long text",
            text: "[station]\nname = \"\"\"a\nb = 1\nunicorns\"\"\"\nunicorns = 1\n",
            code: .outOfRange, line: 2, key: "station.name"),
        Mistake(
            rule: "a dotted key", text: "\nlog.levle = \"info\"\n", code: .unknownKey, line: 2,
            key: "log.levle", says: "Did you mean 'level'?"),
        Mistake(
            rule: "an inline table", text: "\nlog = { level = 1 }\n", code: .wrongType, line: 2,
            key: "log.level"),
        Mistake(
            rule: "a section that is none", text: "log = 3\n", code: .wrongType, line: 1,
            key: "log", says: "[log]"),
        Mistake(
            rule: "a number for text", text: "[station]\nname = 3\n", code: .wrongType, line: 2,
            key: "station.name", says: "a number, but must be text"),
        Mistake(
            rule: "a fraction", text: "[api]\nlisten-port = 8.5\n", code: .wrongType, line: 2,
            key: "api.listen-port"),
        Mistake(
            rule: "a date", text: "[station]\nname = 2026-01-01\n", code: .wrongType, line: 2,
            key: "station.name"),
        Mistake(
            rule: "one past the highest", text: "[api]\nlisten-port = 65536\n",
            code: .outOfRange, line: 2, key: "api.listen-port", says: "0 to 65535"),
        Mistake(
            rule: "one below the lowest", text: "[workflow]\nbatch-lines = 0\n",
            code: .outOfRange, line: 2, key: "workflow.batch-lines", says: "1 to 1000"),
        Mistake(
            rule: "no such choice", text: "[workflow]\nrepeat = \"guess\"\n", code: .outOfRange,
            line: 2, key: "workflow.repeat", says: "\"count\" or \"ignore\""),
        Mistake(
            rule: "a list of numbers", text: "[codes]\nplace-prefixes = [1]\n",
            code: .wrongType, line: 2, key: "codes.place-prefixes"),
        Mistake(
            rule: "an empty prefix", text: "[codes]\nplace-prefixes = [\"\"]\n",
            code: .outOfRange, line: 2, key: "codes.place-prefixes"),
        Mistake(
            rule: "a control character", text: "[station]\nname = \"a\\u001bb\"\n",
            code: .outOfRange, line: 2, key: "station.name"),
    ]

    private static func device(_ lines: String...) -> String {
        (["[[device]]", "name = \"one\"", "driver = \"serial\"", "path = \"/dev/one\"", ""]
            + ["[[device]]"] + lines).joined(separator: "\n") + "\n"
    }

    static let devices: [Mistake] = [
        Mistake(
            rule: "a single bracket", text: "\n[device]\nname = \"a\"\n", code: .wrongType,
            line: 2, key: "device", says: "[[device]]"),
        Mistake(
            rule: "no name", text: device("driver = \"serial\"", "path = \"/dev/x\""),
            code: .missingKey, line: 6, key: "device.name"),
        Mistake(
            rule: "a name with a blank",
            text: device("name = \"a b\"", "driver = \"serial\"", "path = \"/dev/x\""),
            code: .outOfRange, line: 7, key: "device.name"),
        Mistake(
            rule: "a name in use",
            text: device("driver = \"serial\"", "path = \"/dev/x\"", "name = \"one\""),
            code: .duplicateDevice, line: 9, key: "device.name"),
        Mistake(
            rule: "a place in use",
            text: device("driver = \"serial\"", "path = \"/dev/one\"", "name = \"two\""),
            code: .duplicateDevice, line: 6, key: "device", says: "'one'"),
        Mistake(
            rule: "no driver", text: device("name = \"a\"", "path = \"/dev/x\""),
            code: .missingKey, line: 6, key: "device.driver", says: "serial, wedge, camera"),
        Mistake(
            rule: "an unknown driver",
            text: device("name = \"a\"", "driver = \"wegde\"", "path = \"/dev/x\""),
            code: .unknownDriver, line: 8, key: "device.driver", says: "Did you mean"),
        Mistake(
            rule: "no place", text: device("name = \"a\"", "driver = \"serial\""),
            code: .missingKey, line: 6, key: "device"),
        Mistake(
            rule: "two places",
            text: device("name = \"a\"", "driver = \"serial\"", "serial = \"1\"", "path = \"/x\""),
            code: .badLocation, line: 10, key: "device.path"),
        Mistake(
            rule: "a relative path",
            text: device("name = \"a\"", "driver = \"serial\"", "path = \"ttyACM0\""),
            code: .badLocation, line: 9, key: "device.path"),
        Mistake(
            rule: "an id that is too long",
            text: device("name = \"a\"", "driver = \"serial\"", "vendor-id = 65536"),
            code: .outOfRange, line: 9, key: "device.vendor-id"),
        Mistake(
            rule: "an id that is no number",
            text: device("name = \"a\"", "driver = \"serial\"", "vendor-id = \"zebra\""),
            code: .outOfRange, line: 9, key: "device.vendor-id"),
        Mistake(
            rule: "process as text",
            text: device(
                "name = \"a\"", "driver = \"serial\"", "path = \"/x\"", "process = \"yes\""),
            code: .wrongType, line: 10, key: "device.process"),
        Mistake(
            rule: "a mistyped option",
            text: device("name = \"a\"", "driver = \"serial\"", "path = \"/x\"", "sped = 1"),
            code: .unknownKey, line: 10, key: "device.sped", says: "Did you mean 'speed'?"),
        Mistake(
            rule: "an option out of range",
            text: device("name = \"a\"", "driver = \"serial\"", "path = \"/x\"", "speed = 1"),
            code: .badOption, line: 10, key: "device.speed", says: "300 to 921600"),
        Mistake(
            rule: "an option of a wrong type",
            text: device("name = \"a\"", "driver = \"wedge\"", "path = \"/x\"", "grab = \"no\""),
            code: .badOption, line: 10, key: "device.grab", says: "true or false"),
        Mistake(
            rule: "a list as an option",
            text: device("name = \"a\"", "driver = \"wedge\"", "path = \"/x\"", "grab = [1]"),
            code: .wrongType, line: 10, key: "device.grab"),
        Mistake(
            rule: "an option that must be given",
            text: device("name = \"a\"", "driver = \"camera\"", "path = \"/x\""),
            code: .missingKey, line: 6, key: "device.format"),
    ]
}
