// A thread in one line a post, with what a search found in it pointed out: `search --threads` and `thread --match`.

internal import Threadbank
internal import ThreadbankCore

/// Draws the whole tree of a thread; hits have a mark on the left and show the words that were found.
///
/// Of a large thread, branches that hold no hit are one line that counts them.
struct HitTreePrinter {
    var style = Style.plain
    var width = 80
    /// Threads with more posts are folded.
    var mostWhole = 30

    private static let gutter = 2
    private var line: PostLine { PostLine(style: style) }
    private var deepest: Int { max(1, width / 3 / 2) }

    func write(_ found: HitThread, to emit: (String) -> Void) {
        emit(heading(found))
        let contents = found.contents.foldingGhosts(keeping: Set(found.hits.keys))
        var isOnTheWay = [Bool](repeating: contents.posts.count <= mostWhole, count: contents.posts.count)
        for position in contents.posts.indices.reversed() {
            if found.hits[contents.posts[position].id] != nil { isOnTheWay[position] = true }
            if isOnTheWay[position], let parent = contents.tree.nodes[position].parent { isOnTheWay[parent] = true }
        }
        var margins = [String](repeating: "", count: deepest + 2)
        var position = 0
        while position < contents.posts.count {
            let node = contents.tree.nodes[position]
            let level = min(node.depth, deepest + 1)
            // Branches without a hit that stand beside each other are one line.
            var end = position
            while end < contents.posts.count, !isOnTheWay[end], contents.tree.nodes[end].parent == node.parent {
                end = contents.tree.nodes[end].end
            }
            if end > position {
                let isLast = contents.tree.isLast(position) || end == (node.parent.map { contents.tree.nodes[$0].end } ?? end)
                let text = "… \((end - position).counted("post")) without a hit"
                emit("  " + style.dim(margins[level] + branch(node.depth, isLast) + text) + "\n")
                position = end
                continue
            }
            // Only what is drawn behind it keeps the branch open.
            let isLast = contents.tree.isLast(position)
            if node.depth <= deepest {
                margins[level + 1] = margins[level] + (node.depth == 0 ? "" : isLast ? "  " : "│ ")
            }
            emit(post(contents, position, found.hits, margins[level], isLast, below: margins[min(level + 1, deepest + 1)]))
            position += 1
        }
    }

    private func branch(_ depth: Int, _ isLast: Bool) -> String {
        switch depth {
        case 0: ""
        case ...deepest: isLast ? "└ " : "├ "
        default: "⋯(\(depth)) "
        }
    }

    private func heading(_ found: HitThread) -> String {
        let thread = found.contents.thread
        let title = TextWrapper.wrap((thread.title ?? "(untitled)").showingControls(), width: width)
        var facts = found.contents.titleMark.map { ["title \($0)"] } ?? []
        facts += [thread.id.description, thread.sourceLabel.showingControls()]
        if let forum = thread.forum { facts.append(forum.showingControls()) }
        facts += [thread.posts.counted("post"), found.hits.count.counted("hit")]
        if let day = Timestamp.day(thread.startedAt) { facts.append(day) }
        return (title.map(style.bold) + [style.dim(facts.joined(separator: " · ").cut(toWidth: width))]).joined(separator: "\n")
            + "\n"
    }

    private func post(
        _ contents: ThreadContents, _ position: Int, _ hits: [Post.ID: SearchHit], _ margin: String, _ isLast: Bool,
        below: String
    ) -> String {
        let (post, node) = (contents.posts[position], contents.tree.nodes[position])
        let lead = margin + branch(node.depth, isLast)
        let parent = node.depth > deepest || node.depth == 0 ? contents.parent(at: position) : nil
        let ghosts = contents.ghosts(at: position)
        let head = line.head(post, answering: parent, ghosts: ghosts)
        guard let hit = hits[post.id] else {
            let room =
                width - Self.gutter - lead.displayWidth
                - PostLine(style: .plain).head(post, answering: parent, ghosts: ghosts).displayWidth - 2
            let words = BodyText.beginning(of: post, 400)
            let text = room > 10 && !words.isEmpty ? "  " + style.dim(words.showingControls().cut(toWidth: room)) : ""
            return "  " + style.dim(lead) + head + text + "\n"
        }
        let indent = style.dim(below) + "  "
        let room = max(20, width - Self.gutter - below.displayWidth - 2)
        let snippet = SnippetLines(style: style, width: room).lines(hit.snippet)
        return (["▶ " + style.dim(lead) + head] + snippet.map { "  " + indent + $0 }).joined(separator: "\n") + "\n"
    }
}

/// A snippet on two lines at most, with what was found in bold.
struct SnippetLines {
    let style: Style
    let width: Int
    var most = 2

    /// The words, filled into lines, cut at the width. A hit's marks never hold a space or a line's end.
    func lines(_ pieces: [SearchHit.Piece]) -> [String] {
        var lines = [""]
        var used = 0
        for word in Self.words(pieces) {
            let length = word.reduce(0) { $0 + $1.text.displayWidth }
            if used > 0, used + 1 + length > width {
                if lines.count == most { return Self.ended(lines, used < width ? "…" : "") }
                lines.append("")
                used = 0
            }
            if used > 0 { lines[lines.count - 1] += " " }
            used += (used > 0 ? 1 : 0) + length
            if length > width {
                let cut = word.map(\.text).joined().cut(toWidth: width)
                lines[lines.count - 1] += word.contains(where: \.isHit) ? style.bold(cut) : cut
            } else {
                lines[lines.count - 1] += word.map { $0.isHit ? style.bold($0.text) : $0.text }.joined()
            }
        }
        return Self.ended(lines, "")
    }

    private static func ended(_ lines: [String], _ ending: String) -> [String] {
        lines.filter { !$0.isEmpty }.enumerated().map { $1 + ($0 == lines.count - 1 ? ending : "") }
    }

    /// The pieces as words between white space; a word is in pieces where a part of it is a hit.
    private static func words(_ pieces: [SearchHit.Piece]) -> [[SearchHit.Piece]] {
        var words: [[SearchHit.Piece]] = [[]]
        for (place, piece) in pieces.enumerated() {
            let parts = piece.text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: \.isSpace)
            for (index, part) in parts.enumerated() {
                if index > 0 { words.append([]) }
                let before = index == 0 && place > 0 ? pieces[place - 1].text.unicodeScalars.last : nil
                let after =
                    index == parts.count - 1 && place < pieces.count - 1 ? pieces[place + 1].text.unicodeScalars.first : nil
                let text = String(part).showingControls(before: before, after: after)
                if !text.isEmpty { words[words.count - 1].append(SearchHit.Piece(text, isHit: piece.isHit)) }
            }
        }
        return words.filter { !$0.isEmpty }
    }
}
