// From a Reddit object to a post: key, parent, state, text.

internal import ThreadbankCore

extension RedditThing {
    /// Why an object is no post.
    struct Refusal: Error {
        var reason: String
    }

    /// The post, and before it the submission that a comment tells of, where it does (in lists of a user's comments).
    ///
    /// - parameter fallback: whether the texts are escaped where the object itself does not show it.
    func posts(escapedBy fallback: RedditEscaping = .unknown) throws(Refusal) -> [ImportedPost] {
        let escaping = self.escaping == .unknown ? fallback : self.escaping
        guard let key else { throw Refusal(reason: "neither name nor id") }
        guard body != nil || selftext != nil || title != nil || createdUTC != nil || permalink != nil else {
            throw Refusal(reason: "neither text nor title nor date")
        }
        guard key.hasPrefix("t1_") else { return [submission(key, escaping)] }
        let link = linkKey
        let comment = comment(key, link, escaping)
        guard let link, let title = linkTitle, RedditTombstone.state(of: title) == nil else { return [comment] }
        var opening = blank(link)
        opening.isEmbedded = true
        opening.title = escaping.text(title)
        opening.author = Self.author(linkAuthor)
        opening.replyCount = numComments
        opening.url = Self.url(linkPermalink)
        if let linkURL, !linkURL.contains("/comments/") { opening.attachments = [Self.attachment(escaping.text(linkURL))] }
        return [comment, opening]
    }

    // MARK: Keys

    /// `t1_…` of a comment, `t3_…` of a submission.
    var key: String? {
        if let name = name?.lowercased(), Self.isKey(name) { return name }
        guard let id = id?.lowercased(), !id.isEmpty else { return nil }
        if Self.isKey(id) { return id }
        let isComment = body != nil || linkID != nil || parentID != nil
        return (isComment ? "t1_" : "t3_") + id
    }

    static func isKey(_ text: String) -> Bool { text.utf8.count > 3 && (text.hasPrefix("t1_") || text.hasPrefix("t3_")) }

    /// The submission that a comment stands below: `link_id`, else as its address says.
    private var linkKey: String? {
        if let link = linkID?.lowercased(), !link.isEmpty { return Self.isKey(link) ? link : "t3_" + link }
        if let parent = parentID?.lowercased(), parent.hasPrefix("t3_") { return parent }
        return RedditURL(permalink ?? "")?.submission.map { "t3_" + $0 }
    }

    /// `parent_id` is a name, in some copies without its prefix, or as the number that base 36 writes.
    private func parentKey(_ link: String?) -> String? {
        guard let parent = parentID?.lowercased(), !parent.isEmpty else { return nil }
        if Self.isKey(parent) { return parent }
        if let link, link.dropFirst(3) == parent { return link }
        guard let number = Int64(parent), number > 0, parent.utf8.count > 7 else { return "t1_" + parent }
        let id = String(number, radix: 36)
        if let link, link.dropFirst(3) == id { return link }
        return "t1_" + id
    }

    // MARK: Posts

    private func submission(_ key: String, _ escaping: RedditEscaping) -> ImportedPost {
        var post = blank(key)
        post.author = Self.author(author)
        post.replyCount = numComments
        let titleState = title.flatMap(RedditTombstone.state)
        if titleState == nil { post.title = title.map(escaping.text) }
        setText(selftext ?? body, also: titleState, escaping, of: &post)
        if let url, !url.isEmpty, isSelf != true, RedditURL(url)?.submission != key.dropFirst(3).description {
            post.attachments = [Self.attachment(escaping.text(url))]
        }
        if let original = crosspostParent?.lowercased(), Self.isKey(original), original != key {
            post.links = [PostLink(to: PostReference(.key(original)), kind: "cross-post")]
        }
        if let flair, !flair.isEmpty { post.tags = [escaping.text(flair)] }
        return post
    }

    private func comment(_ key: String, _ link: String?, _ escaping: RedditEscaping) -> ImportedPost {
        var post = blank(key)
        post.author = Self.author(author)
        setText(body, also: nil, escaping, of: &post)
        if let parent = parentKey(link), parent != key {
            post.parent = ParentStatement(PostReference(.key(parent)), basis: .native)
            if let link, link != parent { post.ancestors = [PostReference(.key(link))] }
        } else if let link {
            // It stands below the submission; what it answers there is not said.
            post.parent = ParentStatement(PostReference(.key(link)), basis: .order, confidence: 0.5)
        }
        return post
    }

    /// What comments and submissions have in common.
    private func blank(_ key: String) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "reddit"), key: key)
        post.markup = .markdown
        if let subreddit, !subreddit.isEmpty { post.forum = RedditURL.forum(subreddit) }
        if key == self.key {
            post.createdAt = createdUTC
            post.editedAt = editedAt
            post.score = score
            post.url = Self.url(permalink)
        }
        post.fetchedAt = fetchedAt
        return post
    }

    /// A wording that only says that the text is gone is no text. A copy from before it went may still hold it.
    private func setText(_ text: String?, also titleState: PostState?, _ escaping: RedditEscaping, of post: inout ImportedPost) {
        let wording = text.flatMap(RedditTombstone.state)
        var states = [wording, titleState, removedByCategory.map(RedditTombstone.state(category:))]
        if isBanned { states.append(.removed) }
        if meta.wasDeletedLater || wording != nil, let type = meta.removalType {
            states.append(RedditTombstone.state(category: type))
        } else if meta.wasDeletedLater {
            states.append(.deleted)
        }
        post.state = states.contains(.removed) ? .removed : states.contains(.deleted) ? .deleted : .present
        if wording != nil || post.state != .present && (text ?? "").isEmpty { return }
        post.body = text.map(escaping.text)
    }

    private static func author(_ name: String?) -> AuthorReference? {
        guard let name, !name.isEmpty, !name.hasPrefix("[") else { return nil }
        return AuthorReference(key: name.lowercased(), name: name)
    }

    private static func attachment(_ url: String) -> Attachment { Attachment(name: url, type: Attachment.linkType) }

    private static func url(_ permalink: String?) -> String? { permalink.flatMap { RedditURL($0)?.absolute } }
}
