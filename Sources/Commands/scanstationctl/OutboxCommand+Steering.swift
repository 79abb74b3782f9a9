import ArgumentParser
import CommandKit
import LocalAPI
import Reporting
import Scans

/// Who decides, and why: kept in the audit.
struct DecisionOptions: ParsableArguments {
    @Option(name: .customLong("by"), help: "Who decides. Default: the user of this shell.")
    var person: String?

    var name: String { person ?? ShellUser.name }
}

/// What others wrote must not steer the terminal that shows it.
func safe(_ text: String) -> String { PrintableText(text, limit: 400).description }

/// Who does what to the outbox of which station, and how the answer is shown.
struct SteeringOptions: ParsableArguments {
    @OptionGroup var decision: DecisionOptions
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func carryOut(
        _ path: String, because reason: String, _ changes: OperationChanges? = nil
    ) async throws {
        let request = OutboxRequest(operator: decision.name, reason: reason, changes: changes)
        let outbox = try await station.client().post(
            "/outbox/\(path)", request, as: OutboxReport.self)
        output.show(outbox, as: OutboxCommand.text)
    }
}

extension OutboxCommand {
    struct Hold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send nothing until it is released, also after a restart.")

        @Argument(help: "Why: shown to everyone who asks.") var reason: String
        @OptionGroup var steering: SteeringOptions

        func run() async throws { try await steering.carryOut("hold", because: reason) }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Send again what was held.")

        @Argument(help: "Why, for the audit.") var reason = ""
        @OptionGroup var steering: SteeringOptions

        func run() async throws { try await steering.carryOut("release", because: reason) }
    }

    /// Which refused operation, and why.
    struct LetterOptions: ParsableArguments {
        @Argument(help: "The refused operation: outbox --dead lists them.") var operation: String
        @Option(help: "Why, for the audit.") var reason = ""
        @OptionGroup var steering: SteeringOptions

        func settle(_ action: String, _ changes: OperationChanges? = nil) async throws {
            try await steering.carryOut(
                "dead/\(operation.urlPart)/\(action)", because: reason, changes)
        }
    }

    struct Retry: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a refused operation anew as it was, because the hub was mended.")

        @OptionGroup var letter: LetterOptions

        func run() async throws { try await letter.settle("retry") }
    }

    struct Discard: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a refused operation up. It stays visible with --dead --all.")

        @OptionGroup var letter: LetterOptions

        func run() async throws { try await letter.settle("discard") }
    }

    struct Edit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a refused operation right: a new one takes its place, once.",
            discussion: """
                What is not named stays as it was.

                scanstationctl outbox edit a1b2c3d4e5f60718:42 --quantity 12 --reason "one 0 less"
                """)

        @OptionGroup var letter: LetterOptions
        @Option(help: "The item.") var item: String?
        @Option(help: "The place; of a move, where from.") var place: String?
        @Option(help: "The lot; empty for none.") var lot: String?
        @Option(help: "Of a move: where to.") var to: String?
        @Option(help: "How many; of an adjustment, below zero what went.") var quantity: Int64?
        @Option(help: "The line of an order.") var orderLine: String?
        @Option(help: "The serial number.") var serial: String?
        @Option(help: "The field of an item.") var field: String?
        @Option(help: "What the field says.") var value: String?
        @Option(help: "The code of a scanned line.") var code: String?

        func validate() throws {
            guard !changes.isEmpty else {
                throw ValidationError("Nothing is changed: outbox retry makes it anew as it was.")
            }
        }

        func run() async throws { try await letter.settle("edit", changes) }

        private var changes: OperationChanges {
            var changes = OperationChanges()
            (changes.item, changes.place, changes.lot, changes.to) = (item, place, lot, to)
            (changes.quantity, changes.orderLine, changes.serial) = (quantity, orderLine, serial)
            (changes.field, changes.value, changes.code) = (field, value, code)
            return changes
        }
    }
}
