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
