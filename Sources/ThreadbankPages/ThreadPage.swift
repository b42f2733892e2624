// A thread as one HTML page that needs nothing beside it: no script, no picture, no style sheet from elsewhere.

public import ThreadbankCore

/// Writes a thread as a page. Replies fold with their post, by the browser's own means; posts have anchors (`#p12`).
///
/// ```swift
/// ThreadPage().write(contents) { print($0, terminator: "") }
/// ```
///
/// What a post says is text or safe Markdown (``MarkdownHTML``), its names are escaped, its addresses are of the web or none.
public struct ThreadPage {
    /// Posts to point out.
    public var marked: Set<Post.ID> = []
    /// Where the list of threads stands, for a page of a site.
    public var index: String?

    public init(marked: Set<Post.ID> = [], index: String? = nil) {
        self.marked = marked
        self.index = index
    }

    /// Elements stand in each other so deep; what hangs deeper stands at that edge and names the post it answers. Browsers give up at
    /// some 500.
    private static let deepest = 24

    /// Writes the page a part at a time. O(n).
    public func write(_ contents: ThreadContents, to emit: (String) -> Void) {
        emit(PageStyle.head(title: contents.thread.title ?? "(untitled)") + heading(contents))
        let contents = contents.foldingGhosts(keeping: marked)
        // Posts of other threads have no place on this page.
        let known = contents.posts.contains { !$0.links.isEmpty } ? Set(contents.posts.map(\.id)) : []
        var open = 0
        for (position, node) in contents.tree.nodes.enumerated() {
            let level = min(node.depth, Self.deepest)
            while open > level {
                emit("</details>\n")
                open -= 1
            }
            emit(post(contents, position, isDeep: node.depth > Self.deepest, known))
            open += 1
        }
        emit(String(repeating: "</details>\n", count: open) + "</main>\n</body>\n</html>\n")
    }

    private func heading(_ contents: ThreadContents) -> String {
        let thread = contents.thread
        var facts = contents.titleMark.map { ["title \($0)"] } ?? []
        facts += [thread.sourceLabel.htmlName] + (thread.forum.map { [$0.htmlName] } ?? [])
        facts.append("\(thread.posts) \(thread.posts == 1 ? "post" : "posts")")
        if let first = Timestamp.day(thread.startedAt) {
            let last = Timestamp.day(thread.latestAt) ?? first
            facts.append(first == last ? first : "\(first) to \(last)")
        }
        if !thread.tags.isEmpty { facts.append("tags: " + thread.tags.map(\.htmlName).joined(separator: ", ")) }
        if let url = thread.url, url.isSafeLink { facts.append("<a href=\"\(url.htmlEscaped)\">origin</a>") }
        let back = index.map { "<p class=\"about\"><a href=\"\($0.htmlEscaped)\">All threads</a></p>\n" } ?? ""
        return back + "<h1 dir=\"auto\">\((thread.title ?? "(untitled)").htmlLine)</h1>\n<p class=\"facts\">"
            + facts.joined(separator: " · ") + "</p>\n<main>\n"
    }

    private func post(_ contents: ThreadContents, _ position: Int, isDeep: Bool, _ known: Set<Post.ID>) -> String {
        let post = contents.posts[position]
        let classes = (marked.contains(post.id) ? ["hit"] : []) + (isDeep ? ["deep"] : [])
        let named = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
        var html = "<details open id=\"\(post.id)\"\(named)>\n<summary>\(head(contents, position, isDeep))</summary>\n"
        var body = ""
        if let title = contents.ownTitle(at: position) {
            let mark = contents.titleMark(at: position).map { " <span class=\"about\">\($0)</span>" } ?? ""
            body += "<p><strong><bdi>\(title.htmlLine)</bdi></strong>\(mark)</p>\n"
        }
        if let text = post.body, !text.isEmpty {
            body += post.markup == .markdown ? MarkdownHTML.html(text) : PlainHTML.html(text)
        }
        body += facts(post, known)
        if !body.isEmpty { html += "<div class=\"body\" dir=\"auto\">\n\(body)</div>\n" }
        let (hidden, elsewhere) = (contents.repliesHidden(at: position), contents.repliesElsewhere(at: position))
        if hidden > 0 { html += "<p class=\"more\">… \(hidden) more below</p>\n" }
        if elsewhere > 0 { html += "<p class=\"more\">… \(elsewhere) not in the archive</p>\n" }
        return html
    }

    /// The address of a link post, files, ties to other posts.
    private func facts(_ post: Post, _ known: Set<Post.ID>) -> String {
        let lines = post.facts.map { fact -> String in
            let text = fact.text.htmlName
            if fact.isAddress, fact.text.isSafeLink { return "\(fact.label): <a href=\"\(fact.text.htmlEscaped)\">\(text)</a>" }
            guard let other = fact.post, known.contains(other) else { return "\(fact.label.htmlName): \(text)" }
            return "\(fact.label.htmlName): <a href=\"#\(other)\">\(text)</a>"
        }
        return lines.isEmpty ? "" : "<p class=\"about\">\(lines.joined(separator: "<br>\n"))</p>\n"
    }

    private func head(_ contents: ThreadContents, _ position: Int, _ isDeep: Bool) -> String {
        let post = contents.posts[position]
        if let ghosts = contents.ghosts(at: position), let first = ghosts.first {
            return
                "<span class=\"state\">[\(ghosts.count) missing messages]</span> · \(first) … <a href=\"#\(post.id)\">\(post.id)</a>"
        }
        var author = "<b>\((post.author ?? "unknown").htmlName)</b>"
        if let reply = post.reply, reply.isInferred {
            let evidence = reply.evidence.map { " title=\"\($0.htmlLine)\"" } ?? ""
            author += " <span\(evidence)>~\(reply.confidenceText) (\(reply.basis.words))</span>"
        }
        if let parent = contents.parent(at: position), isDeep || contents.tree.nodes[position].depth == 0 {
            author += isDeep ? " → <a href=\"#\(parent)\">\(parent)</a>" : " → \(parent)"
        }
        var parts = [author, Timestamp.text(post.createdAt).map(date) ?? "undated"]
        if post.state != .present { parts.append("<span class=\"state\">[\(post.state.rawValue)]</span>") }
        if post.isAccepted { parts.append("<b>[accepted]</b>") }
        if let score = post.score { parts.append("\(score) \(score == 1 || score == -1 ? "point" : "points")") }
        if post.editedAt != nil { parts.append("edited") }
        parts.append("<a href=\"#\(post.id)\">\(post.id)</a>")
        if let url = post.url, url.isSafeLink { parts.append("<a href=\"\(url.htmlEscaped)\">origin</a>") }
        return parts.joined(separator: " · ")
    }

    private func date(_ text: String) -> String {
        "<time datetime=\"\(text)\">\(text.prefix(10)) \(text.dropFirst(11).prefix(5))</time>"
    }
}
