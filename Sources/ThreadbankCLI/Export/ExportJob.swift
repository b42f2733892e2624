// What every form of export shares: which posts, under which names; and the forms that are one stream.

internal import Threadbank
internal import ThreadbankCore
internal import ThreadbankPages

struct ExportJob {
    let reader: ArchiveReader
    let selection: ExportSelection
    var anonymizer: Anonymizer?

    /// Calls `body` thread by thread. `chosen` is nil where the whole thread was asked for.
    func threads(_ body: (_ contents: ThreadContents, _ chosen: Set<Post.ID>?) throws -> Void) throws {
        var anonymizer = anonymizer
        _ = try reader.exportThreads(selection) { contents, chosen, people in
            guard anonymizer != nil else { return try body(contents, chosen) }
            anonymizer?.enter(people)
            try body(anonymizer?.contents(contents) ?? contents, chosen)
        }
    }

    func write(_ format: OutputFormat, to out: inout Stdout) throws {
        switch format {
        case .json: try writeJSON(&out)
        case .csv: try writeCSV(&out)
        case .mbox: try writeMbox(&out)
        default: try writeLines(&out)
        }
    }

    // MARK: Posts by themselves

    private func posts(_ body: (ImportedPost) throws -> Void) throws -> Int {
        var anonymizer = anonymizer
        let hasNames = anonymizer != nil
        return try reader.exportPosts(selection, threadBegins: hasNames ? { anonymizer?.enter($0) } : nil) {
            try body(anonymizer?.post($0) ?? $0)
        }
    }

    private func writeLines(_ out: inout Stdout) throws {
        out.json(InterchangeLine.first)
        let count = try posts { post in
            if out.isClosed { throw CancellationError() }
            out.json(InterchangeLine.post(post))
        }
        out.json(InterchangeLine.last(count))
    }

    func copy(to file: String) throws {
        var anonymizer = anonymizer
        let change: (ImportedPost) throws -> ImportedPost = { post in
            if Interruption.isWanted { throw ThreadbankError(.interrupted, "interrupted; nothing was written") }
            return anonymizer?.post(post) ?? post
        }
        Interruption.listen()
        if anonymizer == nil, case .all = selection { return try reader.backup(to: file) }
        _ = try reader.copy(selection, to: file, threadBegins: anonymizer == nil ? nil : { anonymizer?.enter($0) }, change)
    }

    // MARK: Threads

    private func writeJSON(_ out: inout Stdout) throws {
        out.write("{\"format_version\":1,\"threads\":[")
        var isFirst = true
        try threads { contents, chosen in
            if out.isClosed { throw CancellationError() }
            let posts = contents.posts.indices.filter { isChosen(contents, $0, chosen) }.map { ThreadJSON.listed(contents, $0) }
            let thread = JSON.object([
                ("thread", ThreadJSON.thread(contents.thread)), ("posts", .array(posts.map { .object($0) })),
            ])
            out.write(isFirst ? "\n" : ",\n")
            out.json(thread, newline: false)
            isFirst = false
        }
        out.write("\n]}\n")
    }

    private func isChosen(_ contents: ThreadContents, _ position: Int, _ chosen: Set<Post.ID>?) -> Bool {
        chosen?.contains(contents.posts[position].id) ?? true
    }

    private func writeMbox(_ out: inout Stdout) throws {
        try threads { contents, chosen in
            if out.isClosed { throw CancellationError() }
            Mbox(selected: chosen).write(contents) { out.write($0) }
        }
    }

    private func writeCSV(_ out: inout Stdout) throws {
        let columns = [
            "post_id", "thread_id", "thread_title", "source", "forum", "parent_id", "basis", "confidence", "depth", "author",
            "created",
            "edited", "state", "score", "title", "body", "markup", "url",
        ]
        out.write(columns.joined(separator: ",") + "\r\n")
        try threads { contents, chosen in
            if out.isClosed { throw CancellationError() }
            for position in contents.posts.indices where isChosen(contents, position, chosen) {
                let (post, thread) = (contents.posts[position], contents.thread)
                let fields: [String?] = [
                    String(post.id.rawValue), String(thread.id.rawValue), thread.title, thread.sourceLabel, thread.forum,
                    post.parentID.map { String($0.rawValue) }, post.reply?.basis.rawValue,
                    post.reply.map { String($0.confidence) },
                    String(contents.tree.nodes[position].depth), post.author, Timestamp.text(post.createdAt),
                    Timestamp.text(post.editedAt), post.state.rawValue, post.score.map { String($0) }, post.title, post.body,
                    post.markup?.rawValue, post.url,
                ]
                // An empty text is quoted: nothing at all stands for what is not known.
                let row = fields.map { $0.map { $0.isEmpty ? "\"\"" : $0.csvField } ?? "" }
                out.write(row.joined(separator: ",") + "\r\n")
            }
        }
    }
}
