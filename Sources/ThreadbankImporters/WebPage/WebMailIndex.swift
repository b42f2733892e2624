// The index of threads of a mailing list's archive: lists in lists, of which each item leads to the page of a mail.

internal import ThreadbankCore

/// Reads who answers whom, as Pipermail and MHonArc show it. The mails are known by the addresses of their pages alone until those come.
enum WebMailIndex {
    /// Ghosts with their titles and parents; empty where the page is no such index.
    static func posts(_ page: WebPage, _ head: WebHead, key: String) -> [ImportedPost] {
        guard page.first("li a[href]") != nil, isIndex(page, head) else { return [] }
        let base = head.address?.full ?? key
        let folder = base.lastIndex(of: "/").map { String(base[...$0]) } ?? ""
        var posts: [ImportedPost] = []
        var open: [(element: Int, alias: String)] = []
        // Lists of what has no more in common than its subject: mails that say nothing of what they answer.
        var loose: Set<Int> = []
        for item in page.all("li") {
            while let last = open.last, !page.isInside(item, last.element) { open.removeLast() }
            guard let link = page.descendants(of: item).prefix(4).first(where: { page.elements[$0].name == anchor }),
                let href = page.attribute("href", of: link), isMail(href), let alias = alias(folder + href)
            else {
                if page.text(item, limit: 200).lowercased().hasPrefix("<possible follow"), let list = page.parent(item) {
                    loose.insert(list)
                }
                continue
            }
            var post = ImportedPost(source: MailPosts.source, key: nil)
            post.aliases = [alias]
            post.state = .missing
            post.place = Int64(posts.count)
            let title = page.text(link)
            post.title = title.isEmpty ? nil : title
            if let above = open.last, !(page.parent(item).map(loose.contains) ?? false) {
                post.parent = ParentStatement(
                    PostReference(.alias(above.alias)), basis: .indent, confidence: 0.9,
                    evidence: "the archive’s index of threads sets it in below that mail")
            }
            open.append((item, alias))
            posts.append(post)
        }
        return posts
    }

    /// `msg00012.html`, `025423.html`: pages of mails, numbered.
    private static func isMail(_ href: String) -> Bool {
        guard href.hasSuffix(".html"), !href.contains("/") else { return false }
        let stem = href.dropLast(5).drop { $0 != "0" && !$0.isNumber }
        return !stem.isEmpty && stem.allSatisfy(\.isNumber) && (href.first?.isNumber == true || href.hasPrefix("msg"))
    }

    private static func isIndex(_ page: WebPage, _ head: WebHead) -> Bool {
        let title = head.fullTitle.lowercased()
        return title.contains("by thread") || title.contains("thread index")
            || title.contains("archive")
                && page.comments.contains { String(decoding: page.html[$0].prefix(40), as: UTF8.self).contains("MHonArc") }
    }

    /// `lists.example/pipermail/loaves/2010-January/025423`: a mail by the address of its page; nil for what is no such page.
    static func alias(_ address: String) -> String? {
        let path = WebAddress(address).map { $0.host + $0.path } ?? address
        guard path.hasSuffix(".html"), let name = path.split(separator: "/").last, isMail(String(name)) else { return nil }
        return String(path.dropLast(5))
    }

    private static let anchor = WebName.hash("a")
}
