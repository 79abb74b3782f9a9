import AllDrivers
import CForbiddenActs
import Confining
import DriverKit
import Glibc
import Scans

/// Takes on the confinement of a driver's process, then tries what whoever took it over would try.
///
///     scanprobe DRIVER NODE STAGE ACT OBJECT
///
/// STAGE is `free` (no confinement), `opening` or `reading`. Ends with 0 when the act could be done,
/// else with the errno of its refusal.
@main
struct ScanProbe {
    static func main() {
        let words = CommandLine.arguments
        guard words.count == 6, let kind = DriverCatalogue.kind(DriverName(rawValue: words[1]))
        else {
            print("scanprobe DRIVER NODE free|opening|reading ACT OBJECT")
            exit(255)
        }
        let device = DeviceDescriptor(
            name: "probe", designatedDriver: kind.name, node: words[2], subsystem: kind.subsystem)
        if words[3] != "free" {
            let confinement = kind.confinement(device)
            var report = confinement.begin()
            if words[3] == "reading" { report = confinement.tighten(report) }
            print("granted \(report.granted), lacking \(report.lacking)")
            fflush(nil)
        }
        exit(cforbidden_act(words[4], words[5]))
    }
}
