import DriverKit
import LinuxIO
import ScanTesting
import Scans
import Testing

@testable import Wedge

@Suite struct WedgeClaimTests {
    private let driver = WedgeDriver(options: WedgeOptions())

    @Test func takesOnlyWhatSomebodyDesignated() {
        #expect(driver.claim(device("wedge", .input)) == .certain)
        #expect(driver.claim(device("wedge", .other)) == .certain)
        #expect(driver.claim(device(nil, .input)) == nil)
        #expect(driver.claim(device("serial", .input)) == nil)
        #expect(driver.claim(device("wedge", .tty)) == nil)
    }

    @Test func refusesWhatIsNoKeyboard() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("4006381333931\n", to: "codes.txt")
        for (node, code) in [
            (file, DriverFault.Code.notSuitable), ("/dev/null", .notSuitable),
            (folder.path("missing"), .missing),
        ] {
            let run = try DriverRun(driver, node: node)
            #expect(eventually { run.ending != nil })
            guard case .failed(let fault) = run.ending else {
                return #expect(Bool(false), "\(node)")
            }
            #expect(fault.code == code)
        }
    }

    static let wrong: [(option: String, value: OptionValue)] = [
        ("layout", .text("xx")), ("ending", .text("enter")),
        ("quiet-gap-milliseconds", .integer(19)),
        ("quiet-gap-milliseconds", .integer(10_001)), ("fnc1", .text("f99")),
        ("grab", .text("yes")),
        ("speed", .integer(9600)),
    ]

    @Test(arguments: wrong)
    func refusesOptions(option: String, value: OptionValue) {
        #expect(throws: OptionError.self) { try WedgeDriver.kind.make([option: value]) }
    }

    static let right: [(option: String, value: OptionValue, options: WedgeOptions)] = [
        ("layout", .text("us"), WedgeOptions()),
        ("ending", .text("quiet-gap"), WedgeOptions(ending: .quietGap)),
        ("ending", .text("cr"), WedgeOptions(ending: .enter)),
        ("quiet-gap-milliseconds", .integer(20), WedgeOptions(quietGap: .milliseconds(20))),
        ("prefix", .text("$"), WedgeOptions(prefix: "$")),
        ("fnc1", .text("f8"), WedgeOptions(fnc1: .key(.f8))),
        ("fnc1", .text("8"), WedgeOptions(fnc1: .character("8"))),
        ("caps-lock", .boolean(true), WedgeOptions(hasCapsLock: true)),
        ("grab", .boolean(false), WedgeOptions(grabs: false)),
    ]

    @Test(arguments: right)
    func takesOptions(option: String, value: OptionValue, expected: WedgeOptions) throws {
        let table = try OptionTable([option: value], for: WedgeDriver.kind)
        #expect(try WedgeOptions(table) == expected)
    }

    @Test func listensWithoutGrabbing() throws {
        let table = try OptionTable(WedgeDriver.kind.listeningOptions, for: WedgeDriver.kind)
        #expect(try !WedgeOptions(table).grabs)
    }

    private func device(
        _ designated: DriverName?, _ subsystem: DeviceDescriptor.Subsystem
    ) -> DeviceDescriptor {
        DeviceDescriptor(
            name: "event0", designatedDriver: designated, node: "/dev/input/event0",
            subsystem: subsystem)
    }
}
