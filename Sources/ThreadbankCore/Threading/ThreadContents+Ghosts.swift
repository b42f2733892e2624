// Chains of posts that were never seen: a mail may name ten posts above it, and ten indents would say no more than one.

/// Which ghosts were left out of a thread, and which stand for them.
struct FoldedGhosts: Sendable {
    /// The lowest ghost of a chain, and those above it, from the top.
    var chains: [Post.ID: [Post.ID]] = [:]
    /// How many posts below each position were left out; empty where none were.
    var countsBelow: [Int] = []

    func below(_ position: Int) -> Int { countsBelow.isEmpty ? 0 : countsBelow[position] }
}

extension ThreadContents {
    /// The thread with each chain of ghosts as its lowest one, at the place of its highest, for people to read.
    ///
    /// A chain is ghosts of which each is the only reply to the one above. One that tells anything (a title, an inferred parent, replies that
    /// are not here) stays by itself. Selections come before this.
    ///
    /// - parameter kept: posts that stay by themselves.
    /// - complexity: O(n).
    public func foldingGhosts(keeping kept: Set<Post.ID> = []) -> ThreadContents {
        let nodes = tree.nodes
        var isFolded = [Bool](repeating: false, count: nodes.count)
        for position in nodes.indices.dropLast()
        where posts[position].state == .missing && posts[position + 1].state == .missing
            && nodes[position + 1].parent == position && nodes[position + 1].end == nodes[position].end
        {
            isFolded[position] =
                saysNothing(position) && posts[position + 1].reply?.isInferred != true && !kept.contains(nodes[position].id)
        }
        if !isFolded.contains(true) { return self }

        // How many stand before each position and are kept: a position's new place.
        var places = [0]
        for position in nodes.indices { places.append(places[position] + (isFolded[position] ? 0 : 1)) }
        var (parents, lifts) = ([Int?](repeating: nil, count: nodes.count), [Int](repeating: 0, count: nodes.count))
        var (chain, folded) = ([Post.ID](), FoldedGhosts())
        var above: [Post.ID: Post.ID] = [:]
        var (rest, found): ([Post], [ReplyTree.Node]) = ([], [])
        for (position, node) in nodes.enumerated() {
            if let parent = node.parent {
                parents[position] = isFolded[parent] ? parents[parent] : places[parent]
                lifts[position] = lifts[parent] + (isFolded[parent] ? 1 : 0)
            }
            if isFolded[position] {
                chain.append(node.id)
                above[node.id] = posts[position].parentID
                continue
            }
            var post = posts[position]
            if let first = chain.first {
                folded.chains[node.id] = chain
                post.parentID = above[first]
                chain = []
            }
            rest.append(post)
            found.append(
                ReplyTree.Node(
                    id: node.id, entry: node.entry, parent: parents[position], depth: node.depth - lifts[position],
                    end: places[node.end], descendants: node.descendants))
            folded.countsBelow.append(node.end - position - places[node.end] + places[position])
        }
        return ThreadContents(
            thread: thread, posts: rest, tree: ReplyTree(nodes: found), countsHidden: countsHidden, folded: folded)
    }

    /// The ghosts that a ghost stands for, from the top, itself the last; nil where it stands for itself alone.
    public func ghosts(at position: Int) -> [Post.ID]? {
        folded.chains[posts[position].id].map { $0 + [posts[position].id] }
    }

    /// The post that the one at `position` answers: the one that is shown above it, where there is one.
    public func parent(at position: Int) -> Post.ID? {
        tree.nodes[position].parent.map { posts[$0].id } ?? posts[position].parentID
    }

    /// The title of the post at `position` where it says more than the thread's: nil for `Re: …`, and for the opening post's own. What
    /// answers a ghost, and ghosts below each other, do not repeat the ghost's either.
    public func ownTitle(at position: Int) -> String? {
        guard let title = posts[position].title, !title.isEmpty, title != thread.title else { return nil }
        guard let parent = tree.nodes[position].parent else { return title }
        let base = BaseSubject(title)
        guard base.isReply || posts[position].state == .missing else { return title }
        let shown = [thread.title, posts[parent].state == .missing ? posts[parent].title : nil]
        return shown.contains { $0.map { BaseSubject($0).folded } == base.folded } ? nil : title
    }

    /// What marks the title of the post at `position` as inferred, where it is: `~0.97 (the subject line)`.
    public func titleMark(at position: Int) -> String? {
        posts[position].isTitleInferred ? Self.titleMark : nil
    }

    /// What marks the thread's title as inferred, where it is that of an opening post that was never seen.
    public var titleMark: String? {
        guard let opening = posts.first, opening.isTitleInferred, opening.title == thread.title else { return nil }
        return Self.titleMark
    }

    private static var titleMark: String {
        let evidence = ReplyEvidence(basis: .subject, confidence: Inference.titleOfGhost.confidence)
        return "~\(evidence.confidenceText) (\(evidence.basis.words))"
    }

    private func saysNothing(_ position: Int) -> Bool {
        let post = posts[position]
        return ownTitle(at: position) == nil && post.reply?.isInferred != true && post.facts.isEmpty
            && repliesElsewhere(at: position) == 0 && repliesHidden(at: position) == 0
    }
}
