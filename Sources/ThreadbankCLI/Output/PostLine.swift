// A post in one line: who, how sure, when, what became of it, and its number.

internal import ThreadbankCore

/// Draws the head of a post for people: `alice ~0.72 (a mention) · 2023-11-14 22:13 · [deleted] · 12 points · p12`.
struct PostLine {
    let style: Style

    /// - parameters:
    ///   - parent: the post that it answers, where the drawing does not show it.
    ///   - ghosts: all those that a ghost stands for, where it does.
    func head(_ post: Post, answering parent: Post.ID? = nil, ghosts: [Post.ID]? = nil) -> String {
        if let ghosts, let first = ghosts.first {
            let named = style.yellow("[\(ghosts.count) missing messages]") + (parent.map { style.dim(" → \($0)") } ?? "")
            return "\(named) · " + style.dim("\(first) … \(post.id)")
        }
        var author = name(post.author)
        if let reply = post.reply, reply.isInferred {
            author += style.dim(" ~\(reply.confidenceText) (\(reply.basis.words))")
        }
        if let parent { author += style.dim(" → \(parent)") }
        var parts = [author, date(post.createdAt)]
        if let state = state(post.state) { parts.append(state) }
        if post.isAccepted { parts.append(style.green("[accepted]")) }
        if let score = post.score { parts.append(points(score)) }
        if post.editedAt != nil { parts.append("edited") }
        parts.append(style.link(style.dim(post.id.description), to: post.url))
        return parts.joined(separator: " · ")
    }

    /// One line of a list, cut to `width` columns: `p12 alice 2023-11-14 22:13 [deleted] The beginning of …`.
    func summary(_ post: PostSummary, width: Int) -> String {
        let words = [post.id.description, post.author?.showingControls() ?? "unknown", date(post.createdAt)]
        let head = (words + (post.state == .present ? [] : ["[\(post.state.rawValue)]"])).joined(separator: " ")
        let text = post.excerpt.oneLine.showingControls()
        return (text.isEmpty ? head : head + "  " + text).cut(toWidth: width)
    }

    func name(_ author: String?) -> String {
        author.map { style.bold($0.showingControls().cut(toWidth: 60)) } ?? style.dim("unknown")
    }

    /// `2023-11-14 22:13`, UTC, or `undated`.
    func date(_ seconds: Int64?) -> String {
        Timestamp.text(seconds).map { "\($0.prefix(10)) \($0.dropFirst(11).prefix(5))" } ?? "undated"
    }

    func points(_ score: Int64) -> String { score == 1 || score == -1 ? "\(score) point" : "\(score) points" }

    /// `[deleted]`; nil for a post that is there.
    func state(_ state: PostState) -> String? {
        switch state {
        case .present: nil
        case .deleted, .removed: style.red("[\(state.rawValue)]")
        case .missing: style.yellow("[missing]")
        }
    }
}

extension PostLine {
    /// What stands below the text: the address of a link post, files, ties to other posts.
    func facts(_ post: Post) -> [String] {
        post.facts.map { fact in
            let text = fact.text.oneLine.showingControls()
            return style.dim("\(fact.label): ") + (fact.isAddress ? style.link(text, to: fact.text) : style.dim(text))
        }
    }
}

extension String {
    /// A body as it may be shown: line breaks of any kind as line breaks, other control characters visible.
    var shownBody: String {
        // Most bodies are plain ASCII, and there is nothing to look for.
        if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }) { return self }
        return (utf8.contains(0x0D) ? replacing("\r\n", with: "\n") : self).showingControls(keepingNewlines: true)
    }
}

extension Int {
    /// `1 post`, `12 posts`, `3 replies`.
    func counted(_ singular: String, _ plural: String? = nil) -> String {
        "\(self) \(self == 1 ? singular : plural ?? singular + "s")"
    }
}
