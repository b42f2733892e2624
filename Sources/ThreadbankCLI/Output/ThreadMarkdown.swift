// A thread as Markdown: replies as nested quotations, which every renderer draws as a tree.

internal import ThreadbankCore

/// Writes `thread --format markdown`. HTML in a post that was written as Markdown stays as it is: whoever renders it must do so safely.
enum ThreadMarkdown {
    /// Deeper replies are quoted no further, so that a long chain is no square of marks; they name the post that they answer.
    private static let deepest = 8

    static func write(_ contents: ThreadContents, to emit: (String) -> Void) {
        let thread = contents.thread
        var facts = contents.titleMark.map { ["title \($0)"] } ?? []
        facts += [thread.id.description, escape(thread.sourceLabel)]
        if let forum = thread.forum { facts.append(escape(forum)) }
        facts.append(thread.posts.counted("post"))
        if !thread.tags.isEmpty { facts.append("tags: " + thread.tags.map(escape).joined(separator: ", ")) }
        if let url = thread.url { facts.append("<\(url.showingControls())>") }
        emit("# \(escape(thread.title ?? "(untitled)"))\n\n\(facts.joined(separator: " · "))\n")
        let contents = contents.foldingGhosts()
        var before = 0
        for (position, node) in contents.tree.nodes.enumerated() {
            let quotes = min(node.depth, deepest)
            let marks = String(repeating: "> ", count: quotes)
            emit(blank(min(before, quotes)) + marks + head(contents, position) + "\n")
            let text = ([body(contents, position)] + notes(contents, position)).filter { !$0.isEmpty }.joined(separator: "\n\n")
            before = quotes
            if text.isEmpty { continue }
            emit(blank(quotes))
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                emit(line.isEmpty ? blank(quotes) : marks + line + "\n")
            }
        }
    }

    /// A line of a list of threads.
    static func listItem(_ thread: DiscussionThread, file: String, hits: Int?) -> String {
        var facts = [
            Timestamp.day(thread.startedAt) ?? "undated", escape(thread.author ?? "unknown"), thread.posts.counted("post"),
        ]
        if let forum = thread.forum { facts.insert(escape(forum), at: 2) }
        if let hits { facts.append(hits.counted("hit")) }
        return "- [\(escape(thread.title ?? thread.excerpt ?? "(untitled)"))](\(file)), \(facts.joined(separator: ", "))\n"
    }

    /// An empty line inside `quotes` quotations.
    private static func blank(_ quotes: Int) -> String { [String](repeating: ">", count: quotes).joined(separator: " ") + "\n" }

    private static func head(_ contents: ThreadContents, _ position: Int) -> String {
        let (post, node) = (contents.posts[position], contents.tree.nodes[position])
        let line = PostLine(style: .plain)
        if let ghosts = contents.ghosts(at: position), let first = ghosts.first {
            return "\\[\(ghosts.count) missing messages\\] · \(first) … \(post.id)"
        }
        var parts = ["**\(escape(post.author ?? "unknown"))**", line.date(post.createdAt)]
        if let reply = post.reply, reply.isInferred { parts[0] += " ~\(reply.confidenceText) (\(reply.basis.words))" }
        if node.depth > deepest, let parent = contents.parent(at: position) { parts[0] += " → \(parent)" }
        if post.state != .present { parts.append("\\[\(post.state.rawValue)\\]") }
        if post.isAccepted { parts.append("\\[accepted\\]") }
        if let score = post.score { parts.append(line.points(score)) }
        if post.editedAt != nil { parts.append("edited") }
        parts.append(post.url.map { "[\(post.id)](<\($0.showingControls())>)" } ?? post.id.description)
        return parts.joined(separator: " · ")
    }

    private static func body(_ contents: ThreadContents, _ position: Int) -> String {
        let post = contents.posts[position]
        let mark = contents.titleMark(at: position).map { " " + $0 } ?? ""
        let title = contents.ownTitle(at: position).map { "**\(escape($0))**\(mark)\n\n" } ?? ""
        let body = post.body?.shownBody ?? ""
        let text = title + (post.markup == .plain ? escapeLines(body) : body)
        let facts = post.facts.map { "\($0.label): \($0.isAddress ? address($0.text) : escape($0.text))" }.joined(
            separator: "\\\n")
        return text.isEmpty || facts.isEmpty ? text + facts : "\(text)\n\n\(facts)"
    }

    /// What a selection left out below a post, and what its origin counts beyond.
    private static func notes(_ contents: ThreadContents, _ position: Int) -> [String] {
        let (hidden, elsewhere) = (contents.repliesHidden(at: position), contents.repliesElsewhere(at: position))
        return (hidden > 0 ? ["*… \(hidden.counted("more reply", "more replies")) below*"] : [])
            + (elsewhere > 0 ? ["*… \(elsewhere.counted("reply", "replies")) not in the archive*"] : [])
    }

    /// An address of the web as a link, anything else as text.
    private static func address(_ text: String) -> String {
        let isLink = ["https://", "http://"].contains(where: text.hasPrefix)
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>\\".utf8.contains($0) }
        return isLink && isPlain ? "<\(text)>" : escape(text)
    }

    /// A plain text keeps its lines: a backslash at the end breaks a line (CommonMark 6.7).
    private static func escapeLines(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { escape(String($0)) }
        return lines.enumerated().map { index, line in
            let isBroken = index + 1 < lines.count && !line.isEmpty && !lines[index + 1].isEmpty
            return isBroken ? line + "\\" : line
        }.joined(separator: "\n")
    }

    /// Text that shall not be read as Markdown. Words that hold a URL stay, so that it can be followed.
    private static func escape(_ text: String) -> String {
        let line = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && !isMark($0) } ? text : escapeWords(text.showingControls())
        guard let first = line.first else { return line }
        // What begins a list, a rule or code would; four spaces would too.
        if "-+=".contains(first) { return "\\" + line }
        if first == " " { return "&nbsp;" + line.drop { $0 == " " } }
        let digits = line.prefix { $0.isASCII && $0.isNumber }
        let mark = line.dropFirst(digits.count).first
        return !digits.isEmpty && (mark == "." || mark == ")") ? digits + "\\" + line.dropFirst(digits.count) : line
    }

    private static func escapeWords(_ text: String) -> String {
        let words = text.utf8.split(separator: 0x20, omittingEmptySubsequences: false).map { word -> [UInt8] in
            let isLink = Substring(word).contains("://")
            return word.reduce(into: []) { bytes, byte in
                if isLink ? byte == UInt8(ascii: "<") : isMark(byte) { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(byte)
            }
        }
        return String(decoding: Array(words.joined(separator: [0x20])), as: UTF8.self)
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        switch UnicodeScalar(byte) {
        case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "~", "&": true
        default: false
        }
    }
}
