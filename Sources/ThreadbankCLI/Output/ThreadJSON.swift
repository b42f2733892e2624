// A thread as JSON, written post by post: 100,000 of them never stand in memory as one value.

internal import ThreadbankCore

/// Writes `thread --format json` and `jsonl`.
enum ThreadJSON {
    /// `{"format_version": 1, "thread": {…}, "posts": […]}` in reading order; nil is a thread that was not found.
    static func write(_ contents: ThreadContents?, to emit: (UnsafeBufferPointer<UInt8>) -> Void) {
        write(contents?.thread, count: contents?.posts.count ?? 0, to: emit) { position, writer in
            if let contents { post(contents, position, to: &writer) }
        }
    }

    /// One post a line, in reading order.
    static func writeLines(_ contents: ThreadContents, to emit: (UnsafeBufferPointer<UInt8>) -> Void) {
        writeLines(contents.posts.count, to: emit) { post(contents, $0, to: &$1) }
    }

    /// What stands around the posts and between them.
    static func write(
        _ thread: DiscussionThread?, count: Int, to emit: (UnsafeBufferPointer<UInt8>) -> Void,
        _ post: (Int, inout JSONObjectWriter) -> Void
    ) {
        var writer = JSONObjectWriter()
        writer.write(verbatim: "{\"format_version\":1,\"thread\":")
        writer.write(thread.map { self.thread($0) } ?? .null)
        writer.write(verbatim: ",\"posts\":[")
        for position in 0..<count {
            if position > 0 { writer.write(verbatim: ",") }
            post(position, &writer)
            if writer.count >= block { writer.take(emit) }
        }
        writer.write(verbatim: "]}\n")
        writer.take(emit)
    }

    static func writeLines(
        _ count: Int, to emit: (UnsafeBufferPointer<UInt8>) -> Void, _ post: (Int, inout JSONObjectWriter) -> Void
    ) {
        var writer = JSONObjectWriter()
        for position in 0..<count {
            post(position, &writer)
            writer.write(verbatim: "\n")
            if writer.count >= block { writer.take(emit) }
        }
        writer.take(emit)
    }

    private static let block = 1 << 18

    static func thread(_ thread: DiscussionThread) -> JSON {
        .object([
            ("id", .integer(thread.id.rawValue)), ("title", JSON(thread.title)), ("source", .string(thread.sourceLabel)),
            ("forum", JSON(thread.forum)), ("url", JSON(thread.url)), ("posts", JSON(thread.posts)),
            ("tags", .array(thread.tags.map { .string($0) })),
        ])
    }

    private static func post(_ contents: ThreadContents, _ position: Int, to writer: inout JSONObjectWriter) {
        writer.begin()
        list(contents, position, to: &writer)
        writer.end()
    }

    /// The members of a post as it stands in a thread.
    static func listed(_ contents: ThreadContents, _ position: Int) -> [(String, JSON)] {
        var list = JSONMemberList()
        self.list(contents, position, to: &list)
        return list.members
    }

    private static func list(_ contents: ThreadContents, _ position: Int, to members: inout some JSONMembers & ~Copyable) {
        describe(contents.posts[position], depth: contents.tree.nodes[position].depth, to: &members)
        carry(contents.posts[position], to: &members)
        replies(contents.tree, position, to: &members)
    }

    static func replies(_ tree: ReplyTree, _ position: Int, to members: inout some JSONMembers & ~Copyable) {
        let nodes = tree.nodes
        var replies = tree.children(of: position)
        members.add("replies", integers: { replies.next().map { nodes[$0].id.rawValue } })
    }

    /// What a post carried, and its ties to others: those that it points at, and those that point at it.
    static func carry(_ post: Post, to members: inout some JSONMembers & ~Copyable) {
        members.add("link", post.link)
        members.add("attachments", post.attachments.map(attachment))
        members.add("links", post.links.map(tie))
        members.add("linked_from", post.linkedFrom.map(tie))
    }

    static func attachment(_ attachment: Attachment) -> JSON {
        .object([("name", JSON(attachment.name)), ("type", JSON(attachment.type)), ("size", JSON(attachment.size))])
    }

    private static func tie(_ tie: Post.Tie) -> JSON {
        .object([("kind", .string(tie.kind)), ("id", .integer(tie.post.rawValue))])
    }

    /// The members that describe a post alone.
    static func members(_ post: Post, depth: Int) -> [(String, JSON)] {
        var list = JSONMemberList()
        describe(post, depth: depth, to: &list)
        return list.members
    }

    private static func describe(_ post: Post, depth: Int, to members: inout some JSONMembers & ~Copyable) {
        place(post, to: &members)
        members.add("depth", Int64(depth))
        tell(post, to: &members)
    }

    /// What stands before the depth …
    static func place(_ post: Post, to members: inout some JSONMembers & ~Copyable) {
        members.add("id", post.id.rawValue)
        members.add("parent_id", post.parentID?.rawValue)
    }

    /// … and behind it.
    static func tell(_ post: Post, to members: inout some JSONMembers & ~Copyable) {
        members.add("basis", post.reply?.basis.rawValue)
        members.add("confidence", post.reply?.confidence)
        members.add("author", post.author)
        members.add("created", time: post.createdAt)
        members.add("state", post.state.rawValue)
        members.add("title", post.title)
        members.add("body", post.body)
        members.add("markup", post.markup?.rawValue)
        members.add("score", post.score)
        members.add("url", post.url)
    }
}
