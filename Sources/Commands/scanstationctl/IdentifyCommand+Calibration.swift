import CommandKit
import Glibc
import Keymaps
import LinuxIO
import LocalAPI
import Wedge

/// `identify --calibrate`: three codes, and the scanner's layout, ending and GS are known.
extension IdentifyCommand {
    /// One device that types codes of the sheet.
    private struct Subject {
        var heard: HeardReport
        var solver: CalibrationSolver
    }

    func runCalibration(_ client: StationClient) async throws {
        guard let subject = try await hear(client), !subject.solver.calibration.codes.isEmpty else {
            throw CommandFailure(
                status: .noDevice, code: "no-device",
                message: "no code of the calibration sheet was heard from a keyboard scanner")
        }
        let calibration = subject.solver.calibration
        output.show(CalibrationReport(calibration, subject.heard)) { $0.text }
        guard var options = calibration.options else { return }
        // What an earlier calibration found of it holds no more.
        if known != nil { options.merge(["caps-lock": "false", "fnc1": ""]) { new, _ in new } }
        guard yes || isConfirmed() else { return }
        try await designate(subject.heard, client, options: options)
    }

    /// Listens until one device has typed all codes, or the time is over: then the one that typed
    /// most of them.
    private func hear(_ client: StationClient) async throws -> Subject? {
        let fresh = try solver()
        var subjects: [String: Subject] = [:]
        var complete: Subject?
        let body = APIForm.encode(
            IdentifyRequest(
                seconds: seconds, paths: path.isEmpty ? nil : path, calibrate: true, as: known))
        try await client.follow("POST", "/devices/identify", body: body) { event in
            switch event.name {
            case "listening": try show(candidates: event)
            case "heard":
                let heard = try APIForm.decode(HeardReport.self, from: Array(event.data.utf8))
                var subject =
                    subjects[heard.device.node] ?? Subject(heard: heard, solver: fresh)
                take(heard, &subject)
                subjects[heard.device.node] = subject
                if subject.solver.calibration.isComplete { complete = subject }
            default: break
            }
            return complete == nil
        }
        return complete
            ?? subjects.values.max {
                $0.solver.calibration.codes.count < $1.solver.calibration.codes.count
            }
    }

    /// Somebody types at another keyboard meanwhile: that is no code, and nobody's business.
    private func take(_ heard: HeardReport, _ subject: inout Subject) {
        guard let script = try? KeyScript(heard.text) else { return }
        guard let code = subject.solver.take(script.events), !output.json else { return }
        let (read, all) = (
            subject.solver.calibration.codes.count, CalibrationCode.allCases.count
        )
        print("Read code \(code.rawValue + 1): \(read) of \(all).")
        fflush(nil)
    }

    private func solver() throws -> CalibrationSolver {
        do throws(KeymapError) {
            return try CalibrationSolver.all()
        } catch {
            throw CommandFailure(code: "no-layouts", message: "\(error)")
        }
    }
}

/// What calibration found, for people and programs.
struct CalibrationReport: Encodable {
    var node: String
    /// Those that explain what was typed; the first is used.
    var layouts: [String]
    var capsLock: Bool
    var ending: String?
    /// `GS`, the character or key in its place, or `missing`.
    var separator: String?
    var codes: Int

    init(_ calibration: Calibration, _ heard: HeardReport) {
        node = heard.device.node
        layouts = calibration.settings.map(\.layout)
        capsLock = calibration.settings.first?.hasCapsLock ?? false
        ending = calibration.ending?.rawValue
        codes = calibration.codes.count
        switch calibration.separator {
        case .asGS: separator = "GS"
        case .substitute(.character(let scalar)): separator = String(scalar)
        case .substitute(.key(let key)): separator = "\(key)"
        case .missing: separator = "missing"
        case nil: separator = nil
        }
    }

    var text: String {
        guard let layout = layouts.first else {
            return "No layout explains what \(node) typed: set the scanner to a US keyboard."
        }
        let others =
            layouts.dropFirst().isEmpty
            ? "" : " (as well: \(layouts.dropFirst().joined(separator: ", ")))"
        let caps = capsLock ? ", with Caps Lock on" : ""
        let warning =
            separator == "missing"
            ? "\nGS        missing: GS1 codes of several parts can't be read; let it send GS." : ""
        return """
            Layout    \(layout)\(others)\(caps)
            Ending    \(ending ?? "unknown")\(warning)
            """
    }
}
