import Accounts
import HubStorage
import WebPages

/// A page of the console. It needs no script: links, forms and pictures are all there is.
struct Page {
    var title: String
    var body: HTML

    /// A screen of the rail.
    struct Screen {
        var path: String
        var name: String
        var icon: String
        var policy: AccessPolicy
    }

    static let screens = [
        Screen(path: "/", name: "Overview", icon: "health", policy: .reading),
        Screen(path: "/stock", name: "Stock", icon: "lookup", policy: .reading),
        Screen(path: "/work", name: "Work", icon: "tasks", policy: .reading),
        Screen(path: "/stations", name: "Stations", icon: "devices", policy: .reading),
        Screen(path: "/users", name: "Users", icon: "badge", policy: .administration),
        Screen(path: "/activity", name: "Log", icon: "pick", policy: .administration),
        Screen(path: "/account", name: "You", icon: "lock", policy: .own),
    ]

    /// Where in the rail it stands.
    var screen: String?

    init(title: String, screen: String? = nil, body: HTML) {
        (self.title, self.screen, self.body) = (title, screen, body)
    }

    var html: HTML {
        """
        <!doctype html>
        <html lang="en" data-ready="true"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(title) · ScanStation hub</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/style.css"><link rel="stylesheet" href="/hub.css">
        </head>\(frame)</html>

        """
    }

    private var frame: HTML {
        guard case .user(let session, let secret) = Caller.current.identity else {
            return """
                <body class="locked"><a class="skip" href="#screen">Skip to the page</a>
                <header id="top"><span class="name">ScanStation hub</span></header>
                <main id="screen" tabindex="-1">\(body)</main></body>
                """
        }
        let user = session.user
        return """
            <body><a class="skip" href="#screen">Skip to the page</a>
            <header id="top"><span class="name">\(title)</span><span class="grow"></span>
            <a class="chip" href="/account">\(user.name.description), \(user.role.rawValue)</a>
            <form method="post" action="/logout">\(Form.token(secret))<button class="chip"
            type="submit">Log out</button></form></header>
            <nav id="rail" aria-label="Screens">\(links(user.role))</nav>
            <main id="screen" tabindex="-1">\(body)</main></body>
            """
    }

    private func links(_ role: UserRole) -> [HTML] {
        Self.screens.filter { $0.policy.allows(role) }.map { screen in
            let current: HTML = screen.path == self.screen ? " aria-current=\"page\"" : ""
            return """
                <a href="\(screen.path)"\(current)><svg aria-hidden="true"><use
                href="/icons.svg#\(screen.icon)"/></svg>\(screen.name)</a>
                """
        }
    }
}
