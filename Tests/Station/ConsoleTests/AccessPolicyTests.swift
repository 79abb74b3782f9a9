import Hummingbird
import OperatorGrants
import ScanTesting
import Testing

@testable import Console

@Suite struct AccessPolicyTests {
    /// A route that somebody adds and forgets here is nobody's; this test says which.
    @Test func everyDocumentedCallHasAPolicyAndEveryPolicyACall() throws {
        let documented = try OpenAPITests.document()["paths"].members.flatMap { path, item in
            item.members.map { method, _ in
                "\(method.uppercased()) " + path.replacing(/{([a-z]+)}/) { ":\($0.1)" }
            }
        }
        let policies = Set(AccessPolicy.table.keys)
        #expect(Set(documented).subtracting(policies) == [], "calls without a policy")
        #expect(policies.subtracting(documented) == [], "policies without a call")
    }

    /// The router's own paths are those that the table is asked for.
    @Test func everyRouteOfTheServerIsFoundInTheTable() async throws {
        try await withConsole { console in
            for route in console.server.router().routes {
                let path = AccessGate.plain("\(route.path)")
                #expect(
                    AccessPolicy.of(route.method, path) != nil
                        || PageRoutes.paths.contains(path), "\(route.method) \(path)")
            }
        }
    }

    @Test func whatChangesSomethingIsNoReading() {
        for (call, policy) in AccessPolicy.table where policy == .reading {
            #expect(call.hasPrefix("GET "), "\(call)")
        }
    }

    static let callers: [(door: Door, role: OperatorRole?, isRequired: Bool)] = {
        let roles: [OperatorRole?] = [nil, .viewer, .operator, .supervisor]
        return [Door.socket, .loopback, .network].flatMap { door in
            roles.flatMap { role in [true, false].map { (door, role, $0) } }
        }
    }()

    /// The whole table of who may what, written another way.
    @Test(arguments: callers.indices)
    func whoMayWhat(index: Int) {
        let (door, role, isRequired) = Self.callers[index]
        let caller = Caller(
            door: door, program: role.map { .init(name: "test", role: $0) })
        func may(_ policy: AccessPolicy) -> Bool {
            (try? policy.check(caller, isLoginRequired: isRequired)) != nil
        }
        let isTrusted = door == .socket || door == .loopback && !isRequired
        #expect(may(.open))
        #expect(may(.administration) == (door == .socket))
        #expect(may(.reading) == (door != .network || role != nil))
        #expect(may(.role(.viewer)) == (isTrusted || role != nil))
        #expect(may(.role(.operator)) == (isTrusted || role ?? .viewer >= .operator))
        #expect(may(.role(.supervisor)) == (isTrusted || role == .supervisor))
    }

    static let names:
        [(
            rule: String, door: Door, session: String?, program: String?, asked: String?,
            station: String?, name: String
        )] = [
            ("who is logged in, whatever they say", .loopback, "ada", nil, "eve", "bob", "ada"),
            ("whom a trusted request names", .socket, nil, nil, "eve", "bob", "eve"),
            ("who works at the station", .socket, nil, nil, nil, "bob", "bob"),
            ("who works here is nobody elsewhere", .network, nil, "erp", nil, "bob", "erp"),
            ("whom a program names", .network, nil, "erp", "eve", nil, "eve"),
            ("nobody", .loopback, nil, nil, nil, nil, ""),
            ("an empty name is none", .loopback, nil, nil, "", "bob", "bob"),
        ]

    @Test(arguments: names.indices)
    func inWhoseNameSomethingIsDone(index: Int) throws {
        let one = Self.names[index]
        let caller = Caller(
            door: one.door, session: try one.session.map { try session($0) },
            program: one.program.map { .init(name: $0, role: .operator) })
        let station = try one.station.map { try session($0) }
        #expect(caller.name(one.asked, atStation: station) == one.name, "\(one.rule)")
    }
}
