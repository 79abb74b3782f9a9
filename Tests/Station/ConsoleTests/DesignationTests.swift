import AllDrivers
import DriverKit
import LinuxIO
import LocalAPI
import ScanTesting
import Scans
import Settings
import Testing

@testable import Console

@Suite struct DesignationTests {
    /// A scanner on a pseudo terminal: read at once, and kept for the next start.
    @Test func aDesignatedScannerIsReadAndKept() async throws {
        let terminal = try PseudoTerminal()
        try await withConsole { console in
            let request = DesignateRequest(
                name: "dock-scanner", driver: "serial",
                device: CandidateReport(
                    node: terminal.path, product: nil, vendorID: nil, productID: nil, serial: nil,
                    portPath: nil))
            let answer = try await console.send("POST", "/v1/devices", APIForm.text(request))
            #expect(answer.status == 200)
            #expect(try answer.json(DeviceReport.self).name == "dock-scanner")

            let isReading = try await soon {
                try await console.get("/v1/devices", DeviceList.self).devices
                    .contains { $0.name == "dock-scanner" && $0.state == "reading" }
            }
            #expect(isReading)
            async let read = console.events("/v1/events?since=0", count: 1)
            try terminal.controller.writeAll(Array("4006381333931\r".utf8))
            let event = try #require(try await read.first)
            let report = try APIForm.decode(EventReport.self, from: Array(event.data.utf8))
            #expect((report.device, report.text) == ("dock-scanner", "4006381333931"))

            let kept = try Designations(
                reading: console.folder.path("devices.toml"), catalogue: DriverCatalogue.kinds)
            #expect(kept.devices.map(\.name.rawValue) == ["dock-scanner"])
            #expect(kept.devices.map(\.location) == [.path(terminal.path)])
        }
    }

    @Test func whatIsDisabledStaysSo() async throws {
        try await withConsole { console in
            let body = #"{"name":"a","driver":"serial","device":{"node":"/dev/none"}}"#
            _ = try await console.send("POST", "/v1/devices", body)
            _ = try await console.send("POST", "/v1/devices/a/disable", "{}")
            let kept = try Designations(
                reading: console.folder.path("devices.toml"), catalogue: DriverCatalogue.kinds)
            #expect(kept.devices.map(\.isDisabled) == [true])
        }
    }
}
