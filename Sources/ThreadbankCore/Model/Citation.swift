// A post's name for ever, independent of any archive's row ids.

/// `threadbank:KIND[/NAME]:KEY`: the source's kind, its name where it has one, and the post's id in the origin.
///
/// ```swift
/// Citation(kind: "mail", key: "abc@example.org").description     // threadbank:mail:abc@example.org
/// Citation(kind: "text", name: "page.txt", key: "5f1e.0").description  // threadbank:text/page.txt:5f1e.0
/// ```
///
/// The first colon behind the kind and name ends them, so a colon in a name is written `%3A`, and `%` itself `%25`.
public struct Citation: Sendable, Equatable, CustomStringConvertible {
    public static let scheme = "threadbank:"

    public var kind: String
    /// Empty where the kind has only one source.
    public var name: String
    /// The post's id in the origin, or one of its aliases.
    public var key: String

    public init(kind: String, name: String = "", key: String) {
        self.kind = kind
        self.name = name
        self.key = key
    }

    /// Reads a citation; nil for any other text.
    public init?(text: String) {
        guard text.hasPrefix(Self.scheme) else { return nil }
        let rest = text.dropFirst(Self.scheme.count)
        guard let colon = rest.firstIndex(of: ":") else { return nil }
        let source = rest[..<colon]
        let slash = source.firstIndex(of: "/") ?? colon
        self.kind = String(source[..<slash])
        self.name = String(source[slash...].dropFirst()).replacing("%3A", with: ":").replacing("%25", with: "%")
        self.key = String(rest[rest.index(after: colon)...])
        if kind.isEmpty || key.isEmpty { return nil }
    }

    public var description: String {
        let name = name.replacing("%", with: "%25").replacing(":", with: "%3A")
        return "\(Self.scheme)\(kind)\(name.isEmpty ? "" : "/\(name)"):\(key)"
    }
}
