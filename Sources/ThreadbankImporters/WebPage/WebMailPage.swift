// Pages of mailing lists' archives: Hypermail, Pipermail, MHonArc. Their mails bear the Message-IDs that they have everywhere.

internal import ThreadbankCore

/// Reads the page of one mail, and the index of threads, by the marks that the archivers leave in comments and links.
struct WebMailPage {
    private let page: WebPage
    private let head: WebHead
    /// The contents of comments in order, and where they stand.
    private let comments: [(text: String, range: Range<Int>)]

    /// The posts of such a page; empty where it is none.
    static func posts(_ page: WebPage, _ head: WebHead, key: String) throws -> [ImportedPost] {
        let reader = WebMailPage(page, head)
        if let mail = reader.hypermail() ?? reader.mhonarc() ?? reader.pipermail() { return [try reader.post(mail, key)] }
        return WebMailIndex.posts(page, head, key: key)
    }

    private init(_ page: WebPage, _ head: WebHead) {
        self.page = page
        self.head = head
        comments = page.comments.prefix(1000).map { range in
            (WebText.trimmed(String(decoding: page.html[range].prefix(4000), as: UTF8.self)), range)
        }
    }

    /// The fields of a mail as a page shows them.
    private struct Mail {
        var id: String
        var name: String?
        var address: String?
        var subject: String?
        var date: Int64?
        /// The posts that it answers, nearest first.
        var references: [String] = []
        var body: Range<Int>?
    }

    // MARK: Archivers

    /// `<!-- id="…" -->`, `<!-- name="…" -->`, `<!-- isosent="20180410224327" -->`, the text between `body="start"` and `body="end"`.
    private func hypermail() -> Mail? {
        func value(_ name: String) -> String? {
            comments.first { $0.text.hasPrefix("\(name)=\"") && $0.text.hasSuffix("\"") }
                .map { WebText.decoded(ArraySlice($0.text.utf8.dropFirst(name.utf8.count + 2).dropLast())) }
        }
        guard let id = value("id").flatMap(MessageIDs.own), value("received") != nil || value("sent") != nil else { return nil }
        var mail = Mail(id: id)
        mail.name = value("name")
        mail.address = value("email")
        mail.subject = value("subject")
        mail.date = value("isosent").flatMap(Self.packed) ?? value("sent").flatMap(Self.time)
        mail.references = value("inreplyto").flatMap(MessageIDs.own).map { [$0] } ?? []
        mail.body = page.first("pre#body, #body").map { page.content($0) } ?? between("body=\"start\"", "body=\"end\"")
        return mail
    }

    /// `<!--X-Message-Id: … -->`, `<!--X-Reference: … -->`, the text between `X-Body-of-Message` and its end.
    private func mhonarc() -> Mail? {
        func values(_ name: String) -> [String] {
            comments.filter { $0.text.hasPrefix("\(name): ") }.map {
                WebText.decoded(ArraySlice($0.text.utf8.dropFirst(name.utf8.count + 2)))
            }
        }
        guard let id = values("X-Message-Id").first.flatMap(MessageIDs.own) else { return nil }
        var mail = Mail(id: id)
        let from = values("X-From-R13").first.map(Self.rotated) ?? values("X-From").first ?? ""
        (mail.name, mail.address) = Self.mailbox(from)
        mail.subject = values("X-Subject").first
        mail.date = values("X-Date").first.flatMap(Self.time)
        mail.references = values("X-Reference").compactMap(MessageIDs.own).reversed()
        mail.body = between("X-Body-of-Message", "X-Body-of-Message-End")
        return mail
    }

    /// The heading, the name in bold, the date in italics, and the text between `beginarticle` and `endarticle`. The link that answers
    /// by mail holds the id.
    private func pipermail() -> Mail? {
        guard let body = between("beginarticle", "endarticle"), let link = page.first("a[href*=In-Reply-To]"),
            let href = page.attribute("href", of: link), let found = href.firstRange(of: "In-Reply-To=")
        else { return nil }
        let value = Self.unescaped(String(href[found.upperBound...].prefix { $0 != "&" }))
        guard let id = MessageIDs.own(value), id.contains("@") else { return nil }
        var mail = Mail(id: id)
        mail.body = body
        mail.address = page.text(link).replacing(" at ", with: "@")
        mail.name = page.first("b").map { page.text($0) }
        mail.subject = page.first("h1").map { page.text($0) }
        mail.date = page.first("i").flatMap { Self.time(page.text($0)) }
        return mail
    }

    // MARK: Post

    private func post(_ mail: Mail, _ key: String) throws -> ImportedPost {
        var post = ImportedPost(source: MailPosts.source, key: mail.id)
        post.aliases = [WebMailIndex.alias(head.address?.full ?? key)].compactMap(\.self)
        if let address = mail.address?.lowercased(), address.contains("@"), !address.contains(" ") {
            post.author = AuthorReference(key: address, name: mail.name ?? address)
        }
        post.title = mail.subject
        post.createdAt = mail.date.flatMap { $0 > 315_532_800 ? $0 : nil }
        post.url = head.address?.full
        post.isRendering = true
        if let body = mail.body { (post.body, post.markup) = try text(body) }
        let above = mail.references.filter { $0 != mail.id }
        if let parent = above.first {
            post.parent = ParentStatement(PostReference(.key(parent)), basis: .header)
            post.ancestors = above.dropFirst().prefix(200).map { PostReference(.key($0)) }
            let base = mail.subject.map(BaseSubject.init)
            if base?.isReply == true { post.parentTitle = base?.text }
        }
        return post
    }

    /// Mails stand in `pre` mostly: then their lines are kept as they are.
    private func text(_ range: Range<Int>) throws -> (String, Markup) {
        let inside = page.elements.indices.filter { range.contains(Int(page.elements[$0].start)) }
        let pre = inside.filter { page.elements[$0].name == Self.pre }
        let isAll = pre.isEmpty && page.html[range].prefix(20).first { $0 > 0x20 } != UInt8(ascii: "<")
        if isAll && page.first("pre#body") != nil || pre.count == 1 {
            let lines = pre.first.map { page.content($0) } ?? range
            return (Self.lines(page.html[lines.clamped(to: range)]), .plain)
        }
        return (try HTMLMarkdown.markdown(of: page.markup(range)), .markdown)
    }

    /// The text without tags, its lines kept.
    private static func lines(_ html: ArraySlice<UInt8>) -> String {
        var bytes: [UInt8] = []
        var place = html.startIndex
        while place < html.endIndex {
            if html[place] == UInt8(ascii: "<"), let end = html[place...].firstIndex(of: UInt8(ascii: ">")) {
                place = end + 1
                continue
            }
            if html[place] != 0x0D { bytes.append(html[place]) }
            place += 1
        }
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.contains("&") ? indent(line) + WebText.decoded(ArraySlice(line.utf8)) : String(line)
        }
        let kept = text.drop { $0.allSatisfy(\.isWhitespace) }
        return WebText.trimmedEnd(kept.joined(separator: "\n"))
    }

    private static func indent(_ line: Substring) -> String { String(line.prefix { $0 == " " || $0 == "\t" }) }

    // MARK: Pieces

    private static let pre = WebName.hash("pre")

    /// What stands between two comments; to the end of a page that breaks off before the second one.
    private func between(_ start: String, _ end: String) -> Range<Int>? {
        guard let first = comments.firstIndex(where: { $0.text == start }) else { return nil }
        let from = comments[first].range.upperBound + 3
        if let last = comments[first...].first(where: { $0.text == end }) {
            return from < last.range.lowerBound - 4 ? from..<last.range.lowerBound - 4 : nil
        }
        return page.isCutOff && from < page.html.count ? from..<page.html.count : nil
    }

    private static func time(_ text: String) -> Int64? {
        WebDateWords(text).written(true).flatMap { $0.inference == nil ? $0.seconds : nil }
    }

    /// `20180410224327`, UTC.
    private static func packed(_ text: String) -> Int64? {
        let d = text.compactMap(\.wholeNumberValue)
        guard d.count == 14, text.count == 14 else { return nil }
        func number(_ range: Range<Int>) -> Int { d[range].reduce(0) { $0 * 10 + $1 } }
        return Timestamp.seconds(number(0..<4), number(4..<6), number(6..<8), number(8..<10), number(10..<12), number(12..<14))
    }

    /// `Name <address>`, or an address alone.
    private static func mailbox(_ text: String) -> (name: String?, address: String?) {
        guard let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close else {
            return (nil, WebText.trimmed(text))
        }
        let name = WebText.trimmed(text[..<open].filter { $0 != "\"" })
        return (name.isEmpty ? nil : name, String(text[text.index(after: open)..<close]))
    }

    private static func rotated(_ text: String) -> String {
        String(
            decoding: text.utf8.map { byte -> UInt8 in
                switch byte {
                case 0x41...0x5A: (byte - 0x41 + 13) % 26 + 0x41
                case 0x61...0x7A: (byte - 0x61 + 13) % 26 + 0x61
                default: byte
                }
            }, as: UTF8.self)
    }

    /// Without `%3C` and the like.
    private static func unescaped(_ text: String) -> String {
        var bytes: [UInt8] = []
        let all = Array(text.utf8)
        var place = 0
        while place < all.count {
            if all[place] == UInt8(ascii: "%"), place + 2 < all.count,
                let byte = UInt8(String(decoding: all[place + 1...place + 2], as: UTF8.self), radix: 16)
            {
                bytes.append(byte)
                place += 3
            } else {
                bytes.append(all[place])
                place += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension WebText {
    static func trimmedEnd(_ text: String) -> String {
        var rest = Substring(text)
        while let last = rest.unicodeScalars.last, last.properties.isWhitespace { rest.unicodeScalars.removeLast() }
        return String(rest)
    }
}
