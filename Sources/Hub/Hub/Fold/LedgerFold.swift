import Foundation
import Replication

/// Folds operations that stand in a file, with the rules that station and hub use.
public enum LedgerFold {
    /// One case in, one state out, both a line of JSON.
    ///
    /// A line that can't be read is answered with `{"error":{"code":...,"message":...}}`.
    public static func fold(line: some StringProtocol) -> (json: String, isGood: Bool) {
        do {
            let input = try JSONDecoder().decode(FoldInput.self, from: Data(line.utf8))
            let numbers = FoldIncarnations(input.incarnations)
            let state = try input.inventory(numbers).state
            return (JSONForm.text(FoldOutput(state, input, numbers)), true)
        } catch {
            let failure = LineFailure(error: .init(code: "malformed", message: "\(error)"))
            return (JSONForm.text(failure), false)
        }
    }

    private struct LineFailure: Encodable {
        struct Fault: Encodable {
            var code: String
            var message: String
        }
        var error: Fault
    }
}
