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
        for (index, position) in contents.flattened(by: order).enumerated() {
            let post = contents.posts[position]
            var text = (index > 0 ? "\n" : "") + line.head(post, answering: post.parentID) + "\n"
            if let title = post.title, !title.isEmpty, title != contents.thread.title {
                text += "  " + style.bold(title.showingControls()) + "\n"
            }
            if let body = post.body?.shownBody, !body.isEmpty {
                for line in TextWrapper.wrap(body, width: max(20, min(100, width - 2))) {
                    text += line.isEmpty ? "\n" : "  \(line)\n"
                }
            }
            emit(text)
        }
    }
}
