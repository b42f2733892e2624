// The builder against a slow and obvious one, on thousands of small random graphs with every kind of fault in them.

import Testing
import ThreadbankTestSupport

@testable import ThreadbankCore

@Suite struct ReplyTreePropertyTests {
    @Test(arguments: SiblingOrder.allCases) func agreesWithARecursiveBuilder(order: SiblingOrder) {
        var random = SeededGenerator(42)
        for _ in 0..<3000 {
            let entries = randomEntries(using: &random)
            let tree = ReplyTree(entries, order: order)
            #expect(tree.violations() == [])
            #expect(outline(tree) == BruteForce(entries, order).outline())
        }
    }

    @Test func everySelectionOfATreeIsATree() {
        var random = SeededGenerator(7)
        for _ in 0..<1000 {
            let entries = randomEntries(using: &random)
            let tree = ReplyTree(entries)
            let depth = Int.random(in: 0...4, using: &random)
            #expect(tree.limited(toDepth: depth).violations() == [])
            #expect(tree.limited(toDepth: depth).nodes.map(\.id) == tree.nodes.filter { $0.depth <= depth }.map(\.id))
            guard let node = tree.nodes.randomElement(using: &random) else { continue }
            #expect(tree.focus(on: node.id)?.violations() == [])
        }
    }

    @Test func brokenTreesAreFound() {
        func node(_ id: Int64, _ parent: Int?, _ depth: Int, _ end: Int) -> ReplyTree.Node {
            ReplyTree.Node(id: Post.ID(rawValue: id), entry: 0, parent: parent, depth: depth, end: end, descendants: end)
        }
        #expect(ReplyTree(nodes: [node(1, nil, 0, 1), node(1, nil, 0, 2)]).violations() == ["p1 stands twice"])
        #expect(
            ReplyTree(nodes: [node(1, 1, 1, 2), node(2, nil, 0, 2)]).violations() == ["p1 stands before the post it answers"])
        #expect(!ReplyTree(nodes: [node(1, nil, 0, 2), node(2, 0, 2, 2)]).violations().isEmpty)
        #expect(!ReplyTree(nodes: [node(1, nil, 1, 1)]).violations().isEmpty)
        #expect(!ReplyTree(nodes: [node(1, nil, 0, 1), node(2, 0, 1, 2)]).violations().isEmpty)
        #expect(!ReplyTree(nodes: [node(1, nil, 0, 3), node(2, 0, 1, 2), node(3, nil, 0, 3)]).violations().isEmpty)
    }

    private func randomEntries(using random: inout SeededGenerator) -> [ReplyTree.Entry] {
        let count = Int.random(in: 0...9, using: &random)
        return (0..<count).map { _ in
            var made = entry(
                Int.random(in: 1...9, using: &random), Bool.random(using: &random) ? nil : Int.random(in: 1...11, using: &random),
                at: Bool.random(using: &random) ? nil : Int.random(in: 0...3, using: &random),
                place: Bool.random(using: &random) ? nil : Int.random(in: 0...2, using: &random),
                score: Bool.random(using: &random) ? nil : Int.random(in: 0...2, using: &random),
                key: Bool.random(using: &random) ? nil : ["a", "b", "é"].randomElement(using: &random))
            made.isManual = Int.random(in: 0...4, using: &random) == 0
            return made
        }
    }
}

/// The rules, word by word: recursive, quadratic, obvious.
private struct BruteForce {
    var parents: [Int64: Int64] = [:]
    var entries: [Int64: ReplyTree.Entry] = [:]
    let order: SiblingOrder

    init(_ all: [ReplyTree.Entry], _ order: SiblingOrder) {
        self.order = order
        for entry in all where entries[entry.id.rawValue] == nil { entries[entry.id.rawValue] = entry }
        for (id, entry) in entries {
            if let parent = entry.parentID?.rawValue, parent != id, entries[parent] != nil { parents[id] = parent }
        }
        for id in entries.keys {
            let oldest = cycle(from: id)?.min { ageKey($0).lexicographicallyPrecedes(ageKey($1)) }
            if let oldest { parents[oldest] = nil }
        }
    }

    func cycle(from start: Int64) -> [Int64]? {
        var path = [start]
        var at = start
        while let parent = parents[at], path.count <= entries.count {
            if parent == start { return path }
            path.append(parent)
            at = parent
        }
        return nil
    }

    func ageKey(_ id: Int64) -> [Int64] {
        let entry = entries[id]
        return [entry?.isManual == true ? 1 : 0, entry?.createdAt ?? .max] + keyOrder(entry) + [id]
    }

    func keyOrder(_ entry: ReplyTree.Entry?) -> [Int64] { [["a": 1, "b": 2, "é": 3][entry?.sourceKey ?? ""] ?? .max] }

    func siblingKey(_ id: Int64) -> [Int64] {
        let entry = entries[id]
        let tie = [entry?.createdAt ?? .max, entry?.place ?? .max] + keyOrder(entry) + [id]
        return switch order {
        case .oldest: tie
        case .newest: [-(entry?.createdAt ?? .min + 1), -(entry?.place ?? .min + 1)] + tie
        case .best: [-((entry?.score ?? 0) + Int64(entry?.descendants ?? 0))] + tie
        case .score: [-(entry?.score ?? .min + 1)] + tie
        }
    }

    func outline(below parent: Int64? = nil) -> String {
        entries.keys.filter { parents[$0] == parent }
            .sorted { siblingKey($0).lexicographicallyPrecedes(siblingKey($1)) }
            .map { id in
                let below = outline(below: id)
                return below.isEmpty ? "\(id)" : "\(id)(\(below))"
            }
            .joined(separator: " ")
    }
}
