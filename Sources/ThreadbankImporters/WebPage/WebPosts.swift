// From a reading of a page to posts, as the archive takes them.

internal import ThreadbankCore

/// Makes posts of what was read of one page.
struct WebPosts {
    private var reading: WebReading
    private let head: WebHead
    private let names: WebNames
    private var dates: WebDates

    init(_ reading: WebReading, _ head: WebHead, _ input: any ImportInput) {
        self.reading = reading
        self.head = head
        names = WebNames(reading, head, input)
        dates = WebDates(capturedAt: head.capturedAt)
        dates.learn(from: reading.posts.compactMap(\.date), language: head.language)
    }

    /// Hands the posts to the sink: by their ids, or as a page whose posts have none.
    mutating func give(to sink: any ImportSink) throws {
        var found = reading.posts.map { names.names(of: $0) }
        let keys = found.compactMap { $0?.key }
        // On a page of no known software ids may mean something else: then all posts go by their words.
        let isPage = reading.kind == "html" && (keys.isEmpty || Set(keys).count < keys.count)
        if reading.kind == "html" {
            var words = TextKeys(page: names.topic)
            for place in found.indices where isPage || found[place] == nil {
                let post = reading.posts[place]
                // The last post of a page that breaks off may have neither an id nor a text yet.
                guard isPage || post.hasText else { continue }
                found[place] = (words.next(for: post.body == nil ? "\(post.author ?? "") \(post.date ?? "")" : post.wording), [])
            }
        }
        try convert()
        let posts = reading.posts
        // A post of a known site that bears no id is a stub: of an answer that was not loaded, of an advertisement.
        let kept = posts.indices.filter { found[$0] != nil }
        let known = found.map { $0 ?? (nil, []) }
        guard isPage else { return try hand(posts, kept, known) { try sink.add($0) } }
        var all: [ImportedPost] = []
        try hand(posts, kept, known) { all.append($0) }
        try sink.addPage(all)
    }

    /// Makes Markdown of the bodies, which takes their place, and hangs by what they quote.
    private mutating func convert() throws {
        for place in reading.posts.indices {
            guard case .html(let html)? = reading.posts[place].body else { continue }
            if reading.kind == "discourse" { reading.posts[place].links = DiscourseQuotes.quotes(in: html) }
            reading.posts[place].body = .markdown(try HTMLMarkdown.markdown(of: html, isTyped: reading.isTyped))
        }
        reading.hangByQuotes()
    }

    private func hand(
        _ posts: [WebPost], _ kept: [Int], _ found: [(key: String?, aliases: [String])], _ give: (ImportedPost) throws -> Void
    ) throws {
        let opening = posts.firstIndex(where: \.isOpening)
        func reference(_ place: Int) -> PostReference? {
            found[place].key.map { PostReference(.key($0)) } ?? found[place].aliases.first.map { PostReference(.alias($0)) }
        }
        // By its alias also where it stands on the page: another saving of the page may show that another post opens the topic.
        let bearsAlias = names.hasTopics && reading.kind != "discourse"
        let above = bearsAlias ? names.opening : opening.flatMap(reference) ?? names.opening
        for place in kept {
            let post = posts[place]
            var result = ImportedPost(source: names.source, key: found[place].key)
            result.aliases = found[place].aliases
            result.place = reading.kind == "discourse" ? post.id.flatMap { Int64($0) } : Int64(place)
            if names.hasTopics {
                result.thread = ThreadReference(key: names.topic, title: reading.title ?? head.title, url: names.url)
            }
            if post.isOpening, place == opening, bearsAlias {
                result.aliases.append(names.openingAlias)
            }
            fill(&result, post)
            switch post.parent {
            case _ where post.isOpening && place == opening && names.hasTopics, .none: break
            case .opening:
                if let above, above != reference(place), !(post.isOpening && place == opening) {
                    result.parent = ParentStatement(above, basis: .order, confidence: 0.5)
                }
            case .place(let other, let basis, let confidence, let evidence):
                if other != place, let parent = reference(other) ?? above {
                    result.parent = ParentStatement(parent, basis: basis, confidence: confidence, evidence: evidence)
                }
            case .id(let id, let basis, let confidence, let evidence):
                result.parent = ParentStatement(names.reference(id), basis: basis, confidence: confidence, evidence: evidence)
            }
            if post.isOpening, place == opening {
                result.links += posts.indices.filter { posts[$0].isAccepted }.compactMap(reference).map {
                    PostLink(to: $0, kind: "accepted")
                }
            }
            for other in post.quoted where post.links.isEmpty {
                guard let target = reference(other) else { continue }
                let link = PostLink(to: target, kind: "quote")
                if !result.links.contains(link) { result.links.append(link) }
            }
            try give(result)
        }
    }

    // MARK: Fields

    private func fill(_ result: inout ImportedPost, _ post: WebPost) {
        result.author = names.author(of: post)
        result.fetchedAt = head.capturedAt
        if let time = post.date.flatMap(dates.time) {
            result.createdAt = time.seconds
            if let inference = time.inference { result.inferences.append(inference) }
        }
        if let edited = post.editDate.flatMap(dates.time), edited.inference == nil, let created = result.createdAt,
            edited.seconds > created
        {
            result.editedAt = edited.seconds
        }
        result.score = post.score
        result.replyCount = post.replyCount
        let topic = reading.title ?? head.title
        result.title = post.isOpening ? post.title ?? topic : post.title
        // A reply's title that only repeats the topic's is none.
        if !post.isOpening, let title = post.title, let topic, BaseSubject(title).folded == BaseSubject(topic).folded {
            result.title = nil
        }
        result.url = names.url(of: post, number: post.id)
        result.forum = forum
        setText(&result, post)
        if let link = post.link.flatMap({ WebAddress($0, on: head.address) }), post.isOpening, !isOwn(link, post) {
            result.attachments = [Attachment(name: post.link, type: "text/uri-list")]
        }
        result.links = post.links
    }

    /// Whether a link only leads to the post itself.
    private func isOwn(_ link: WebAddress, _ post: WebPost) -> Bool {
        link.host.hasSuffix("reddit.com") && link.path.contains("/comments/")
            || link.host == "news.ycombinator.com" && link.path == "/item" && link.value("id") == post.id
    }

    private var forum: ForumReference? {
        guard let forum = reading.forum, !forum.isEmpty, forum.utf8.count < 200 else { return nil }
        switch reading.kind {
        case "reddit": return RedditURL.forum(forum)
        case "activitypub": return nil
        default: return ForumReference(key: reading.forumKey ?? forum.lowercased(), name: forum)
        }
    }

    /// A wording that only says that the text is gone is none.
    private func setText(_ result: inout ImportedPost, _ post: WebPost) {
        result.state = post.state
        result.isRendering = true
        result.markup = .markdown
        var body: String?
        switch post.body {
        case .html(let text)?, .markdown(let text)?: body = text
        case .text(let text)?:
            body = text.replacing("\r\n", with: "\n").replacing("\0", with: "\u{FFFD}")
            result.markup = .plain
        case nil: break
        }
        if let text = body, let state = Tombstone.state(of: WebText.trimmed(text)) {
            if result.state == .present { result.state = state }
            body = nil
        }
        if result.state != .present, body?.isEmpty == true { body = nil }
        result.body = body
    }
}
