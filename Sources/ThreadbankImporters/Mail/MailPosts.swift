// From a message to a post: key, parent, author, date, title, forum.

internal import CGMime
internal import Foundation
internal import ThreadbankCore

/// Turns messages into posts. All of mail and Usenet is one source, whose keys are Message-IDs.
struct MailPosts {
    static let source = SourceReference(kind: "mail")

    private let mime: GMime
    /// Ancestors beyond the parent that one message may name.
    private static let mostAncestors = 200

    /// The forum of mails that name none.
    private let forum: ForumReference?

    /// - parameter list: the name of the list or folder whose mails they are, as `--source` says it.
    init(list: String?) throws(ImportError) {
        mime = try GMime.load()
        forum = list.map { ForumReference(key: $0.lowercased(), name: $0) }
    }

    /// The posts of one message: itself, the messages of a digest, and posts that it cancels or supersedes as deleted.
    ///
    /// - throws: ``MailRefusal`` where the bytes are no message or no post, ``ImportError`` where a library is missing.
    func posts(_ bytes: ArraySlice<UInt8>, needsNewsgroups: Bool = false) throws -> [ImportedPost] {
        // A page of an archive shows a mail's headers as its own text.
        if MailBytes.skippingBlank(bytes).first == UInt8(ascii: "<"),
            WebForm(InputProbe(fileName: "", head: Array(bytes.prefix(4000)), isNamed: true)) == .page
        {
            throw MailRefusal("a web page")
        }
        let isCut = MailBytes.isCut(bytes)
        let bytes = MailBytes.cleaned(bytes)
        return try mime.withMessage(bytes) { message in
            let headers = MailHeaders(mime, of: message)
            let part = mime.call.g_mime_message_get_mime_part(message).map { MailHeaders(mime, of: $0) }
            guard Self.names.contains(where: { headers.has($0) || part?.has($0) ?? false }) else {
                throw MailRefusal("no headers of a mail")
            }
            // Without its id nobody could tell that a whole copy of it is the same.
            if !headers.hasWholeID, isCut { throw MailRefusal("it ends in its headers") }
            if needsNewsgroups, !UsenetHeaders.isArticle(headers) { throw MailRefusal("no header Newsgroups") }
            if let control = ControlMessage(headers) {
                guard let cancelled = control.cancelled else { throw MailRefusal("a control message: \(control.text)") }
                return [cancelled]
            }
            let content = try MailContent(mime, message: message)
            let post = self.post(headers, content)
            let superseded = ControlMessage.superseded(by: post, headers)
            return [post] + (superseded.map { [$0] } ?? []) + (try content.digest.compactMap(digested))
        }
    }

    /// Headers of which a message has one at least.
    private static let names = [
        "From", "Date", "Subject", "Message-ID", "Received", "To", "Return-Path", "MIME-Version", "Content-Type", "References",
        "In-Reply-To", "Newsgroups", "Content-Transfer-Encoding", "Article-I.D.", "Delivered-To", "X-Mailer", "Sender",
        "Reply-To", "Cc", "List-Id",
    ]

    /// A message of a digest that stands for itself.
    private func digested(_ message: OpaquePointer) throws -> ImportedPost? {
        let headers = MailHeaders(mime, of: message)
        guard headers.has("From"), headers.value("Message-ID").flatMap(MessageIDs.own) != nil else { return nil }
        return post(headers, try MailContent(mime, message: message))
    }

    private func post(_ headers: MailHeaders, _ content: MailContent) -> ImportedPost {
        let from = MailAuthor.address(headers)
        let key = UsenetHeaders.messageID(headers) ?? contentKey(headers, content.body)
        var post = ImportedPost(source: Self.source, key: key)
        post.author = from.map { AuthorReference(key: $0.key, name: $0.name ?? $0.address) }
        post.createdAt = MailDate.sent(headers)
        post.body = content.body
        post.markup = content.markup
        post.attachments = content.attachments
        post.url = url(headers)
        let forums = UsenetHeaders.newsgroups(headers) + MailForums.lists(headers)
        post.forum = forums.first ?? forum
        post.forums = Array(forums.dropFirst())
        if let old = ControlMessage.supersedes(headers), old != key {
            post.links = [PostLink(to: PostReference(.key(old)), kind: "supersedes")]
        }
        // A cancel is later than its article: times tell which of the two states is current, whatever comes first.
        if UsenetHeaders.isArticle(headers) { post.fetchedAt = post.createdAt }

        let above = ancestors(headers, of: key, author: from?.key).map { PostReference(.key($0)) }
        if let parent = above.first {
            post.parent = ParentStatement(parent, basis: .header)
            post.ancestors = Array(above.dropFirst().prefix(Self.mostAncestors))
        }
        setTitle(headers.text("Subject") ?? headers.text("Title"), of: &post)
        return post
    }

    /// The posts above this one, nearest first: `References` from its end, else the first id of `In-Reply-To`.
    private func ancestors(_ headers: MailHeaders, of key: String, author: String?) -> [String] {
        var seen: Set<String> = [key]
        let references = UsenetHeaders.references(headers).reversed().filter { seen.insert($0).inserted }
        if !references.isEmpty { return references }
        guard let id = headers.value("In-Reply-To").flatMap({ MessageIDs.answered($0, author: author) }), id != key else {
            return []
        }
        return [id]
    }

    /// The archive drops a subject that only repeats what the mail answers. Of an opening mail that is missing it tells the title,
    /// unless it says itself that it is new: "new (was: old)".
    private func setTitle(_ subject: String?, of post: inout ImportedPost) {
        guard let subject else { return }
        post.title = subject
        let base = BaseSubject(subject)
        guard post.parent != nil, base.isReply else { return }
        let folded = base.folded
        if folded.holds("(was") || folded.holds("[was") { return }
        post.parentTitle = BaseSubject.withoutMarks(subject)
    }

    private func contentKey(_ headers: MailHeaders, _ body: String?) -> String {
        let parts = [headers.value("From"), headers.value("Date"), headers.value("Subject"), body].map { $0 ?? "" }
        return "sha256:" + SHA256Hash.hex(of: parts.joined(separator: "\u{0}"))
    }

    /// Where the list's own archive keeps it.
    private func url(_ headers: MailHeaders) -> String? {
        guard let value = headers.value("Archived-At") else { return nil }
        let url = value.drop { $0 == "<" }.prefix { $0 != ">" && !$0.isWhitespace }
        return (url.hasPrefix("http://") || url.hasPrefix("https://")) && url.utf8.count < 1_000 ? String(url) : nil
    }
}

/// Who wrote a message.
enum MailAuthor {
    /// The mailbox of `From`, else `Sender`. Where a list has put itself there ("X via List"), the one that it tells beside it.
    static func address(_ headers: MailHeaders) -> MailAddress? {
        guard let from = headers.addresses("From").first ?? headers.addresses("Sender").first else { return nil }
        guard let name = from.name, name.holds(" via "), let via = name.range(of: " via ") else { return from }
        let lists = MailForums.addresses(headers)
        let real = ["X-Original-From", "Reply-To"].flatMap { headers.addresses($0) }
            .first { $0.key != from.key && !lists.contains($0.key) && $0.address.contains("@") }
        guard let real else { return from }
        var own = name[..<via.lowerBound]
        if own.hasPrefix("'"), own.hasSuffix("'"), own.count > 2 { own = own.dropFirst().dropLast() }
        return MailAddress(address: real.address, name: real.name.flatMap { $0.contains(" via ") ? nil : $0 } ?? String(own))
    }
}

/// When a message was sent.
enum MailDate {
    private static let earliest: Int64 = 315_532_800

    /// `Date`, unless it is before 1980 or more than a day after the topmost `Received`: then that, and nil where it makes no sense.
    static func sent(_ headers: MailHeaders) -> Int64? {
        let received = headers.received.flatMap { $0 >= earliest ? $0 : nil }
        let date = headers.date("Date") ?? UsenetHeaders.date(headers)
        guard let date, date >= earliest, received.map({ date <= $0 + 86_400 }) ?? true else { return received }
        return date
    }
}
