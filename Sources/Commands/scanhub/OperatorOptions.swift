import ArgumentParser
import OperatorGrants

/// How a PIN is given.
struct PINOptions: ParsableArguments {
    @Flag(help: "Read the PIN, 6 to 12 digits, from standard input.")
    var pinFromStdin = false

    func validate() throws {
        guard pinFromStdin else {
            throw ValidationError("give the PIN on standard input, with --pin-from-stdin")
        }
    }

    func hash() throws -> PINHash {
        let line = readLine(strippingNewline: true) ?? ""
        let pin = try PIN(line)
        guard !pin.isWeak else { throw GrantError.pinWeak }
        return try PINHash(pin)
    }
}

struct RoleArgument: ExpressibleByArgument {
    let role: OperatorRole

    static let allValueStrings = OperatorRole.allCases.map(\.rawValue)
    var defaultValueDescription: String { role.rawValue }

    init(role: OperatorRole) {
        self.role = role
    }

    init?(argument: String) {
        guard let role = OperatorRole(rawValue: argument) else { return nil }
        self.init(role: role)
    }
}

struct BadgeArgument: ExpressibleByArgument {
    let badge: Badge

    init?(argument: String) {
        guard let badge = Badge(argument) else { return nil }
        self.badge = badge
    }
}
