// From a reading of a page to posts, as the archive takes them.

internal import ThreadbankCore

/// Makes posts of what was read of one page.
struct WebPosts {
    private let reading: WebReading
    private let head: WebHead
    private let capture: WebCapture
    private let names: WebNames
    private var dates: WebDates

    init(_ reading: WebReading, _ head: WebHead, _ capture: WebCapture, _ input: any ImportInput) {
        self.reading = reading
        self.head = head
        self.capture = capture
        names = WebNames(reading, head, capture, input)
        dates = WebDates(capturedAt: head.capturedAt)
        dates.learn(from: reading.posts.compactMap(\.date), language: head.language)
    }

    /// Hands the posts to the sink: by their ids, or as a page whose posts have none.
    func give(to sink: any ImportSink) throws {
        var posts = reading.posts
        let isFirstPage = reading.pageNumber.map { $0 == 1 } ?? !(head.address?.isLaterPage ?? false)
        if names.hasTopics, reading.kind != "discourse", reading.kind != "html", isFirstPage, !posts.contains(where: \.isOpening),
            !posts.isEmpty
        {
            posts[0].isOpening = true
        }
        if !isFirstPage { for place in posts.indices where reading.kind != "discourse" { posts[place].isOpening = false } }
        let found = posts.map { names.names(of: $0) }
        let keys = found.compactMap { $0?.key }
        let isNamed = keys.count == posts.count && Set(keys).count == keys.count
        if isNamed || reading.kind != "html" {
            // A post of a known site that bears no id is a stub: of an answer that was not loaded, of an advertisement.
            let kept = posts.indices.filter { found[$0] != nil }
            try hand(posts, kept, found.map { $0 ?? (nil, []) }) { try sink.add($0) }
        } else {
            var words = TextKeys(page: names.topic)
            let keys = posts.map { words.next(for: Self.wording($0)) }
            var all: [ImportedPost] = []
            try hand(posts, Array(posts.indices), keys.map { ($0, []) }) { all.append($0) }
            try sink.addPage(all)
        }
    }

    private static func wording(_ post: WebPost) -> String {
        switch post.body {
        case .html(let html)?: WebText.plain(Array(html.utf8)[...])
        case .text(let text)?: text
        case nil: "\(post.author ?? "") \(post.date ?? "")"
        }
    }

    private func hand(
        _ posts: [WebPost], _ kept: [Int], _ found: [(key: String?, aliases: [String])], _ give: (ImportedPost) throws -> Void
    ) throws {
        let opening = posts.firstIndex(where: \.isOpening)
        func reference(_ place: Int) -> PostReference? {
            found[place].key.map { PostReference(.key($0)) } ?? found[place].aliases.first.map { PostReference(.alias($0)) }
        }
        let above = opening.flatMap(reference) ?? names.opening
        let ids = Dictionary(
            kept.compactMap { place in posts[place].id.map { ($0, place) } }, uniquingKeysWith: { first, _ in first })
        for place in kept {
            let post = posts[place]
            var result = ImportedPost(source: names.source, key: found[place].key)
            result.aliases = found[place].aliases
            result.place = reading.kind == "discourse" ? post.id.flatMap { Int64($0) } : Int64(place)
            if names.hasTopics {
                result.thread = ThreadReference(key: names.topic, title: reading.title ?? head.title, url: names.url)
            }
            if post.isOpening, names.hasTopics, reading.kind != "discourse" { result.aliases.append(names.openingAlias) }
            try fill(&result, post)
            switch post.parent {
            case _ where post.isOpening && place == opening && names.hasTopics, .none: break
            case .opening:
                if let above, above != reference(place) {
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
            for quote in post.quotes {
                let id = WebLayout.identifier(quote)
                guard let other = ids[id] ?? ids[String(id.drop { !$0.isNumber })], other != place, let target = reference(other)
                else {
                    continue
                }
                let link = PostLink(to: target, kind: "quote")
                if !result.links.contains(link) { result.links.append(link) }
            }
            try give(result)
        }
    }

    // MARK: Fields

    private func fill(_ result: inout ImportedPost, _ post: WebPost) throws {
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
        try setText(&result, post)
        if let link = post.link.flatMap({ WebAddress($0, on: head.address) }), post.isOpening, !isOwn(link, post) {
            result.attachments = [Attachment(name: post.link, type: "text/uri-list")]
        }
        if reading.kind == "discourse", case .html(let html)? = post.body { result.links = DiscourseQuotes.quotes(in: html) }
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
        default: return ForumReference(key: forum.lowercased(), name: forum)
        }
    }

    /// A wording that only says that the text is gone is none.
    private func setText(_ result: inout ImportedPost, _ post: WebPost) throws {
        result.state = post.state
        result.isRendering = true
        result.markup = .markdown
        var body: String?
        switch post.body {
        case .html(let html)?: body = try HTMLMarkdown.markdown(of: html, isTyped: reading.isTyped)
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
