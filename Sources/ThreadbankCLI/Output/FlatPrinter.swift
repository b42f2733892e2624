// A thread as one list by date, without branches: for reading what was new, and for narrow screens.

internal import ThreadbankCore

/// Writes a thread post after post, each naming the one it answers.
struct FlatPrinter {
    var style = Style.plain
    var width = 80
    var order = SiblingOrder.oldest

    /// Writes the thread's title and its posts, a part at a time.
    func write(_ contents: ThreadContents, to emit: (String) -> Void) {
        emit(ThreadHeading(style: style, width: width).text(contents))
        let line = PostLine(style: style)
        let contents = contents.foldingGhosts()
        for (index, position) in contents.flattened(by: order).enumerated() {
            let post = contents.posts[position]
            var text =
                (index > 0 ? "\n" : "")
                + line.head(post, answering: contents.parent(at: position), ghosts: contents.ghosts(at: position)) + "\n"
            if let title = contents.ownTitle(at: position) {
                let mark = contents.titleMark(at: position).map { " " + style.dim($0) } ?? ""
                text += "  " + style.bold(title.showingControls()) + mark + "\n"
            }
            for line in BodyText.lines(of: post, width: max(20, min(100, width - 2))) + line.facts(post) {
                text += line.isEmpty ? "\n" : "  \(line)\n"
            }
            emit(text)
        }
    }
}
