import ArgumentParser
import CommandKit
import Glibc
import LocalAPI

struct IdentifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "identify", abstract: "Find a scanner by scanning anything, and use it.",
        discussion: """
            Listens to everything that could be a scanner and takes nothing away from anybody:
            your keyboard goes on working. Scan any code, look at what was heard, say yes.

            scanstationctl identify
            scanstationctl identify --name dock-scanner --yes
            scanstationctl identify --path /dev/ttyS0
            scanstationctl identify --calibrate     finds the keyboard layout by the sheet that
                                                    scanstationctl sheet calibration prints
            scanstationctl identify --calibrate --as gate   the same for a scanner in use
            scanstationctl identify --as gate       the next scanner that is heard is 'gate': after
                                                    twins without serial numbers changed sockets
            scanstationctl identify --json          one line for each scan that is heard
            """)

    @Option(help: "What to call the scanner.") var name: String?
    @Option(help: "How many seconds to listen.") var seconds = 60
    @Option(
        help: "Listen to this port too, though nothing says that a scanner is there.",
        completion: .file())
    var path: [String] = []
    @Option(
        name: .customLong("as"),
        help: "The device that it is: it was moved to another socket, or swapped with its twin.")
    var known: String?
    @Flag(help: "Find layout, ending and GS of a keyboard scanner by the calibration sheet.")
    var calibrate = false
    @Flag(help: "Use the first scanner that is heard, without asking.") var yes = false
    @OptionGroup var station: StationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard known == nil || name == nil else {
            throw ValidationError("--as keeps the name: leave --name out")
        }
        guard (1...IdentifyRequest.secondsLimit).contains(seconds) else {
            throw ValidationError("--seconds is 1 to \(IdentifyRequest.secondsLimit)")
        }
        guard path.count <= IdentifyRequest.pathsLimit else {
            throw ValidationError("--path can be given \(IdentifyRequest.pathsLimit) times")
        }
    }

    func run() async throws {
        let client = try station.client()
        if calibrate { return try await runCalibration(client) }
        if let known { return try await runMove(client, of: known) }
        guard let heard = try await listen(client) else {
            if output.json { return }
            throw CommandFailure(
                status: .noDevice, code: "no-device", message: "no scan was heard")
        }
        guard yes || isConfirmed() else { return }
        try await designate(heard, client)
    }

    /// Makes it one of the station's scanners, or the one that it is.
    func designate(
        _ heard: HeardReport, _ client: StationClient, options: [String: String]? = nil
    ) async throws {
        if let known { return try await move(heard, to: known, client, options: options) }
        let request = DesignateRequest(
            name: name ?? Self.name(for: heard), driver: heard.driver, device: heard.device,
            options: options)
        let device = try await client.post("/devices", request, as: DeviceReport.self)
        output.show(device) {
            "\($0.name) is one of the station's scanners now. Watch: scanstationctl tail"
        }
    }

    /// The first scan, when one is to be used; nil when all were only shown.
    func listen(_ client: StationClient) async throws -> HeardReport? {
        var first: HeardReport?
        let body = APIForm.encode(
            IdentifyRequest(
                seconds: seconds, paths: path.isEmpty ? nil : path, as: known))
        try await client.follow("POST", "/devices/identify", body: body) { event in
            switch event.name {
            case "listening": try show(candidates: event)
            case "heard":
                let heard = try APIForm.decode(HeardReport.self, from: Array(event.data.utf8))
                output.show(heard, as: Self.text)
                first = heard
            default: break
            }
            return first == nil || (output.json && !yes)
        }
        return output.json && !yes ? nil : first
    }

    func show(candidates event: ServerSentEvent) throws {
        guard !output.json else { return }
        let list = try APIForm.decode(CandidateList.self, from: Array(event.data.utf8))
        guard !list.candidates.isEmpty || known != nil else {
            throw CommandFailure(
                status: .noDevice, code: "no-device",
                message: "nothing here could be a scanner: plug one in")
        }
        print("\(invitation) Listening for \(seconds) s; devices: \(list.candidates.count).")
        fflush(nil)
    }

    private var invitation: String {
        if let known { return "Scan anything with the scanner that is to be \(known)." }
        return calibrate ? "Scan the codes of the sheet now." : "Scan anything now."
    }

    func isConfirmed() -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            printError("scanstationctl: not used, because nobody can be asked: --yes uses it")
            return false
        }
        print("Use it? [Y/n] ", terminator: "")
        fflush(nil)
        let answer = (readLine() ?? "n").lowercased()
        return answer.isEmpty || answer.hasPrefix("y")
    }

    private static func text(_ heard: HeardReport) -> String {
        """
        Heard    \(Paint.strong(heard.text))
        Device   \(heard.device.product ?? "unnamed") at \(heard.device.node)
        Driver   \(heard.driver)\(heard.ending.map { ", a line ends with \($0)" } ?? "")\
        \(heard.milliseconds.map { ", \($0) ms" } ?? "")
        """
    }

    /// A short name from what the device says of itself.
    private static func name(for heard: HeardReport) -> String {
        let words = (heard.device.product ?? heard.driver).lowercased()
            .split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let name = words.prefix(3).joined(separator: "-")
        return name.isEmpty ? heard.driver : name
    }
}
