import OperatorGrants
import ScanTesting
import Scans
import Testing

@testable import Operators

@Suite struct BadgeTapTests {
    private static let number = "04A1B2C3D4E5F6"

    private static func answer(_ admission: Admission) -> (signal: Feedback.Signal, code: String?)?
    {
        guard case .answered(let feedback) = admission else { return nil }
        return (feedback.signal, feedback.code)
    }

    /// What a grant knows a badge by, what is shown, what it gives.
    static let taps:
        [(
            rule: String, role: OperatorRole, badge: String, tap: Capture, proof: Session.Proof?,
            code: String?
        )] = [
            (
                "a proven badge is a supervisor's", .supervisor, "dna:\(number)",
                .badge(number, isProven: true), .badge, nil
            ),
            (
                "a copied number is none", .operator, "dna:\(number)",
                .badge(number, isProven: false), nil, "badge-unproven"
            ),
            (
                "a number is convenience", .operator, "uid:\(number)",
                .badge(number, isProven: false), .number, nil
            ),
            (
                "for viewers too", .viewer, "uid:\(number)", .badge(number, isProven: false),
                .number, nil
            ),
            (
                "not for supervisors", .supervisor, "uid:\(number)",
                .badge(number, isProven: false), nil, "pin-wanted"
            ),
            (
                "proof makes a number no more than it is", .supervisor, "uid:\(number)",
                .badge(number, isProven: true), nil, "pin-wanted"
            ),
            (
                "a barcode is convenience", .operator, "code:BADGE-17", .code("BADGE-17"), .number,
                nil
            ),
            (
                "also behind an AIM identifier", .operator, "code:BADGE-17", .code("]C0BADGE-17"),
                .number, nil
            ),
            (
                "not for supervisors either", .supervisor, "code:BADGE-17", .code("BADGE-17"), nil,
                "pin-wanted"
            ),
            (
                "a printed number is no tag", .operator, "dna:\(number)",
                .code("%SS:BADGE:\(number)"), nil, "login-needed"
            ),
            (
                "nor a tag with a number as text", .operator, "uid:\(number)", .code(number), nil,
                "login-needed"
            ),
        ]

    @Test(arguments: taps.indices)
    func aBadgeIsWorthWhatItProves(index: Int) throws {
        let (rule, role, badge, tap, proof, code) = Self.taps[index]
        let scene = try LoginScene()
        let grant = OperatorGrant(
            name: "ada", role: role, expires: LoginScene.start + 1_000_000,
            pin: try PINHash(try PIN(LoginScene.pin), rounds: 1 << 10),
            badges: [try #require(Badge(badge)).mark(tenant: "main")])
        try scene.keep([grant])
        let desk = scene.desk()
        let answer = try #require(Self.answer(desk.admit(tap)), "\(rule)")
        #expect(answer.code == code, "\(rule)")
        #expect(desk.atStation?.proof == proof, "\(rule)")
        #expect(desk.pinWanted == (code == "pin-wanted" ? "ada" : nil), "\(rule)")
    }

    @Test func aSecondTapLogsOutAndAnotherBadgeTakesOver() throws {
        let scene = try LoginScene()
        try scene.keep([
            try LoginScene.grant("ada", badges: "code:BADGE-1"),
            try LoginScene.grant("bob", badges: "code:BADGE-2"),
        ])
        let desk = scene.desk()
        _ = desk.admit(.code("BADGE-1"))
        #expect(desk.atStation?.name == "ada")
        // A barcode that is held is read again and again.
        scene.pass(seconds: 2)
        _ = desk.admit(.code("BADGE-1"))
        #expect(desk.atStation?.name == "ada")
        _ = desk.admit(.code("BADGE-2"))
        #expect(desk.atStation?.name == "bob")
        scene.pass(seconds: 3)
        _ = desk.admit(.code("BADGE-2"))
        #expect(desk.atStation == nil)
    }

    @Test func aPINEndsWhatABadgeAskedFor() async throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant("ada", .supervisor, badges: "code:BADGE-1")])
        let desk = scene.desk()
        _ = desk.admit(.code("BADGE-1"))
        #expect(desk.pinWanted == "ada")
        _ = try await desk.login(name: "ada", pin: LoginScene.pin, isRemote: false)
        #expect(desk.pinWanted == nil && desk.atStation?.proof == .pin)
        _ = desk.admit(.code("BADGE-1"))
        #expect(desk.atStation == nil, "a second showing logs out")
    }

    @Test func whatIsScannedHasTheNameOfWhoIsLoggedIn() throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant("ada", badges: "code:BADGE-1")])
        for isRequired in [true, false] {
            let desk = scene.desk(isRequired: isRequired)
            let before = desk.admit(.code("4006381333931"))
            if isRequired {
                #expect(Self.answer(before)?.code == "login-needed")
            } else {
                #expect(before == .admitted(operator: ""))
            }
            _ = desk.admit(.code("BADGE-1"))
            #expect(desk.admit(.code("4006381333931")) == .admitted(operator: "ada"))
        }
    }

    @Test func aViewerScansNothingWhereALoginIsRequired() throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant("eve", .viewer, badges: "code:BADGE-1")])
        let desk = scene.desk()
        _ = desk.admit(.code("BADGE-1"))
        #expect(Self.answer(desk.admit(.code("4006381333931")))?.code == "role-needed")
    }

    @Test func whoScansIsNotIdle() throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant("ada", badges: "code:BADGE-1")])
        let desk = scene.desk(idle: .seconds(60))
        _ = desk.admit(.code("BADGE-1"))
        for _ in 1...3 {
            scene.pass(seconds: 59)
            #expect(desk.admit(.code("4006381333931")) == .admitted(operator: "ada"))
        }
        scene.pass(seconds: 60)
        #expect(Self.answer(desk.admit(.code("4006381333931")))?.code == "login-needed")
    }

    @Test func oneScreenTakesOnTheSessionOfABadge() throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant("ada", badges: "code:BADGE-1")])
        let desk = scene.desk()
        #expect(throws: LoginError.noTap) { try desk.join() }
        _ = desk.admit(.code("BADGE-1"))
        #expect(desk.mayJoin)
        let login = try desk.join()
        #expect(desk.session(of: login.secret)?.name == "ada")
        #expect(!desk.mayJoin)
        #expect(throws: LoginError.noTap) { try desk.join() }
        scene.pass(seconds: 4)
        _ = desk.admit(.code("BADGE-1"))
        #expect(desk.session(of: login.secret) == nil)
    }

    @Test func aBadgeThatWasShownLongAgoLetsNoScreenIn() throws {
        let scene = try LoginScene()
        try scene.keep([try LoginScene.grant("ada", badges: "code:BADGE-1")])
        let desk = scene.desk()
        _ = desk.admit(.code("BADGE-1"))
        scene.pass(seconds: 15)
        #expect(throws: LoginError.noTap) { try desk.join() }
        #expect(desk.atStation?.name == "ada")
    }
}
