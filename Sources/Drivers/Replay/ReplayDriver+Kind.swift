public import DriverKit

extension ReplayDriver {
    public static let kind = DriverKind(
        name: "replay", summary: "Plays a recording, a file of codes or a FIFO, without hardware.",
        options: [
            OptionKey(
                "format", .choice(ReplayOptions.Format.allCases.map(\.rawValue), default: "auto"),
                "What the file holds; auto takes *.recording for a recording, others for codes."),
            OptionKey(
                "interval-milliseconds", .integer(0...3_600_000, default: 0),
                "The pause between two codes."),
            OptionKey(
                "repeat", .boolean(default: false), "Begins again when the file is at its end."),
        ],
        subsystem: .other,
        build: { ReplayDriver(options: ReplayOptions($0)) })
}

extension ReplayOptions {
    init(_ table: OptionTable) {
        self.init(
            format: Format(rawValue: table.text("format")) ?? .auto,
            interval: .milliseconds(table.integer("interval-milliseconds")),
            repeats: table.boolean("repeat"))
    }
}
