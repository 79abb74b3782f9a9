/// A file of a web page, as it was built in.
public struct WebFile: Sendable {
    public var path: String
    public var type: String
    public var bytes: [UInt8]
    /// Changes with the content.
    public var tag: String

    public init(_ path: String, _ type: String, _ bytes: [UInt8]) {
        (self.path, self.type, self.bytes) = (path, type, bytes)
        tag = "\"" + String(Self.hash(bytes), radix: 16) + "\""
    }

    /// What every page of ours looks like: colours, sizes, icons.
    public static let shared = [
        WebFile("/style.css", "text/css; charset=utf-8", PackageResources.style_css),
        WebFile("/icon.svg", "image/svg+xml", PackageResources.icon_svg),
        WebFile("/icons.svg", "image/svg+xml", PackageResources.icons_svg),
    ]

    /// FNV-1a, 64 bits: tells versions apart, protects nothing.
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }
}
