// Pages of mailing lists' archives: Hypermail, Pipermail, MHonArc; others have files of their own.

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
        if let mail = reader.hypermail() ?? reader.mhonarc() ?? reader.pipermail() {
            return [try mail.post(page, head, alias: WebMailIndex.alias(head.address?.full ?? key))]
        }
        for mails in [WebPublicInbox(page, head).mails, WebHyperKitty(page, head).mails] where !mails.isEmpty {
            return try mails.map { try $0.post(page, head, alias: nil) }
        }
        return WebMailIndex.posts(page, head, key: key)
    }

    private init(_ page: WebPage, _ head: WebHead) {
        self.page = page
        self.head = head
        comments = page.comments.prefix(1000).map { range in
            (WebText.trimmed(String(decoding: page.html[range].prefix(4000), as: UTF8.self)), range)
        }
    }

    // MARK: Archivers

    /// `<!-- id="…" -->`, `<!-- name="…" -->`, `<!-- isosent="20180410224327" -->`, the text between `body="start"` and `body="end"`.
    private func hypermail() -> WebMail? {
        func value(_ name: String) -> String? {
            comments.first { $0.text.hasPrefix("\(name)=\"") && $0.text.hasSuffix("\"") }
                .map { WebText.decoded(ArraySlice($0.text.utf8.dropFirst(name.utf8.count + 2).dropLast())) }
        }
        guard let id = value("id").flatMap(MessageIDs.own), value("received") != nil || value("sent") != nil else { return nil }
        var mail = WebMail(id: id)
        mail.name = value("name")
        mail.address = value("email")
        mail.subject = value("subject")
        mail.date = value("isosent").flatMap(Self.packed).map { WebTime(seconds: $0) } ?? value("sent").flatMap(WebMail.time)
        mail.references = value("inreplyto").flatMap(MessageIDs.own).map { [$0] } ?? []
        mail.body = page.first("pre#body, #body").map { page.content($0) } ?? between("body=\"start\"", "body=\"end\"")
        return mail
    }

    /// `<!--X-Message-Id: … -->`, `<!--X-Reference: … -->`, the text between `X-Body-of-Message` and its end.
    private func mhonarc() -> WebMail? {
        func values(_ name: String) -> [String] {
            comments.filter { $0.text.hasPrefix("\(name): ") }.map {
                WebText.decoded(ArraySlice($0.text.utf8.dropFirst(name.utf8.count + 2)))
            }
        }
        guard let id = values("X-Message-Id").first.flatMap(MessageIDs.own) else { return nil }
        let fields = between("X-Head-of-Message", "X-Head-of-Message-End").map { range in
            page.all("li").filter { range.contains(Int(page.elements[$0].start)) }.map { page.text($0) }
        }
        func shown(_ name: String) -> String? {
            fields?.first { $0.hasPrefix("\(name): ") }.map { String($0.dropFirst(name.count + 2)) }
        }
        var mail = WebMail(id: id)
        let from = values("X-From-R13").first.map(Self.rotated) ?? values("X-From").first ?? ""
        (mail.name, mail.address) = WebMail.mailbox(from)
        // What is shown is decoded, but its addresses may be hidden.
        if let name = shown("From").flatMap({ WebMail.mailbox($0).name }) { mail.name = name }
        mail.subject = shown("Subject") ?? values("X-Subject").first
        // The comment tells when the mail came, the list of its fields when it was written.
        mail.date = shown("Date").flatMap(WebMail.time) ?? values("X-Date").first.flatMap(WebMail.time)
        mail.forum = shown("List-id").flatMap { MessageIDs.own($0)?.lowercased() }
        mail.references = values("X-Reference").compactMap(MessageIDs.own).reversed()
        mail.body = between("X-Body-of-Message", "X-Body-of-Message-End")
        for mark in page.all("p strong") where mail.body?.contains(Int(page.elements[mark].tag)) == true {
            guard page.text(mark).hasPrefix("Attachment:"), let block = page.ancestor(of: mark, named: "p"),
                !mail.cuts.contains(block)
            else { continue }
            mail.cuts.append(block)
            let name = page.descendants(of: mark).first { page.elements[$0].name == Self.anchor }.map { page.text($0) }
            let says = page.text(block).lowercased()
            if !says.contains("signature"), !says.contains("digitally signed") { mail.attachments.append(Attachment(name: name)) }
        }
        return mail
    }

    /// The heading, the name in bold, the date in italics, and the text between `beginarticle` and `endarticle`. The link that answers
    /// by mail holds the id.
    private func pipermail() -> WebMail? {
        guard let body = between("beginarticle", "endarticle"), let link = page.first("a[href*=In-Reply-To]"),
            let href = page.attribute("href", of: link), let found = href.firstRange(of: "In-Reply-To=")
        else { return nil }
        let value = WebMail.unescaped(String(href[found.upperBound...].prefix { $0 != "&" }))
        guard let id = MessageIDs.own(value), id.contains("@") else { return nil }
        var mail = WebMail(id: id)
        mail.body = body
        mail.address = page.text(link).replacing(" at ", with: "@")
        mail.name = page.first("b").map { page.text($0) }
        mail.subject = page.first("h1").map { page.text($0) }
        mail.date = page.first("i").flatMap { WebMail.time(page.text($0)) }
        return mail
    }

    // MARK: Pieces

    private static let anchor = WebName.hash("a")

    /// What stands between two comments; to the end of a page that breaks off before the second one.
    private func between(_ start: String, _ end: String) -> Range<Int>? {
        guard let first = comments.firstIndex(where: { $0.text == start }) else { return nil }
        let from = comments[first].range.upperBound + 3
        if let last = comments[first...].first(where: { $0.text == end }) {
            return from < last.range.lowerBound - 4 ? from..<last.range.lowerBound - 4 : nil
        }
        return page.isCutOff && from < page.html.count ? from..<page.html.count : nil
    }

    /// `20180410224327`, UTC.
    private static func packed(_ text: String) -> Int64? {
        let d = text.compactMap(\.wholeNumberValue)
        guard d.count == 14, text.count == 14 else { return nil }
        func number(_ range: Range<Int>) -> Int { d[range].reduce(0) { $0 * 10 + $1 } }
        return Timestamp.seconds(number(0..<4), number(4..<6), number(6..<8), number(8..<10), number(10..<12), number(12..<14))
    }

    /// Letters by 13 places, capitals in a ring with `@` and `[`: so an address has no @.
    private static func rotated(_ text: String) -> String {
        String(
            decoding: text.utf8.map { byte -> UInt8 in
                switch byte {
                case 0x40...0x5B: (byte - 0x40 + 14) % 28 + 0x40
                case 0x61...0x7A: (byte - 0x61 + 13) % 26 + 0x61
                default: byte
                }
            }, as: UTF8.self)
    }
}
