// From an item of Hacker News to a post.

internal import ThreadbankCore

/// Makes posts of the items of one input.
struct HackerNewsPosts {
    struct Refusal: Error { var reason: String }

    /// The rank of items among their siblings, as the parents met so far tell it. Of very large inputs only a part is kept: it decides
    /// only between replies of one second.
    private var places: [Int64: Int64] = [:]
    private static let mostPlaces = 1 << 20

    /// - parameter isNested: whether the item stands in its parent, so that what stands between it and its story is known.
    /// - returns: the post; and where it names others that no record shows, those.
    mutating func posts(_ item: HackerNewsItem, isNested: Bool) throws -> [ImportedPost] {
        guard let id = item.id?.value, id > 0 else { throw Refusal(reason: "id is no item number") }
        for list in [item.kids, item.parts] {
            for (place, kid) in (list ?? []).enumerated() where places.count < Self.mostPlaces {
                places[kid.value] = Int64(place + 1)
            }
        }
        var post = ImportedPost(source: Self.source, key: String(id))
        post.createdAt = item.date?.seconds
        post.place = places[id]
        if let author = item.author, !author.isEmpty { post.author = AuthorReference(key: author, name: author) }
        post.score = item.score?.value
        post.replyCount = item.comments?.value ?? item.kids.map { Int64($0.count) }
        try setText(item, of: &post)
        if item.isOpening {
            if let title = item.title, !title.isEmpty { post.title = try HTMLText.decodingEntities(title) }
            post.attachments = Self.link(item.url)
            return [post]
        }
        let parent = (item.type == "pollopt" ? item.poll ?? item.parent : item.parent ?? item.poll)?.value
        if let parent { post.parent = ParentStatement(Self.reference(parent), basis: .native) }
        guard !isNested, let parent, let story = item.story?.value, story > 0, story != id else { return [post] }
        return try [post] + (story == parent ? [] : [between(parent, story, id)]) + opening(item, story)
    }

    /// What is known of the parent of a comment that names its story: it stands below that, but not where.
    private func between(_ parent: Int64, _ story: Int64, _ witness: Int64) -> ImportedPost {
        var ghost = ImportedPost(source: Self.source, key: String(parent))
        ghost.state = .missing
        ghost.claims = [
            ParentStatement(
                Self.reference(story), basis: .order, confidence: 0.5,
                evidence: "\(witness), a reply to it, belongs to that story",
                witness: Self.reference(witness))
        ]
        return ghost
    }

    /// A search hit's story, of which the hit tells the title.
    private func opening(_ item: HackerNewsItem, _ story: Int64) throws -> [ImportedPost] {
        guard let title = item.storyTitle, !title.isEmpty else { return [] }
        var post = ImportedPost(source: Self.source, key: String(story))
        post.title = try HTMLText.decodingEntities(title)
        post.attachments = Self.link(item.storyURL)
        post.isEmbedded = true
        return [post]
    }

    /// What is dead was taken away by moderators or by flags, also where its text still comes.
    private func setText(_ item: HackerNewsItem, of post: inout ImportedPost) throws {
        let said = item.text.flatMap(Tombstone.state)
        let isGone = item.isDeleted == true || item.author == nil && item.text == nil && item.title == nil
        post.state = item.isDead == true || said == .removed ? .removed : isGone || said == .deleted ? .deleted : .present
        post.markup = .markdown
        guard let text = item.text, said == nil, post.state == .present || !text.isEmpty else { return }
        post.body = try HTMLMarkdown.markdown(of: text, isTyped: true)
    }

    private static func link(_ url: String?) -> [Attachment] {
        guard let url, !url.isEmpty else { return [] }
        return [Attachment(name: url, type: Attachment.linkType)]
    }

    private static func reference(_ id: Int64) -> PostReference { PostReference(.key(String(id))) }

    static let source = SourceReference(
        kind: "hackernews", url: "https://news.ycombinator.com", urlTemplate: "https://news.ycombinator.com/item?id={key}")
}
