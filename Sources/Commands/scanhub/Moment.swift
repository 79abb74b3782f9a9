import ArgumentParser
import Foundation

/// A day, or a time of a day, as it is given on the command line. A day is its beginning in UTC.
struct Moment: ExpressibleByArgument {
    /// Since 1970.
    let microseconds: Int64

    init?(argument: String) {
        // What is neither form is no moment; why doesn't matter.
        let date =
            (try? Date(argument, strategy: .iso8601))
            ?? (try? Date(argument, strategy: .iso8601.year().month().day()))
        guard let date, argument.utf8.first.map({ (48...57).contains($0) }) == true else {
            return nil
        }
        microseconds = Int64(date.timeIntervalSince1970 * 1_000_000)
    }
}
