// Cycles in a graph where every post answers at most one other.

/// Finds the cycles that changed edges may have closed. Without recursion; each post is visited once, however deep the tree.
public struct CycleSearch {
    private var visited: Set<Int64> = []

    public init() {}

    /// Walks up from each post and calls `found` once for each cycle, with its posts in the order of the walk. `found` must break
    /// the cycle, so that `parent` answers differently for one of them.
    ///
    /// - parameter parent: the parent of a post, or nil for a root and for posts above which no edge has changed.
    public mutating func walk(up posts: some Sequence<Int64>, parent: (Int64) throws -> Int64?, found: ([Int64]) throws -> Void)
        rethrows
    {
        for start in posts where !visited.contains(start) {
            var path: [Int64] = []
            var next: Int64? = start
            while let post = next, visited.insert(post).inserted {
                path.append(post)
                next = try parent(post)
            }
            // Each post stands in one path, so looking for where this one closes takes no longer than making it.
            if let next, let place = path.firstIndex(of: next) { try found(Array(path[place...])) }
        }
    }
}
