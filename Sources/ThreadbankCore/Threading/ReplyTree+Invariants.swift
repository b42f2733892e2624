// What must be true of every reply tree, as code: the tests and `threadbank check` run it.

extension ReplyTree {
    /// What is wrong with the tree, a line each; empty where it is sound. O(n).
    ///
    /// A sound tree is a forest in pre-order that holds every post once: a parent stands before its replies and one level above them,
    /// a subtree is one range inside its parent's, and the replies found by walking the ranges are those that name the post as parent.
    public func violations() -> [String] {
        var found: [String] = []
        var seen: Set<Post.ID> = []
        seen.reserveCapacity(count)
        for (position, node) in nodes.enumerated() {
            if !seen.insert(node.id).inserted { found.append("\(node.id) stands twice") }
            let limit: Int
            if let parent = node.parent {
                guard nodes.indices.contains(parent), parent < position else {
                    found.append("\(node.id) stands before the post it answers")
                    continue
                }
                if node.depth != nodes[parent].depth + 1 {
                    found.append("\(node.id) has depth \(node.depth), the post it answers \(nodes[parent].depth)")
                }
                limit = nodes[parent].end
            } else {
                if node.depth != 0 { found.append("\(node.id) is a root of depth \(node.depth)") }
                limit = count
            }
            if node.end <= position || node.end > limit {
                found.append("the subtree of \(node.id) ends at \(node.end), outside \(position + 1)…\(limit)")
            }
            if node.descendants < node.end - position - 1 {
                found.append("\(node.id) counts \(node.descendants) posts below it, and \(node.end - position - 1) stand there")
            }
        }
        return found.isEmpty ? familyViolations() : found
    }

    /// The ranges are sound when this runs, so that walking them ends.
    private func familyViolations() -> [String] {
        var found: [String] = []
        var visited = roots.reduce(0) { sum, _ in sum + 1 }
        for root in roots where nodes[root].parent != nil { found.append("\(nodes[root].id) stands among the roots") }
        for (position, node) in nodes.enumerated() {
            for child in children(of: position) {
                visited += 1
                if nodes[child].parent != position {
                    found.append("\(nodes[child].id) stands below \(node.id) and answers another")
                }
            }
        }
        if visited != count { found.append("\(count) posts, and \(visited) of them found by walking") }
        return found
    }
}
