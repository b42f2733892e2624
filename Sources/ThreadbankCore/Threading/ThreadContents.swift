// A thread as it is read: what it is, its posts, and how they hang together.

/// A thread with its posts in reading order. `posts[i]` is the post of `tree.nodes[i]`.
///
/// ```swift
/// if let contents = try reader.thread(id) {
///     for (node, post) in zip(contents.tree.nodes, contents.posts) { … }
/// }
/// ```
public struct ThreadContents: Sendable {
    /// Counts the whole thread, also where only a part of it is here.
    public let thread: DiscussionThread
    /// In reading order, ghosts included.
    public let posts: [Post]
    public let tree: ReplyTree

    /// Puts `posts`, which may come in any order, into reading order.
    ///
    /// - parameter first: the opening post, which stands before all other roots.
    /// - complexity: O(n) and the sorting of siblings.
    public init(thread: DiscussionThread, posts: [Post], order: SiblingOrder = .oldest, first: Post.ID? = nil) {
        let tree = ReplyTree(counting: posts.map(ReplyTree.Entry.init), order: order, first: first)
        self.init(thread: thread, posts: tree.nodes.map { posts[$0.entry] }, tree: tree)
    }

    init(
        thread: DiscussionThread, posts: [Post], tree: ReplyTree, countsHidden: Bool = false,
        folded: FoldedGhosts = FoldedGhosts()
    ) {
        self.thread = thread
        self.posts = posts
        self.tree = tree
        self.countsHidden = countsHidden
        self.folded = folded
    }

    /// Whether a post with replies says how many of them a selection left out.
    let countsHidden: Bool
    /// The ghosts that stand for others too, where chains of them were folded.
    let folded: FoldedGhosts

    /// One post with what it answers and all its replies; nil where the thread does not hold it.
    public func focused(on id: Post.ID) -> ThreadContents? {
        tree.position(of: id).map { selecting(tree.positions(focusedOn: $0)) }
    }

    /// The posts down to `depth`, 0 for the roots alone.
    public func limited(toDepth depth: Int) -> ThreadContents {
        selecting(tree.positions(toDepth: depth))
    }

    /// At most `count` replies to each post, with all that is kept below them; roots all stay.
    public func collapsed(to count: Int) -> ThreadContents {
        var kept = [Bool](repeating: true, count: posts.count)
        for position in posts.indices where kept[position] {
            for (place, child) in tree.children(of: position).enumerated() where place >= count {
                for below in tree.subtree(of: child) { kept[below] = false }
            }
        }
        return selecting(posts.indices.filter { kept[$0] }, countsHidden: true)
    }

    /// The posts that fit, and those above them.
    public func holding(_ fits: (Post) -> Bool) -> ThreadContents {
        var kept = [Bool](repeating: false, count: posts.count)
        // Replies stand behind what they answer, so one walk backwards reaches every post above.
        for position in posts.indices.reversed() where kept[position] || fits(posts[position]) {
            kept[position] = true
            if let parent = tree.nodes[position].parent { kept[parent] = true }
        }
        return selecting(posts.indices.filter { kept[$0] }, countsHidden: true)
    }

    /// The same posts, those whose parent was inferred with less confidence hung from the post at the top of their tree, which in a
    /// page is the opening post and in a chat log the message that opens the conversation. They state no reply evidence then.
    ///
    /// - parameter order: how siblings stand.
    public func hangingWeaker(than confidence: Double, order: SiblingOrder = .oldest) -> ThreadContents {
        var tops: [Int] = []
        var hung = posts
        for position in posts.indices {
            let parent = tree.nodes[position].parent
            tops.append(parent.map { tops[$0] } ?? position)
            guard parent != nil, let reply = posts[position].reply, reply.isInferred, reply.confidence < confidence else {
                continue
            }
            hung[position].parentID = posts[tops[position]].id
            hung[position].reply = nil
        }
        return ThreadContents(thread: thread, posts: hung, order: order, first: posts.first?.id)
    }

    /// The positions of the posts as one list without a tree, in the order that siblings would have.
    public func flattened(by order: SiblingOrder) -> [Int] {
        let entries = posts.map(ReplyTree.Entry.init)
        return entries.indices.sorted { order.precedes(entries[$0], entries[$1]) }
    }

    /// How many replies to the post at `position` its origin counts beyond those that are here; 0 where it counts none more.
    /// An origin may count direct replies or all below: only what exceeds both is surely not here. Ghosts count as here, since
    /// they are shown.
    public func repliesElsewhere(at position: Int) -> Int {
        guard let stated = posts[position].replyCount else { return 0 }
        return max(0, Int(clamping: stated) - tree.nodes[position].descendants)
    }

    /// How many posts below the one at `position`, and below none that is shown, a selection left out.
    ///
    /// - complexity: O(direct replies).
    public func repliesHidden(at position: Int) -> Int {
        let node = tree.nodes[position]
        guard countsHidden else { return node.end == position + 1 ? node.descendants : 0 }
        return tree.children(of: position).reduce(missing(position)) { $0 - missing($1) }
    }

    /// How many posts of the subtree at `position` are not here.
    private func missing(_ position: Int) -> Int {
        let node = tree.nodes[position]
        return node.descendants - (node.end - position - 1) - folded.below(position)
    }

    /// The same tree, each post changed.
    func mapped(_ thread: DiscussionThread, _ change: (Post) -> Post) -> ThreadContents {
        ThreadContents(thread: thread, posts: posts.map(change), tree: tree, countsHidden: countsHidden, folded: folded)
    }

    private func selecting(_ positions: [Int], countsHidden counts: Bool = false) -> ThreadContents {
        ThreadContents(
            thread: thread, posts: positions.map { posts[$0] }, tree: tree.selecting(positions),
            countsHidden: counts || countsHidden)
    }
}
