// Whether the lines of a page are set in by the depth of the reply.

/// The levels to which a page's posts are set in.
struct Indentation: Sendable, Equatable {
    /// Whether indents show replies: some lines are set in, the first is not set in further than any, and no line is set in by
    /// more than one level below the one above it.
    let areReplies: Bool

    /// - parameter indents: of the lines where posts may begin, in the page's order.
    init(_ indents: [Int]) {
        let levels = Set(indents).sorted()
        guard levels.count >= 2, levels.count <= 64, let first = indents.first, first == levels[0] else {
            areReplies = false
            return
        }
        let rank = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1, $0) })
        var jumps = 0
        var changes = 0
        for index in indents.indices.dropFirst() {
            let step = (rank[indents[index]] ?? 0) - (rank[indents[index - 1]] ?? 0)
            if step > 1 { jumps += 1 }
            if step != 0 { changes += 1 }
        }
        let steps = zip(levels.dropFirst(), levels).map { $0 - $1 }
        let isEven = (steps.max() ?? 0) <= 2 * (steps.min() ?? 1)
        areReplies = jumps == 0 && isEven && changes * 5 >= indents.count
    }

    /// For each post the one it is set in below; nil for the outermost.
    ///
    /// - complexity: O(n): a stack of open posts.
    static func parents(_ indents: [Int]) -> [Int?] {
        var open: [Int] = []
        return indents.indices.map { index in
            while let last = open.last, indents[last] >= indents[index] { open.removeLast() }
            defer { open.append(index) }
            return open.last
        }
    }
}
