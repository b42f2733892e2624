// A thread as JSON, written post by post: 100,000 of them never stand in memory as one value.

internal import ThreadbankCore

/// Writes `thread --format json` and `jsonl`.
enum ThreadJSON {
    /// `{"format_version": 1, "thread": {…}, "posts": […]}` in reading order; nil is a thread that was not found.
    static func write(_ contents: ThreadContents?, to emit: ([UInt8]) -> Void) {
        var bytes = Array("{\"format_version\":1,\"thread\":".utf8)
        (contents.map { thread($0.thread) } ?? .null).write(to: &bytes)
        bytes += ",\"posts\":[".utf8
        if let contents {
            for position in contents.posts.indices {
                if position > 0 { bytes.append(UInt8(ascii: ",")) }
                post(contents, position).write(to: &bytes)
                pass(&bytes, to: emit, atLeast: 65_536)
            }
        }
        bytes += "]}\n".utf8
        pass(&bytes, to: emit, atLeast: 0)
    }

    /// One post a line, in reading order.
    static func writeLines(_ contents: ThreadContents, to emit: ([UInt8]) -> Void) {
        var bytes: [UInt8] = []
        for position in contents.posts.indices {
            post(contents, position).write(to: &bytes)
            bytes.append(0x0A)
            pass(&bytes, to: emit, atLeast: 65_536)
        }
        pass(&bytes, to: emit, atLeast: 0)
    }

    private static func pass(_ bytes: inout [UInt8], to emit: ([UInt8]) -> Void, atLeast size: Int) {
        guard bytes.count >= size else { return }
        emit(bytes)
        bytes.removeAll(keepingCapacity: true)
    }

    static func thread(_ thread: DiscussionThread) -> JSON {
        .object([
            ("id", .integer(thread.id.rawValue)), ("title", JSON(thread.title)), ("source", .string(thread.sourceLabel)),
            ("forum", JSON(thread.forum)), ("url", JSON(thread.url)), ("posts", JSON(thread.posts)),
            ("tags", .array(thread.tags.map { .string($0) })),
        ])
    }

    private static func post(_ contents: ThreadContents, _ position: Int) -> JSON {
        .object(listed(contents, position))
    }

    /// The members of a post as it stands in a thread.
    static func listed(_ contents: ThreadContents, _ position: Int) -> [(String, JSON)] {
        let tree = contents.tree
        let replies = tree.children(of: position).map { JSON.integer(tree.nodes[$0].id.rawValue) }
        return members(contents.posts[position], depth: tree.nodes[position].depth) + facts(contents.posts[position])
            + [("replies", .array(replies))]
    }

    /// What a post carried, and its ties to others: those that it points at, and those that point at it.
    private static func facts(_ post: Post) -> [(String, JSON)] {
        [
            ("link", JSON(post.link)), ("attachments", .array(post.attachments.map(attachment))),
            ("links", .array(post.links.map(tie))), ("linked_from", .array(post.linkedFrom.map(tie))),
        ]
    }

    static func attachment(_ attachment: Attachment) -> JSON {
        .object([("name", JSON(attachment.name)), ("type", JSON(attachment.type)), ("size", JSON(attachment.size))])
    }

    private static func tie(_ tie: Post.Tie) -> JSON {
        .object([("kind", .string(tie.kind)), ("id", .integer(tie.post.rawValue))])
    }

    /// The members that describe a post alone.
    static func members(_ post: Post, depth: Int) -> [(String, JSON)] {
        [
            ("id", .integer(post.id.rawValue)), ("parent_id", JSON(post.parentID?.rawValue)), ("depth", JSON(depth)),
            ("basis", JSON(post.reply?.basis.rawValue)), ("confidence", JSON(post.reply?.confidence)),
            ("author", JSON(post.author)),
            ("created", JSON(Timestamp.text(post.createdAt))), ("state", .string(post.state.rawValue)),
            ("title", JSON(post.title)),
            ("body", JSON(post.body)), ("markup", JSON(post.markup?.rawValue)), ("score", JSON(post.score)),
            ("url", JSON(post.url)),
        ]
    }
}
