// A thread as a tree on a terminal: branches on the left, a head and a wrapped body for every post.

internal import ThreadbankCore

/// Draws a thread's tree.
///
/// ```
/// alice · 2023-11-14 22:13 · 12 points · p1
/// │ How do I mount a disk?
/// │
/// ├ bob ~0.72 (a mention) · undated · p2
/// │ └ carol · 2023-11-15 08:00 · p3
/// └ unknown · undated · [deleted] · p4
/// ```
///
/// Branches take a third of the width at most. What hangs deeper stands at that edge, marked with its depth and the post that it
/// answers, so that a chain of 100,000 replies takes no more columns, and no more bytes, than one of twenty.
struct TreePrinter {
    var style = Style.plain
    var width = 80
    /// Posts to point out.
    var marked: Set<Post.ID> = []

    /// The widest text that is comfortable to read.
    private static let textWidth = 100
    /// Columns of one branch.
    private static let step = 2

    private var line: PostLine { PostLine(style: style) }
    private var deepest: Int { max(1, width / 3 / Self.step) }

    /// Writes the thread's title and its tree, a part at a time. O(n) in time and bytes.
    func write(_ contents: ThreadContents, to emit: (String) -> Void) {
        emit(ThreadHeading(style: style, width: width).text(contents))
        let contents = contents.foldingGhosts(keeping: marked)
        // What the lines of a post's replies begin with, for each depth on the way to the current post.
        var margins = [String](repeating: "", count: deepest + 2)
        for (position, node) in contents.tree.nodes.enumerated() {
            let isLast = contents.tree.isLast(position)
            let level = min(node.depth, deepest + 1)
            let margin = margins[level]
            if position > 0 { emit(style.dim(separator(margin, node)) + "\n") }
            var below = margin
            if node.depth > 0, node.depth <= deepest { below += isLast ? "  " : "│ " }
            if node.depth <= deepest { margins[level + 1] = below }
            let hasReplies = node.end > position + 1 && node.depth < deepest
            emit(head(contents, position, margin: margin, isLast: isLast))
            emit(text(contents, position, margin: below + (hasReplies ? "│ " : "  ")))
        }
    }

    /// The line above a post, which carries the branches on to it.
    private func separator(_ margin: String, _ node: ReplyTree.Node) -> String {
        (node.depth > 0 && node.depth <= deepest ? margin + "│" : margin).withoutTrailingSpaces
    }

    private func head(_ contents: ThreadContents, _ position: Int, margin: String, isLast: Bool) -> String {
        let (node, post) = (contents.tree.nodes[position], contents.posts[position])
        let branch =
            switch node.depth {
            case 0: ""
            case ...deepest: isLast ? "└ " : "├ "
            default: "⋯(\(node.depth)) "
            }
        // A root's parent stands in another thread, a deep post's somewhere above.
        let isParentShown = node.depth > 0 && node.depth <= deepest
        let head = line.head(
            post, answering: isParentShown ? nil : contents.parent(at: position), ghosts: contents.ghosts(at: position))
        return style.dim(margin + branch) + head + (marked.contains(node.id) ? style.bold(" ◀") : "") + "\n"
    }

    private func text(_ contents: ThreadContents, _ position: Int, margin: String) -> String {
        let post = contents.posts[position]
        let room = max(20, min(Self.textWidth, width - margin.count))
        var lines: [String] = []
        if let title = contents.ownTitle(at: position) {
            lines += TextWrapper.wrap(title.showingControls(), width: room).map(style.bold)
            if let mark = contents.titleMark(at: position) { lines[lines.count - 1] += " " + style.dim(mark) }
        }
        lines += BodyText.lines(of: post, width: room) + line.facts(post)
        lines += notes(contents, position).map(style.dim)
        let (drawn, empty) = (style.dim(margin), style.dim(margin.withoutTrailingSpaces))
        return lines.reduce(into: "") { $0 += ($1.isEmpty ? empty : drawn + $1) + "\n" }
    }

    private func notes(_ contents: ThreadContents, _ position: Int) -> [String] {
        let (hidden, elsewhere) = (contents.repliesHidden(at: position), contents.repliesElsewhere(at: position))
        return (hidden > 0 ? ["… \(hidden.counted("more reply", "more replies")) below"] : [])
            + (elsewhere > 0 ? ["… \(elsewhere.counted("reply", "replies")) not in the archive"] : [])
    }
}

extension String {
    fileprivate var withoutTrailingSpaces: String {
        String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
    }
}

/// The lines above a thread: its title, where it is from, how much it holds.
struct ThreadHeading {
    let style: Style
    let width: Int

    func text(_ contents: ThreadContents) -> String {
        let thread = contents.thread
        let title = thread.title.map { TextWrapper.wrap($0.showingControls(), width: width) } ?? ["(untitled)"]
        // Where only a part is here, nobody has counted the ghosts of the whole.
        let ghosts = contents.posts.count { $0.state == .missing }
        let isWhole = contents.posts.count == thread.posts + ghosts
        var facts = contents.titleMark.map { ["title \($0)"] } ?? []
        facts += [thread.id.description, thread.sourceLabel.showingControls()]
        if let forum = thread.forum { facts.append(forum.showingControls()) }
        facts.append(thread.posts.counted("post") + (isWhole && ghosts > 0 ? " and \(ghosts) missing" : ""))
        if thread.authors > 0 { facts.append(thread.authors.counted("author")) }
        if let days = days(thread) { facts.append(days) }
        var lines = title.map(style.bold) + TextWrapper.wrap(facts.joined(separator: " · "), width: width).map(style.dim)
        if !tags(thread).isEmpty { lines += TextWrapper.wrap(tags(thread), width: width).map(style.dim) }
        return (lines + (thread.url.map { [style.dim($0.showingControls())] } ?? []) + ["", ""]).joined(separator: "\n")
    }

    /// `tags: bread, rye · your tags: howto`; empty where there are none.
    private func tags(_ thread: DiscussionThread) -> String {
        [("tags", thread.tags), ("your tags", thread.ownTags)].filter { !$0.1.isEmpty }
            .map { "\($0): \($1.joined(separator: ", ").showingControls())" }.joined(separator: " · ")
    }

    private func days(_ thread: DiscussionThread) -> String? {
        guard let first = Timestamp.day(thread.startedAt) else { return nil }
        guard let last = Timestamp.day(thread.latestAt), last != first else { return first }
        return "\(first) to \(last)"
    }
}
