// Hands a thread to the printer of the format that was asked for.

internal import ThreadbankCore
internal import ThreadbankPages

/// Prints a thread on stdout.
struct ThreadPrinter {
    let format: OutputFormat
    let order: SiblingOrder
    /// Posts to point out in the tree.
    var marked: Set<Post.ID> = []

    /// - parameter contents: nil for a thread that was not found; JSON is whole then too.
    func print(_ contents: ThreadContents?) {
        var out = Stdout()
        let emit = { (text: String) in out.write(text) }
        let emitBytes = { (bytes: UnsafeBufferPointer<UInt8>) in out.write(bytes) }
        switch (format, contents) {
        case (.json, _): ThreadJSON.write(contents, to: emitBytes)
        case (_, nil): break
        case (.jsonl, let contents?): ThreadJSON.writeLines(contents, to: emitBytes)
        case (.markdown, let contents?): ThreadMarkdown.write(contents, to: emit)
        case (.flat, let contents?): FlatPrinter(style: .stdout, width: Terminal.width, order: order).write(contents, to: emit)
        case (.html, let contents?): ThreadPage(marked: marked).write(contents, to: emit)
        case (.mbox, let contents?): Mbox().write(contents, to: emit)
        case (_, let contents?): TreePrinter(style: .stdout, width: Terminal.width, marked: marked).write(contents, to: emit)
        }
    }
}
