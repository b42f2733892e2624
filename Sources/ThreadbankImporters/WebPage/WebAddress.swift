// Addresses of pages: their host, their topic, the number of a page among those of its topic.

/// An absolute address on the web, taken apart.
struct WebAddress: Equatable {
    /// In lower case, without `www.`.
    let host: String
    /// Without query and fragment, from its first slash on.
    let path: String
    let query: [(name: String, value: String)]
    let fragment: String

    /// nil for what is no address with a host. What an archive on the web puts before an address is left out.
    init?(_ text: String) {
        var text = Substring(WebText.trimmed(text))
        if let inner = text.firstRange(of: "://web.archive.org/web/") {
            let rest = text[inner.upperBound...].drop { $0 != "/" }.dropFirst()
            if rest.contains("://") { text = rest }
        }
        guard text.utf8.count < 4000, let scheme = text.firstRange(of: "://") else { return nil }
        guard ["http", "https"].contains(text[..<scheme.lowerBound].lowercased()) else { return nil }
        let rest = text[scheme.upperBound...]
        var host = rest.prefix { !"/?#".contains($0) }.lowercased()
        let behind = rest.dropFirst(host.count)
        if let at = host.lastIndex(of: "@") { host = String(host[host.index(after: at)...]) }
        for port in [":80", ":443"] where host.hasSuffix(port) { host.removeLast(port.count) }
        if host.hasPrefix("www.") { host.removeFirst(4) }
        guard host.contains(where: \.isLetter) || host.contains("."), !host.contains(where: \.isWhitespace) else { return nil }
        self.host = host
        let withoutFragment = behind.prefix { $0 != "#" }
        fragment = String(behind.dropFirst(withoutFragment.count + 1))
        let path = withoutFragment.prefix { $0 != "?" }
        self.path = path.isEmpty ? "/" : String(path)
        query = withoutFragment.dropFirst(path.count + 1).split { $0 == "&" || $0 == ";" }.map { part in
            let name = part.prefix { $0 != "=" }
            return (name.lowercased(), String(part.dropFirst(name.count + 1)))
        }
    }

    /// An address as a page writes it, which may be short for one on the page's own site.
    init?(_ text: String, on page: WebAddress?) {
        if let address = WebAddress(text) {
            self = address
        } else if text.hasPrefix("//"), let address = WebAddress("https:" + text) {
            self = address
        } else if text.hasPrefix("/"), let page, let address = WebAddress("https://\(page.host)\(text)") {
            self = address
        } else {
            return nil
        }
    }

    static func == (a: WebAddress, b: WebAddress) -> Bool { a.full == b.full && a.fragment == b.fragment }

    var site: String { "https://\(host)" }

    /// The whole address without its fragment.
    var full: String {
        site + path + (query.isEmpty ? "" : "?" + query.map { $1.isEmpty ? $0 : "\($0)=\($1)" }.joined(separator: "&"))
    }

    /// The address that all pages of one topic have in common.
    var topic: String {
        let kept = query.filter {
            !Self.pageNames.contains($0.name) && !Self.idle.contains($0.name) && !$0.name.hasPrefix("utm_")
        }
        .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.count > 2, parts.last == "" { parts.removeLast() }
        if let last = parts.last, Self.pageNumber(in: last) != nil { parts.removeLast() }
        if parts.count > 2, let last = parts.last, Int(last) != nil, parts[parts.count - 2] == "page" { parts.removeLast(2) }
        let path = parts.joined(separator: "/")
        return site + (path.isEmpty ? "/" : path)
            + (kept.isEmpty ? "" : "?" + kept.map { "\($0.name)=\($0.value)" }.joined(separator: "&"))
    }

    /// Whether the address says that this is not a topic's first page.
    var isLaterPage: Bool {
        if query.contains(where: { Self.pageNames.contains($0.name) && (Int($0.value) ?? 0) > ($0.name == "start" ? 0 : 1) }) {
            return true
        }
        // SMF: `topic=55.15`.
        if let topic = value("topic"), let dot = topic.firstIndex(of: "."), Int(topic[dot...].dropFirst()) ?? 0 > 0 {
            return true
        }
        let parts = path.split(separator: "/")
        if let last = parts.last, let number = Self.pageNumber(in: last) { return number > 1 }
        return parts.count > 1 && parts[parts.count - 2] == "page" && (parts.last.flatMap { Int($0) } ?? 1) > 1
    }

    /// `page-2`, `page2`.
    private static func pageNumber(in part: Substring) -> Int? {
        guard part.hasPrefix("page") else { return nil }
        return Int(part.dropFirst(part.hasPrefix("page-") ? 5 : 4))
    }

    /// What stands behind a part of the path: `part(after: "t")` of `/t/slug/12` is `slug`.
    func parts(after name: String) -> [String] {
        let parts = path.split(separator: "/").map(String.init)
        return parts.firstIndex(of: name).map { Array(parts[($0 + 1)...]) } ?? []
    }

    func value(_ name: String) -> String? { query.first { $0.name == name }?.value }

    private static let pageNames: Set<String> = ["page", "start", "comments_page", "pagenumber", "cpage"]
    private static let idle: Set<String> = [
        "sid", "phpsessid", "s", "ref", "fbclid", "gclid", "highlight", "hilit", "sort", "view",
    ]
}
