// Articles that say what becomes of others: Control and Supersedes.

internal import ThreadbankCore

/// A control message. It is no post: a cancel marks another post as deleted, all others are orders to news servers.
///
/// Nobody checks who sent a cancel; most servers of the time obeyed it, so the archive notes it. No text is lost by it: a deleted post
/// keeps what is known of it.
struct ControlMessage {
    /// What it orders, for messages.
    let text: String
    /// The post that it cancels, as deleted, or as removed where somebody else than its author says that he did it.
    let cancelled: ImportedPost?

    init?(_ headers: MailHeaders) {
        guard let value = headers.value("Control") else { return nil }
        text = String(value.prefix(60))
        guard value.lowercased().hasPrefix("cancel"), let id = MessageIDs.references(value).first else {
            cancelled = nil
            return
        }
        let isByOthers = headers.has("Approved") || headers.has("X-Cancelled-By") || headers.has("X-Canceled-By")
        cancelled = Self.tombstone(id, isByOthers ? .removed : .deleted, at: MailDate.sent(headers))
    }

    /// The post that an article replaces, as deleted, where it names one with `Supersedes`; the article gets a link to it.
    static func superseded(by post: ImportedPost, _ headers: MailHeaders) -> ImportedPost? {
        guard let id = supersedes(headers), id != post.key else { return nil }
        var old = tombstone(id, .deleted, at: post.createdAt)
        old.isAside = true
        return old
    }

    static func supersedes(_ headers: MailHeaders) -> String? {
        guard UsenetHeaders.isArticle(headers) else { return nil }
        return headers.value("Supersedes").flatMap { MessageIDs.references($0).first }
    }

    private static func tombstone(_ id: String, _ state: PostState, at date: Int64?) -> ImportedPost {
        var post = ImportedPost(source: MailPosts.source, key: id)
        post.state = state
        post.fetchedAt = date
        return post
    }
}
