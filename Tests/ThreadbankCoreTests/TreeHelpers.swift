// Short names for entries and trees: `1(2 3(4)) 5` is two roots, the first with two replies.

import ThreadbankCore

func entry(
    _ id: Int, _ parent: Int? = nil, at createdAt: Int? = nil, place: Int? = nil, score: Int? = nil, key: String? = nil
) -> ReplyTree.Entry {
    ReplyTree.Entry(
        id: Post.ID(rawValue: Int64(id)), parentID: parent.map { Post.ID(rawValue: Int64($0)) },
        createdAt: createdAt.map(Int64.init),
        place: place.map(Int64.init), score: score.map(Int64.init), sourceKey: key)
}

func outline(_ entries: [ReplyTree.Entry], order: SiblingOrder = .oldest, first: Int64? = nil) -> String {
    outline(ReplyTree(entries, order: order, first: first.map(Post.ID.init(rawValue:))))
}

func outline(_ tree: ReplyTree) -> String {
    var text = ""
    var depth = 0
    for (position, node) in tree.nodes.enumerated() {
        if node.depth > depth {
            text += "("
        } else if position > 0 {
            text += String(repeating: ")", count: depth - node.depth) + " "
        }
        text += String(node.id.rawValue)
        depth = node.depth
    }
    return text + String(repeating: ")", count: depth)
}

/// The same numbers in every run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
