// What a page says of itself as a whole: its address, its title, its site, when it was saved.

internal import ThreadbankCore

/// A page as it was fetched or saved, and what is known of it beside its bytes.
struct WebCapture {
    var bytes: [UInt8]
    /// As the file that holds it says.
    var url: String?
    /// Unix seconds.
    var capturedAt: Int64?
    /// The charset that its transfer named.
    var charset: String?
    /// The file's own key: what links in an index of mails are short for, where the page tells no address.
    var key: String
    var place: ImportDiagnostic.Place = .byte(0)
}

/// The head of a page.
struct WebHead {
    private(set) var address: WebAddress?
    private(set) var capturedAt: Int64?
    private(set) var siteName: String?
    private(set) var title: String?
    let language: String?
    /// The whole of `<title>`.
    let fullTitle: String

    init(_ page: WebPage, _ capture: WebCapture) {
        language = page.first("html[lang]").flatMap { page.attribute("lang", of: $0) }
        fullTitle = page.first("title").map { page.text($0) } ?? ""
        capturedAt = capture.capturedAt
        let given = capture.url.flatMap { WebAddress($0) }
        for range in page.comments.prefix(200) { readComment(String(decoding: page.html[range].prefix(2000), as: UTF8.self)) }
        func content(_ selector: WebSelector, _ name: String = "content") -> String? {
            page.first(selector).flatMap { page.attribute(name, of: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        let stated = [
            content("link[rel=canonical]", "href"), content("meta[property=og:url]"),
            content("link[itemprop=mainEntityOfPage]", "href"),
        ]
        .compactMap(\.self)
        address = stated.lazy.compactMap { WebAddress($0, on: given) }.first ?? given ?? address
        let parts = Self.parts(fullTitle)
        let isSiteFirst = Self.isSiteFirst(parts, page)
        siteName =
            content("meta[property=og:site_name]") ?? content("[itemprop=publisher] meta[itemprop=name]")
            ?? (parts.count > 1 ? isSiteFirst ? parts.first : parts.last : nil)
        let heading = page.all("h1, h2").prefix(20).map { page.text($0) }
            .first { !$0.isEmpty && $0 != siteName && fullTitle.contains($0) }
        let others = isSiteFirst ? parts.dropFirst() : parts.dropLast()
        title = content("meta[property=og:title]") ?? heading ?? (others.isEmpty ? parts.first : others.joined(separator: " - "))
    }

    /// Whether the page says that it belongs to a forum: then a topic may have a single post.
    var isForum: Bool {
        let words = (fullTitle + " " + (siteName ?? "")).lowercased()
        return ["forum", "discussion", "message board", "mailing list"].contains { words.contains($0) }
    }

    /// phpBB puts the site first; so do pages whose heading is the last part, and whose first part is what a link is called.
    private static func isSiteFirst(_ parts: [String], _ page: WebPage) -> Bool {
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return false }
        if last.lowercased().hasPrefix("view topic") { return true }
        let headings = page.all("h1, h2").prefix(20).map { page.text($0) }
        guard headings.contains(last), !headings.contains(first) else { return false }
        let links = page.all("a").prefix(100).map { page.text($0) }
        return links.contains(first) && !links.contains(last)
    }

    /// The parts of a title: mostly the topic, then the site.
    private static func parts(_ title: String) -> [String] {
        for mark in [" | ", " · ", " • ", " :: ", " — ", " – ", " - "] where title.contains(mark) {
            return title.split(separator: mark).map { WebText.trimmed($0) }.filter { !$0.isEmpty }
        }
        return title.isEmpty ? [] : [title]
    }

    /// What browsers and mirrors write into a page when they save it.
    private mutating func readComment(_ comment: String) {
        if let found = comment.firstRange(of: "saved from url=("), let end = comment[found.upperBound...].firstIndex(of: ")") {
            address = WebAddress(String(comment[comment.index(after: end)...].prefix { !$0.isWhitespace }))
        } else if let found = comment.firstRange(of: "Mirrored from ") {
            let rest = comment[found.upperBound...]
            address = WebAddress("http://" + rest.prefix { !$0.isWhitespace })
            if let date = rest.firstRange(of: "], ") { capturedAt = capturedAt ?? Self.time(rest[date.upperBound...]) }
        } else if comment.contains("Page saved with SingleFile") {
            for line in comment.split(whereSeparator: \.isNewline) {
                let line = WebText.trimmed(line)
                if line.hasPrefix("url: ") { address = WebAddress(String(line.dropFirst(5))) }
                if line.hasPrefix("saved date: ") { capturedAt = capturedAt ?? Self.time(line.dropFirst(12)) }
            }
        } else if let found = comment.firstRange(of: "FILE ARCHIVED ON ") {
            let rest = comment[found.upperBound...]
            let end = rest.firstRange(of: " AND ")?.lowerBound ?? rest.endIndex
            capturedAt = capturedAt ?? Self.time(rest[..<end].prefix(60))
        }
    }

    private static func time(_ text: some StringProtocol) -> Int64? {
        let line = text.prefix { !$0.isNewline }
        return WebDateWords(String(line.prefix(80)).replacing(/GMT([+-]\d{4})/, with: { "\($0.output.1)" })).written(nil)?.seconds
    }
}
