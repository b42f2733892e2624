// A whole thread as JSON, each post written when it is read and put in its place at the end: no post is kept.

internal import ThreadbankCore

/// Takes the posts of a thread in any order, then writes what ``ThreadJSON`` writes of the whole thread.
struct ThreadJSONPieces: ~Copyable {
    private var written = JSONObjectWriter()
    /// Where in `written` the members of a post end that stand before its depth, and those behind.
    private var ends: [(beforeDepth: Int, behind: Int)] = []
    /// What is written of a post that carried nothing, as nearly all do.
    private var nothing = JSONObjectWriter()

    init() { ThreadJSON.carry(Post(id: Post.ID(rawValue: 0), threadID: DiscussionThread.ID(rawValue: 0)), to: &nothing) }

    /// - parameter post: as ``ArchiveReader/thread(_:order:_:)`` gives it.
    mutating func add(_ post: Post) {
        written.begin()
        ThreadJSON.place(post, to: &written)
        let beforeDepth = written.count
        ThreadJSON.tell(post, to: &written)
        ends.append((beforeDepth, written.count))
    }

    func write(_ outline: ThreadOutline, to emit: (UnsafeBufferPointer<UInt8>) -> Void) {
        ThreadJSON.write(outline.thread, count: outline.tree.count, to: emit) { post(outline, $0, to: &$1) }
    }

    func writeLines(_ outline: ThreadOutline, to emit: (UnsafeBufferPointer<UInt8>) -> Void) {
        ThreadJSON.writeLines(outline.tree.count, to: emit) { post(outline, $0, to: &$1) }
    }

    private func post(_ outline: ThreadOutline, _ position: Int, to writer: inout JSONObjectWriter) {
        let node = outline.tree.nodes[position]
        let start = node.entry == 0 ? 0 : ends[node.entry - 1].behind
        let end = ends[node.entry]
        written.read(start..<end.beforeDepth) { writer.add(written: $0) }
        writer.add("depth", Int64(node.depth))
        written.read(end.beforeDepth..<end.behind) { writer.add(written: $0) }
        if outline.carried.isOf(node.id) {
            var carrier = Post(id: node.id, threadID: outline.thread.id)
            outline.carried.add(to: &carrier)
            ThreadJSON.carry(carrier, to: &writer)
        } else {
            nothing.read(0..<nothing.count) { writer.add(written: $0) }
        }
        ThreadJSON.replies(outline.tree, position, to: &writer)
        writer.end()
    }
}
