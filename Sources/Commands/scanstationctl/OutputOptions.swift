import ArgumentParser
import Glibc
import LocalAPI

/// For people, or for programs.
struct OutputOptions: ParsableArguments {
    @Flag(help: "One JSON object a line.")
    var json = false

    /// Prints `value` as JSON, or what `text` makes of it.
    func show<T: Encodable>(_ value: T, as text: (T) -> String) {
        let line = json ? APIForm.text(value) : text(value)
        if !line.isEmpty { print(line) }
        // A pipe must see each line when it happens.
        fflush(nil)
    }

    /// Prints each value as JSON, or all as one table.
    func show<T: Encodable>(each values: [T], as table: ([T]) -> String) {
        if json {
            for value in values { print(APIForm.text(value)) }
        } else {
            print(table(values))
        }
        fflush(nil)
    }
}
