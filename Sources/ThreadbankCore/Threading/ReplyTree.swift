// The reply tree: who answers whom, as one flat array in reading order. See ReplyTree+Build.swift for how it comes about.

/// A forest of posts in reading order (pre-order): every post stands right before its replies, so that the whole subtree of a post is
/// one contiguous range.
///
/// ```swift
/// let tree = ReplyTree(posts.map(ReplyTree.Entry.init))
/// for node in tree.nodes { print(String(repeating: "  ", count: node.depth), node.id) }
/// ```
///
/// Nothing here recurses, so a chain of 100,000 replies is as good as a star of them.
///
/// ## Topics
/// - ``init(_:order:first:)``
/// - ``nodes``
/// - ``subtree(of:)``
/// - ``ancestors(of:)``
/// - ``children(of:)``
/// - ``focus(on:)``
/// - ``limited(toDepth:)``
/// - ``violations()``
public struct ReplyTree: Sendable, Equatable {
    /// What the tree needs to know of a post.
    public struct Entry: Sendable, Equatable {
        public var id: Post.ID
        /// The post it answers; nil, or a post that is not among the entries, makes it a root.
        public var parentID: Post.ID?
        /// Unix seconds; nil where unknown.
        public var createdAt: Int64?
        /// Position in the page or the origin's list.
        public var place: Int64?
        public var score: Int64?
        /// The id in the origin.
        public var sourceKey: String?
        /// Whether a person set the parent: such an edge is the last to go when a cycle is broken.
        public var isManual: Bool
        /// How many posts stand below it, where somebody counted; only ``SiblingOrder/best`` asks.
        public var descendants = 0

        /// What ``SiblingOrder/best`` goes by. A score may be as large as the origin says, so it is never added up unchecked.
        var attention: Int64 {
            let (sum, overflow) = (score ?? 0).addingReportingOverflow(Int64(descendants))
            return overflow ? .max : sum
        }

        public init(
            id: Post.ID, parentID: Post.ID? = nil, createdAt: Int64? = nil, place: Int64? = nil, score: Int64? = nil,
            sourceKey: String? = nil, isManual: Bool = false
        ) {
            self.id = id
            self.parentID = parentID
            self.createdAt = createdAt
            self.place = place
            self.score = score
            self.sourceKey = sourceKey
            self.isManual = isManual
        }
    }

    /// One post's place in the tree. Positions are indices of ``ReplyTree/nodes``.
    public struct Node: Sendable, Equatable {
        public let id: Post.ID
        /// Its position in the entries that the tree was built from.
        public let entry: Int
        /// The position of the post it answers; nil for a root. Always less than its own.
        public let parent: Int?
        /// 0 for a root.
        public let depth: Int
        /// The position after the last post of its subtree.
        public let end: Int
        /// How many posts stand below it in the whole tree, those that a selection leaves out included.
        public let descendants: Int
    }

    /// The posts in reading order.
    public let nodes: [Node]

    init(nodes: [Node]) { self.nodes = nodes }

    public var count: Int { nodes.count }

    /// The position of a post; nil where the tree does not hold it. O(n).
    public func position(of id: Post.ID) -> Int? {
        nodes.firstIndex { $0.id == id }
    }

    /// The post at `position` and all below it. O(1).
    public func subtree(of position: Int) -> Range<Int> {
        position..<nodes[position].end
    }

    /// The posts above the one at `position`, the root first. O(depth).
    public func ancestors(of position: Int) -> [Int] {
        var found: [Int] = []
        var next = nodes[position].parent
        while let position = next {
            found.append(position)
            next = nodes[position].parent
        }
        return found.reversed()
    }

    /// The direct replies to the post at `position`, in their order. O(1) a reply.
    public func children(of position: Int) -> Siblings {
        Siblings(nodes: nodes, upcoming: position + 1, end: nodes[position].end)
    }

    /// The roots, in their order. O(1) a root.
    public var roots: Siblings { Siblings(nodes: nodes, upcoming: 0, end: nodes.count) }

    /// Whether no sibling follows the post at `position`. O(1).
    public func isLast(_ position: Int) -> Bool {
        nodes[position].end == (nodes[position].parent.map { nodes[$0].end } ?? nodes.count)
    }

    /// Posts beside each other: each stands where the subtree of the one before ends.
    public struct Siblings: Sequence, IteratorProtocol, Sendable {
        let nodes: [Node]
        var upcoming: Int
        let end: Int

        public mutating func next() -> Int? {
            guard upcoming < end else { return nil }
            defer { upcoming = nodes[upcoming].end }
            return upcoming
        }
    }
}

extension ReplyTree.Entry {
    /// What the tree needs to know of `post`.
    public init(_ post: borrowing Post) {
        self.init(
            id: post.id, parentID: post.parentID, createdAt: post.createdAt, place: post.place, score: post.score,
            sourceKey: post.sourceKey, isManual: post.reply?.basis == .manual)
    }
}
