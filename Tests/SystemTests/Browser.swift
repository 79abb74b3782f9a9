import Foundation
import LinuxIO

/// Debian's Chromium without a window, driven by its DevTools protocol over two pipes.
final class Browser {
    static let path = ["/usr/bin/chromium", "/usr/bin/chromium-browser"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }
    static let isMissing: Bool = path == nil

    private let child: ChildProcess
    private let profile: String
    private var received: [UInt8] = []
    private var lastID = 0
    private var session: String?
    /// What the pages threw or logged as errors.
    private(set) var complaints: [String] = []

    init() throws {
        guard let path = Self.path else { throw Unexpected("no Chromium") }
        profile = FileManager.default.temporaryDirectory
            .appending(path: "browser-\(UUID().uuidString)").path(percentEncoded: false)
        let script = """
            exec "$0" --headless=new --no-sandbox --disable-gpu --no-first-run --hide-scrollbars \
            --disable-background-networking --disable-component-update --disable-dev-shm-usage \
            --user-data-dir="$1" --remote-debugging-pipe about:blank \
            3<&0 4>&1 </dev/null >/dev/null 2>&1
            """
        child = try ChildProcess(["/bin/sh", "-c", script, path, profile])
        let targets = try call("Target.getTargets")["targetInfos"] as? [[String: Any]] ?? []
        guard let page = targets.first(where: { $0["type"] as? String == "page" }) else {
            throw Unexpected("Chromium has no page")
        }
        session =
            try call(
                "Target.attachToTarget", ["targetId": page["targetId"] ?? "", "flatten": true])[
                "sessionId"] as? String
        for domain in ["Runtime", "Page", "Log"] { try call("\(domain).enable") }
    }

    deinit {
        child.kill()
        try? FileManager.default.removeItem(atPath: profile)  // Only a temporary folder.
    }

    func show(_ url: String, width: Int = 1280, height: Int = 800, isDark: Bool = false) throws {
        try call(
            "Emulation.setDeviceMetricsOverride",
            ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
        let scheme = ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
        try call("Emulation.setEmulatedMedia", ["features": [scheme]])
        // A page of its own each time: an address that differs by its fragment only does not load.
        try call("Page.navigate", ["url": "about:blank"])
        try call("Page.navigate", ["url": url])
        try wait("document.documentElement?.dataset.ready === 'true'")
    }

    /// Evaluates JavaScript; what it answers must be JSON.
    @discardableResult
    func run(_ script: String) throws -> Any? {
        let answer = try call(
            "Runtime.evaluate",
            ["expression": script, "awaitPromise": true, "returnByValue": true])
        if let fault = answer["exceptionDetails"] {
            throw Unexpected("\(script): \(fault)")
        }
        return (answer["result"] as? [String: Any])?["value"]
    }

    func text(of selector: String) throws -> String {
        try run("document.querySelector(\(quoted(selector)))?.innerText ?? ''") as? String ?? ""
    }

    func click(_ selector: String) throws {
        try wait("!!document.querySelector(\(quoted(selector)))")
        try run("document.querySelector(\(quoted(selector))).click()")
    }

    /// Puts text into a field and sends its form.
    func submit(_ text: String, to selector: String) throws {
        try wait("!!document.querySelector(\(quoted(selector)))")
        try run(
            """
            (() => { const field = document.querySelector(\(quoted(selector)));
            field.value = \(quoted(text)); field.form.requestSubmit(); })()
            """)
    }

    /// Puts text into a field as typing does, without sending its form.
    func type(_ text: String, into selector: String) throws {
        try wait("!!document.querySelector(\(quoted(selector)))")
        try run(
            """
            (() => { const field = document.querySelector(\(quoted(selector)));
            field.value = \(quoted(text)); field.dispatchEvent(new Event('input')); })()
            """)
    }

    /// Until the script answers true.
    func wait(_ script: String, within patience: Duration = .seconds(30)) throws {
        let deadline = SystemTime.monotonic + patience
        while try !holds(script) {
            guard SystemTime.monotonic < deadline else {
                let page = try run("document.body?.innerText ?? ''") ?? ""
                throw Unexpected("never: \(script)\n\(complaints)\n\(page)")
            }
            // Nothing tells when a page changes: look again, at the rate of a screen.
            _ = try holds("new Promise((done) => setTimeout(() => done(true), 16))")
        }
    }

    /// A page that is just being left holds nothing.
    private func holds(_ script: String) throws -> Bool {
        do {
            return try run(script) as? Bool == true
        } catch let error as Unexpected where error.description.contains("navigated") {
            return false
        }
    }

    func wait(for text: String, in selector: String = "body") throws {
        try wait(
            "(document.querySelector(\(quoted(selector)))?.innerText ?? '')"
                + ".includes(\(quoted(text)))")
    }

    /// A picture of what the window shows, as PNG.
    func picture() throws -> Data {
        let answer = try call("Page.captureScreenshot", ["format": "png"])
        return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
    }

    private func quoted(_ text: String) -> String {
        // JSON's strings are JavaScript's.
        let data = (try? JSONSerialization.data(withJSONObject: [text])) ?? Data()
        return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
    }

    @discardableResult
    private func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
        lastID += 1
        var message: [String: Any] = ["id": lastID, "method": method, "params": parameters]
        message["sessionId"] = session
        let bytes = try JSONSerialization.data(withJSONObject: message)
        try child.input?.writeAll(Array(bytes) + [0])
        while true {
            let answer = try receive()
            guard answer["id"] as? Int == lastID else {
                note(answer)
                continue
            }
            if let error = answer["error"] { throw Unexpected("\(method): \(error)") }
            return answer["result"] as? [String: Any] ?? [:]
        }
    }

    private func note(_ event: [String: Any]) {
        switch event["method"] as? String {
        case "Runtime.exceptionThrown": complaints.append("\(event["params"] ?? "")")
        case "Log.entryAdded":
            let entry = (event["params"] as? [String: Any])?["entry"] as? [String: Any]
            if entry?["level"] as? String == "error", entry?["source"] as? String != "network" {
                complaints.append("\(entry ?? [:])")
            }
        default: break
        }
    }

    private func receive() throws -> [String: Any] {
        let deadline = SystemTime.monotonic + .seconds(60)
        while true {
            if let end = received.firstIndex(of: 0) {
                let message = Data(received[..<end])
                received.removeSubrange(...end)
                return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
            }
            let left = deadline - SystemTime.monotonic
            guard left > .zero, try Poll.wait(readable: [child.output], timeout: left).readable[0]
            else { throw Unexpected("Chromium does not answer") }
            switch try child.output.read(limit: 1 << 20) {
            case .bytes(let bytes): received += bytes
            case .wouldBlock: continue
            case .end: throw Unexpected("Chromium ended")
            }
        }
    }
}
