// One post whole, for people: what it says, what it answers, what answers it, and how all that is known.

internal import ThreadbankCore

/// Draws a post for `show`. A section that would be empty is left out.
struct DetailsPrinter {
    var style = Style.plain
    var width = 80

    /// The most lines of a list; the rest is counted.
    private static let longest = 20

    private var line: PostLine { PostLine(style: style) }

    func text(_ details: PostDetails) -> String {
        var lines = heading(details) + [""] + body(details)
        lines += section("Parent", [details.parentSentence])
        let above = details.ancestors.suffix(Self.longest)
        let left = details.ancestors.count - above.count
        lines += section(
            "Quotes",
            details.quotes.map { quote in
                let words = quote.text.oneLine.showingControls()
                return
                    "\(quote.post.id) \(quote.post.author?.showingControls() ?? "unknown"): “\(words.cut(toWidth: max(20, width - 30)))”"
            })
        lines += section("Above it", (left > 0 ? ["… \(left) further up"] : []) + above.map(summary))
        lines += section(
            "Replies", list(details.replies, "threadbank thread \(details.thread.id) --focus \(details.post.id)", summary))
        lines += section("Links", list(details.linksOut, nil, link))
        lines += section("Linked from", list(details.linksIn, nil, link))
        lines += section("Claimed, and lost", details.lostClaims.map(\.sentence))
        lines += section(
            "Inferred",
            details.inferences.map { inference in
                let confidence = ReplyEvidence(basis: .text, confidence: inference.confidence).confidenceText
                return "\(inference.what.rawValue) ~\(confidence), from \(inference.basis)\(reason(inference.evidence))"
            })
        lines += section("Earlier texts", details.revisions.flatMap { revision($0, details.post.markup) })
        lines += section("Attachments", details.attachments.filter { !$0.isLink }.map(\.words))
        lines += section("Also known as", details.aliases)
        lines += section("Also in", details.forums)
        lines += section("Your tags", Self.tags(details.marks))
        lines += section(
            "Your notes", details.marks.filter { $0.kind == .note }.map { "\(line.date($0.madeAt))\($0.place): \($0.text)" })
        lines += section("Tags", details.tags.isEmpty ? [] : [details.tags.joined(separator: ", ")])
        return (lines + section("From", provenance(details))).joined(separator: "\n") + "\n"
    }

    private static func tags(_ marks: [Mark]) -> [String] {
        let tags = marks.filter { $0.kind == .tag }.map { $0.text + $0.place }
        return tags.isEmpty ? [] : [tags.joined(separator: ", ")]
    }

    private func heading(_ details: PostDetails) -> [String] {
        let (post, thread) = (details.post, details.thread)
        var lines = [line.head(post)]
        if let author = details.author {
            let names = [author.displayName.map { "\(author.name) is \($0)" }, author.url].compactMap { $0?.showingControls() }
            if !names.isEmpty { lines.append(names.joined(separator: " · ")) }
        }
        var place = "in \(thread.id)"
        if let title = thread.title { place += " “\(title.showingControls())”" }
        place += [thread.forum, thread.sourceLabel].compactMap { $0.map { " · \($0.showingControls())" } }.joined()
        lines.append(place)
        if post.editedAt != nil { lines.append("edited \(line.date(post.editedAt))") }
        let elsewhere =
            (post.replyCount ?? 0) > 0
            ? ["its origin counts \(Int(clamping: post.replyCount ?? 0).counted("reply", "replies"))"] : []
        return lines + elsewhere + [details.citation, post.url].compactMap { $0.map { style.dim($0.showingControls()) } }
    }

    private func body(_ details: PostDetails) -> [String] {
        let post = details.post
        var lines: [String] = []
        if let title = post.title, !title.isEmpty { lines += wrapped(title.showingControls()).map(style.bold) + [""] }
        switch post.body {
        case nil where post.link != nil: break
        case nil: lines.append(style.dim("  (no text is known)"))
        case "" where post.link != nil: break
        case "": lines.append(style.dim("  (an empty text)"))
        default: lines += BodyText.lines(of: post, width: room).map(indented)
        }
        if post.link != nil { lines += line.facts(post).prefix(1).map(indented) }
        return lines
    }

    private func revision(_ revision: Revision, _ markup: Markup?) -> [String] {
        let head = revision.seenAt == nil ? "undated" : "as of \(line.date(revision.seenAt))"
        let title = revision.title.map { ["“\($0)”"] } ?? []
        return [head] + title + BodyText.lines(revision.body ?? "", markup, width: room - 2).map(indented)
    }

    private func provenance(_ details: PostDetails) -> [String] {
        let record = details.provenance
        let date = line.date(record.startedAt)
        return ["import \(record.id), \(date), \(record.format): \(record.input)"]
            + (record.sha256.map { ["sha256 \($0)"] } ?? [])
    }

    private func summary(_ post: PostSummary) -> String { line.summary(post, width: width - 2) }

    private func reason(_ evidence: String?) -> String { evidence.map { ": \($0)" } ?? "" }

    private func link(_ link: PostDetails.Link) -> String { "\(link.kind): \(summary(link.other))\(reason(link.evidence))" }

    private func list<T>(_ items: [T], _ more: String?, _ line: (T) -> String) -> [String] {
        let lines = items.prefix(Self.longest).map(line)
        guard items.count > lines.count else { return lines }
        return lines + ["… \(items.count - lines.count) more\(more.map { "; `\($0)` shows them" } ?? "")"]
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        guard !lines.isEmpty else { return [] }
        return ["", style.bold(title)] + lines.flatMap { wrapped($0.showingControls(keepingNewlines: true)) }
    }

    private func wrapped(_ text: String) -> [String] {
        TextWrapper.wrap(text, width: room).map(indented)
    }

    private var room: Int { max(20, min(100, width - 2)) }

    private func indented(_ line: String) -> String { line.isEmpty ? "" : "  " + line }
}

extension Mark {
    /// Where it hangs, where that is not the post itself.
    fileprivate var place: String { scope == .thread ? " (on the thread)" : "" }
}
