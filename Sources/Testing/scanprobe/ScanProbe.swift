import AllDrivers
import CForbiddenActs
import Confining
import DriverKit
import Glibc
import Scans

/// Takes on the confinement of a driver's process, then tries what whoever took it over would try.
///
///     scanprobe DRIVER NODE STAGE MICROPHONE ACT=OBJECT...
///
/// STAGE is `free` (no confinement), `opening`, `reading`, or `old`: reading, with a kernel that has no
/// Landlock. Prints each act with 0 when it could be
/// done, else with the errno of its refusal. An act that runs another program is the last.
@main
struct ScanProbe {
    static func main() {
        let words = CommandLine.arguments
        guard words.count > 5, let kind = DriverCatalogue.kind(DriverName(rawValue: words[1]))
        else {
            print("scanprobe DRIVER NODE free|opening|reading MICROPHONE ACT=OBJECT...")
            exit(255)
        }
        let device = DeviceDescriptor(
            name: "probe", designatedDriver: kind.name, node: words[2],
            subsystem: kind.subsystem, options: ["microphone": .text(words[4])])
        if words[3] == "old", cforbidden_hide_landlock() != 0 { exit(255) }
        if words[3] != "free" { confine(kind.confinement(device), isOpen: words[3] != "opening") }
        for word in words[5...] { act(word) }
    }

    private static func confine(_ confinement: Confinement, isOpen: Bool) {
        var report = confinement.begin()
        if isOpen { report = confinement.tighten(report) }
        print("granted \(report.granted) lacking \(report.lacking)")
    }

    private static func act(_ word: String) {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        // What runs another program does not come back.
        fflush(nil)
        print(parts[0], cforbidden_act(parts[0], parts.count > 1 ? parts[1] : ""))
    }
}
