// From Discourse's posts to posts: keys, aliases, parents, states, texts.

internal import ThreadbankCore

/// Turns the posts of one topic into what the archive takes.
struct DiscoursePosts {
    let input: any ImportInput
    /// The site of the input; a post's own picture may name another.
    let host: String?

    /// - throws: ``ImportError`` where HTML cannot be read at all.
    func post(_ post: DiscoursePost, _ topic: DiscourseTopic) throws(ImportError) -> ImportedPost {
        let source = DiscourseSource.named(DiscourseHost.host(in: post.avatar) ?? host, from: input)
        var result = ImportedPost(source: source, key: post.id.text)
        result.createdAt = post.createdAt?.seconds
        if let version = post.version?.value, version > 1 { result.editedAt = post.updatedAt?.seconds }
        result.author = post.username.flatMap { DiscourseSource.author($0, displayName: post.name) }
        result.score = post.likes
        result.replyCount = post.replyCount?.value
        result.place = post.number?.value
        try setText(post, of: &result)
        if let category = post.categoryID?.text ?? topic.category {
            result.forum = ForumReference(
                key: category, name: "category \(category)", url: source.url.map { "\($0)/c/\(category)" })
        }
        guard let topicID = post.topicID?.text ?? topic.id else { return result }
        let slug = post.topicSlug ?? topic.slug
        let url = source.url.flatMap { site in slug.map { "\(site)/t/\($0)/\(topicID)" } }
        result.thread = ThreadReference(key: topicID, title: post.topicTitle ?? topic.title, url: url)
        guard let number = post.number?.value, number > 0 else { return result }
        result.aliases = [DiscourseSource.alias(topicID, number)]
        result.url = url.map { "\($0)/\(number)" }
        if let parent = post.replyTo?.value, parent > 0, parent != number {
            result.parent = ParentStatement(PostReference(.alias(DiscourseSource.alias(topicID, parent))), basis: .native)
        } else {
            result.parent = DiscourseSource.opening(topicID, for: number)
        }
        if number == 1 {
            result.title = result.thread?.title
            result.tags = topic.tags
        }
        return result
    }

    /// The site's own Markdown where it is given, else what its HTML says. Notices in the place of a text are none.
    private func setText(_ post: DiscoursePost, of result: inout ImportedPost) throws(ImportError) {
        result.markup = .markdown
        if post.isUserDeleted == true {
            result.state = .deleted
        } else if post.deletedAt != nil || post.hidden == true {
            result.state = .removed
        }
        if post.isTextHidden == true { return }
        if let raw = post.raw {
            result.body = DiscourseBBCode.markdown(raw)
            result.links = DiscourseSource.quotes(in: raw)
        } else if let cooked = post.cooked {
            result.isRendering = true
            result.body = try HTMLMarkdown.markdown(of: cooked)
            result.links = DiscourseQuotes.quotes(in: cooked)
        }
        if let state = result.body.flatMap({ Tombstone.state(of: $0) }) {
            if result.state == .present { result.state = state }
            result.body = nil
        }
        if result.state != .present, result.body == "" { result.body = nil }
    }
}

/// Quotes in Discourse's HTML: `<aside class="quote" data-post="3" data-topic="12">`.
enum DiscourseQuotes {
    static func quotes(in html: String) -> [PostLink] {
        guard html.contains("<aside") else { return [] }
        var links: [PostLink] = []
        for part in html.split(separator: "<aside").dropFirst(html.hasPrefix("<aside") ? 0 : 1).prefix(100) {
            let tag = part.prefix { $0 != ">" }
            guard tag.contains("quote"), let post = number("data-post=\"", in: tag), let topic = number("data-topic=\"", in: tag)
            else { continue }
            let link = PostLink(to: PostReference(.alias(DiscourseSource.alias("\(topic)", post))), kind: "quote")
            if !links.contains(link) { links.append(link) }
        }
        return links
    }

    private static func number(_ label: String, in tag: Substring) -> Int64? {
        guard let place = tag.firstRange(of: label) else { return nil }
        return Int64(tag[place.upperBound...].prefix { $0 != "\"" }).flatMap { $0 > 0 ? $0 : nil }
    }
}
