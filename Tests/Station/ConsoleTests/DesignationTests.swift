import AllDrivers
import CurlHTTP
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

    /// As twins without serial numbers, plugged in where the other was.
    @Test func twoThatWereSwappedChangePlacesAndKeepTheirOptions() async throws {
        let (first, second) = (try PseudoTerminal(), try PseudoTerminal())
        try await withConsole { console in
            try await designate("one", first.path, ["speed": "19200"], console)
            try await designate("two", second.path, [:], console)
            let request = MoveRequest(device: candidate(second.path))
            let answer = try await console.send(
                "POST", "/v1/devices/one/move", APIForm.text(request))
            #expect(try answer.json(DeviceList.self).devices.map(\.name) == ["one", "two"])
            try await expectReading(["one": second.path, "two": first.path], console)
            let kept = try Designations(
                reading: console.folder.path("devices.toml"), catalogue: DriverCatalogue.kinds)
            #expect(kept.devices.map(\.location) == [.path(second.path), .path(first.path)])
            #expect(kept.devices.map(\.options) == [["speed": .integer(19200)], [:]])
        }
    }

    /// Who asks which scanner is which hears it by its name, and nothing is stored.
    @Test func whatIsHeardAsItselfIsNotStored() async throws {
        let terminal = try PseudoTerminal()
        try await withConsole { console in
            try await designate("one", terminal.path, [:], console)
            try await expectReading(["one": terminal.path], console)
            let stream = try await console.http.stream(
                console.request("POST", "/v1/devices/identify", #"{"seconds":60,"as":"one"}"#))
            var reader = ServerSentEventReader()
            var heard: HeardReport?
            for try await chunk in stream {
                for event in reader.push(chunk) {
                    switch event.name {
                    case "listening": try terminal.controller.writeAll(Array("ASKED\r".utf8))
                    default:
                        heard = try APIForm.decode(HeardReport.self, from: Array(event.data.utf8))
                    }
                }
                if heard != nil { break }
            }
            #expect((heard?.designated, heard?.text) == ("one", "ASKED"))
            // It was the answer; the next one is a scan again.
            try terminal.controller.writeAll(Array("STORED\r".utf8))
            let stored = try await console.events("/v1/events?since=0", count: 1)
            #expect(stored.first?.data.contains("STORED") == true)
        }
    }

    /// What stands in a file of somebody's own is changed there.
    @Test func aDeviceOfTheConfigurationIsNotMoved() async throws {
        try await withConsole { console in
            let request = MoveRequest(device: candidate("/dev/elsewhere"))
            let answer = try await console.send(
                "POST", "/v1/devices/gun/move", APIForm.text(request))
            #expect((answer.status, answer.code) == (409, "configured-device"))
            #expect(try answer.json(ProblemReport.self).message.contains("/dev/elsewhere"))
            let stranger = try await console.send(
                "POST", "/v1/devices/nobody/move", APIForm.text(request))
            #expect((stranger.status, stranger.code) == (404, "unknown-device"))
        }
    }

    private func designate(
        _ name: String, _ path: String, _ options: [String: String], _ console: ConsoleScene
    ) async throws {
        let request = DesignateRequest(
            name: name, driver: "serial", device: candidate(path), options: options)
        let answer = try await console.send("POST", "/v1/devices", APIForm.text(request))
        #expect(answer.status == 200)
    }

    private func candidate(_ path: String) -> CandidateReport {
        CandidateReport(
            node: path, product: nil, vendorID: nil, productID: nil, serial: nil, portPath: nil)
    }

    private func expectReading(
        _ places: [String: String], _ console: ConsoleScene
    ) async throws {
        let areReading = try await soon {
            let devices = try await console.get("/v1/devices", DeviceList.self).devices
            return places.allSatisfy { name, path in
                devices.contains { $0.name == name && $0.state == "reading" && $0.node == path }
            }
        }
        #expect(areReading)
    }
}
