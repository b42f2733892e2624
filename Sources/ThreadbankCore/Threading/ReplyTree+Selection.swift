// Parts of a reply tree: one post with what it answers and what answers it, and a tree down to some depth.

extension ReplyTree {
    /// The ancestors of a post, itself, and all its replies; nil where the tree does not hold it. Depths stay. O(n).
    public func focus(on id: Post.ID) -> ReplyTree? {
        position(of: id).map { selecting(positions(focusedOn: $0)) }
    }

    /// The posts down to `depth`, which is 0 for the roots alone. O(n).
    public func limited(toDepth depth: Int) -> ReplyTree {
        selecting(positions(toDepth: depth))
    }

    func positions(focusedOn position: Int) -> [Int] {
        ancestors(of: position) + subtree(of: position)
    }

    func positions(toDepth depth: Int) -> [Int] {
        nodes.indices.filter { nodes[$0].depth <= depth }
    }

    /// The tree of the posts at `positions`, which ascend and hold with each post the one it answers.
    /// `descendants` goes on counting the whole tree.
    func selecting(_ positions: [Int]) -> ReplyTree {
        var places = [Int](repeating: 0, count: nodes.count)
        for (place, position) in positions.enumerated() { places[position] = place }
        // A subtree ends where the next post that is kept stands at its depth or above.
        var ends = [Int](repeating: positions.count, count: positions.count)
        var open: [Int] = []
        for (place, position) in positions.enumerated() {
            while let last = open.last, nodes[positions[last]].depth >= nodes[position].depth {
                ends[last] = place
                open.removeLast()
            }
            open.append(place)
        }
        return ReplyTree(
            nodes: positions.enumerated().map { place, position in
                let node = nodes[position]
                return Node(
                    id: node.id, entry: node.entry, parent: node.parent.map { places[$0] }, depth: node.depth, end: ends[place],
                    descendants: node.descendants)
            })
    }
}
