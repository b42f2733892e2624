// A mail as a page of an archive shows it, and the post that it becomes. Mails bear the Message-IDs that they have everywhere.

internal import ThreadbankCore

/// The fields of a mail.
struct WebMail {
    var id: String
    var name: String?
    var address: String?
    var subject: String?
    var date: WebTime?
    /// The posts that it answers, nearest first, and how the page shows that.
    var references: [String] = []
    var basis = ReplyBasis.header
    /// Where its text stands, or that itself.
    var body: Range<Int>?
    var text: String?
    var html: String?
    /// Elements in it that are none of it.
    var cuts: [Int] = []
    var attachments: [Attachment] = []
    /// Its own address, where the page shows more than this mail.
    var url: String?
    /// The list's id, in lower case.
    var forum: String?
    /// How sure a parent is that the page does not state.
    var confidence = 0.95
    /// Another name of it.
    var alias: String?

    init(id: String) { self.id = id }

    /// - parameter alias: its name in the archive's index of threads.
    func post(_ page: WebPage, _ head: WebHead, alias: String?) throws -> ImportedPost {
        var post = ImportedPost(source: MailPosts.source, key: id)
        post.aliases = [self.alias, alias].compactMap(\.self)
        if let forum, forum.utf8.count <= 300 { post.forum = ForumReference(key: forum, name: forum) }
        post.author = author
        post.title = subject
        if let date, date.seconds > Self.earliest {
            post.createdAt = date.seconds
            post.inferences += [date.inference].compactMap(\.self)
        }
        post.url = url ?? head.address?.full
        post.isRendering = true
        post.attachments = attachments
        if let text {
            (post.body, post.markup) = (text, .plain)
        } else if let html {
            (post.body, post.markup) = (try HTMLMarkdown.markdown(of: html), .markdown)
        } else if let body {
            (post.body, post.markup) = try WebMailText(page, without: cuts).text(of: body)
        }
        let above = references.filter { $0 != id }
        if let parent = above.first {
            let isStated = basis == .header
            post.parent = ParentStatement(
                PostReference(.key(parent)), basis: basis, confidence: isStated ? 1 : confidence,
                evidence: isStated
                    ? nil : basis == .order ? "the thread’s first mail" : "the archive’s thread sets it in below that mail")
            post.ancestors = above.dropFirst().prefix(200).map { PostReference(.key($0)) }
            let base = subject.map(BaseSubject.init)
            if base?.isReply == true { post.parentTitle = base?.text }
        }
        return post
    }

    /// 1980: no mail is older.
    private static let earliest: Int64 = 315_532_800

    /// By the address, as mail is; by the name where an archive shows no address.
    private var author: AuthorReference? {
        if let address = address?.lowercased(), address.contains("@"), !address.contains(" ") {
            return AuthorReference(key: address, name: name ?? address)
        }
        guard let name, !name.isEmpty, name.utf8.count < 300 else { return nil }
        return AuthorReference(key: name.lowercased(), name: name)
    }

    // MARK: Pieces

    /// Whether a part only signs the others; those of mails are not listed either.
    static func isSignature(_ type: some StringProtocol) -> Bool {
        ["application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"].contains {
            type.contains($0)
        }
    }

    static func time(_ text: String) -> WebTime? {
        WebDateWords(text).written(true).flatMap { $0.inference == nil ? $0 : nil }
    }

    /// `Name <address>`, `address (Name)`, or an address alone.
    static func mailbox(_ text: String) -> (name: String?, address: String?) {
        func name(_ text: Substring) -> String? {
            let name = WebText.trimmed(text.filter { $0 != "\"" })
            return name.isEmpty ? nil : name
        }
        if let open = text.lastIndex(of: "<"), let close = text.lastIndex(of: ">"), open < close {
            return (name(text[..<open]), String(text[text.index(after: open)..<close]))
        }
        if let open = text.firstIndex(of: "("), text.hasSuffix(")"), text[..<open].contains("@") {
            return (name(text[text.index(after: open)...].dropLast()), WebText.trimmed(text[..<open]))
        }
        return (nil, WebText.trimmed(text))
    }

    /// Without `%3C` and the like.
    static func unescaped(_ text: String) -> String {
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
