import ArgumentParser

/// Measures what this package promises, beside floors measured in the same run.
@main
struct Scanbench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scanbench",
        abstract: "Measure station and hub beside floors measured in the same run.",
        subcommands: [MeasureCommand.self, DrainCommand.self],
        defaultSubcommand: MeasureCommand.self)
}
