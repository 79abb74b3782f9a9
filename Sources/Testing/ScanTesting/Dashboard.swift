import Foundation

/// `config/grafana/scanstation.json`, as far as tests look at it.
public enum Dashboard {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// What people are told of the metrics.
    public static func page() throws -> String {
        try String(
            contentsOf: root.appending(path: "docs/how-to/watch-stations.md"), encoding: .utf8)
    }

    /// Of the metrics that its queries name.
    public static func names() throws -> Set<String> {
        let data = try Data(contentsOf: root.appending(path: "config/grafana/scanstation.json"))
        let document = JSONSchema(try JSONSerialization.jsonObject(with: data))
        let panels = document["panels"].value as? [Any] ?? []
        let queries = panels.flatMap { JSONSchema($0)["targets"].value as? [Any] ?? [] }
            .compactMap { JSONSchema($0)["expr"].value as? String }
        return Set(queries.flatMap { $0.matches(of: /scanstation_[a-z_]+/).map { String($0.0) } })
    }
}
