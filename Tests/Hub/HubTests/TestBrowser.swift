import Foundation
import HubStorage

@testable import Accounts
@testable import Hub

/// A browser as far as forms and cookies go.
struct TestBrowser {
    static let password = "vier Wörter tun es gut"

    let http: TestHTTP
    var cookies: [String: String] = [:]
    /// Sent with every request.
    var more: [(String, String)] = []

    mutating func get(_ path: String) async throws -> TestHTTP.Answer {
        let answer = try await http.send("GET", path, headers: headers)
        keep(answer)
        return answer
    }

    /// Sends a form as the page at `page` holds it; nil: without what only that page knows.
    @discardableResult
    mutating func post(
        _ path: String, _ fields: [String: String] = [:], from page: String?
    ) async throws -> TestHTTP.Answer {
        var fields = fields
        if let page { fields["form"] = Self.token(try await get(page).text) }
        let body = fields.map { "\(Address.part($0.key))=\(Address.part($0.value))" }
            .joined(separator: "&")
        let type = ("Content-Type", "application/x-www-form-urlencoded")
        let answer = try await http.send(
            "POST", path, headers: headers + [type], body: Array(body.utf8))
        keep(answer)
        return answer
    }

    @discardableResult
    mutating func login(
        _ name: String, _ password: String = Self.password
    ) async throws -> TestHTTP.Answer {
        try await post("/login", ["name": name, "password": password], from: "/login")
    }

    static func token(_ page: String) -> String {
        guard let start = page.range(of: "name=\"form\" value=\"") else { return "" }
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private var headers: [(String, String)] {
        let cookie = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        return more + (cookie.isEmpty ? [] : [("Cookie", cookie)])
    }

    private mutating func keep(_ answer: TestHTTP.Answer) {
        guard let field = answer.headers["set-cookie"] else { return }
        let pair = field.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
        cookies[String(pair[0])] = pair.count == 2 ? String(pair[1]) : nil
    }
}

extension TestHub {
    var browser: TestBrowser { TestBrowser(http: http) }

    /// A browser in which a new user of that role is logged in.
    func browser(
        _ role: UserRole, _ name: String? = nil, tenant: String = "main"
    ) async throws -> TestBrowser {
        let name = try UserName(name ?? "the-\(role.rawValue)", tenant: tenant)
        try await store.registry.addUser(
            name, role: role, password: Password(choosing: TestBrowser.password, for: name),
            by: .hub, now: clock.now)
        var browser = browser
        try await browser.login(name.description)
        return browser
    }
}
