// The archive is a function of the set of inputs: their order, their splitting into files and the batches make no difference.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct ImportOrder {
    /// Small worlds with everything that can go wrong: cycles, ghosts by key and by alias, several copies, tombstones, witnesses.
    @Test(arguments: 0..<40, [false, true]) func anyOrderGivesTheSameArchive(seed: Int, copiesDiffer: Bool) throws {
        var random = SeededGenerator(UInt64(seed))
        let copies = World(&random, copiesDiffer: copiesDiffer).copies
        let folder = try TemporaryFolder()
        var expected: (dump: [String], threads: [[String]])?
        for round in 0..<5 {
            var shuffled = copies
            if round > 0 { shuffled.shuffle(using: &random) }
            let cuts = (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: 0...shuffled.count, using: &random) }
            let lists = zip([0] + cuts.sorted(), cuts.sorted() + [shuffled.count]).map { Array(shuffled[$0..<$1]) }
            let archive = try Archive(path: folder.file("\(round).sqlite"))
            let batch = round == 0 ? 1000 : Int.random(in: 1...6, using: &random)
            let report = try archive.importLists(lists, batchPosts: batch)
            #expect(report.isBalanced)
            let faults = try archive.reader.faults()
            #expect(faults == [])
            let found = (try archive.reader.dump(), try archive.reader.threadSets())
            if let expected {
                #expect(found.0 == expected.dump, "round \(round), batches of \(batch)")
                #expect(found.1 == expected.threads, "round \(round), batches of \(batch)")
            } else {
                expected = found
            }
            let again = try archive.importLists(lists, batchPosts: batch)
            // Across batches, copies that differ and bear no time may take turns; in one they cannot.
            #expect(again.added == 0 && (again.changed == 0 || batch < copies.count))
            let after = try archive.reader.dump()
            #expect(after == found.0)
        }
    }

    /// Where batches end is a matter of the clock, so what a report says must not hang on it.
    @Test(arguments: 0..<40) func missingCountsTheGhostsThatOneInputLeaves(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed) + 2000)
        let copies = World(&random).copies
        let folder = try TemporaryFolder()
        for batch in [1000, 1, 3] {
            let archive = try Archive(path: folder.file("\(batch).sqlite"))
            let report = try archive.importLists([copies], batchPosts: batch)
            #expect(report.missing == (try archive.reader.statistics().posts[.missing]), "batches of \(batch)")
        }
    }

    @Test(arguments: 0..<40) func exportAndImportGiveTheSameArchive(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed) + 1000)
        let folder = try TemporaryFolder()
        let first = try Archive(path: folder.file("first.sqlite"))
        try first.importLists([World(&random).copies])
        var lines: [ImportedPost] = []
        _ = try first.reader.exportPosts { lines.append($0) }
        let second = try Archive(path: folder.file("second.sqlite"))
        try second.importList(lines)
        #expect(try second.reader.dump() == first.reader.dump())
        #expect(try second.reader.threadSets() == first.reader.threadSets())
        #expect(try second.reader.faults() == [])
    }
}

/// A few posts, each in a few copies that may differ.
private struct World {
    var copies: [ImportedPost] = []
    private let source = SourceReference(kind: "test")

    /// What tells the copies of a post apart, beside their words.
    private enum Difference: CaseIterable { case fetched, edited, rendered }

    /// - Parameter copiesDiffer: Whether copies of one post also differ in when they were fetched and edited, in their markup, in whether
    ///   they are renderings, and in the container they stand in.
    init(_ random: inout SeededGenerator, copiesDiffer: Bool = false) {
        let count = Int.random(in: 2...12, using: &random)
        let hasContainers = Bool.random(using: &random)
        for index in 0..<count where Int.random(in: 0..<5, using: &random) > 0 {
            let created: Int64? = [nil, 100, 200, 300].randomElement(using: &random) ?? nil
            let parent = Int.random(in: 0..<4, using: &random) == 0 ? nil : reference(count, &random)
            let ancestors = (0..<Int.random(in: 0...3, using: &random)).map { _ in reference(count, &random) }
            let kind = Difference.allCases.randomElement(using: &random) ?? .fetched
            let container = hasContainers ? ["c1", "c2", nil].randomElement(using: &random) ?? nil : nil
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                var post = ImportedPost(source: source, key: "k\(index)")
                post.aliases = ["a\(index)"]
                post.createdAt = created
                post.thread = container.map { ThreadReference(key: $0, title: "Container \($0)") }
                post.author = AuthorReference(key: "u\(index % 3)", name: ["x", "y"].randomElement(using: &random) ?? "x")
                post.score = Int64.random(in: 0...3, using: &random)
                post.markup = .markdown
                post.body = ["one", "two", "three"].randomElement(using: &random)
                if Int.random(in: 0..<5, using: &random) == 0 {
                    post.state = [.deleted, .removed].randomElement(using: &random) ?? .deleted
                    // A copy without a text says nothing of edits, so that it and two edited ones have no order.
                    if kind != .edited, Bool.random(using: &random) { post.body = nil }
                }
                if copiesDiffer {
                    let edit: Int64? = [nil, 500, 600].randomElement(using: &random) ?? nil
                    switch kind {
                    case .fetched: post.fetchedAt = [nil, 1000, 2000, 3000].randomElement(using: &random) ?? nil
                    case .edited: (post.editedAt, post.fetchedAt) = (edit, 1000 + (edit ?? 0))
                    case .rendered: post.isRendering = Bool.random(using: &random)
                    }
                    post.markup = Bool.random(using: &random) ? .markdown : .plain
                    // A newest copy that does not tell would leave the choice among the others to their order.
                    let keys = kind == .rendered ? ["c1", "c2", nil] : ["c1", "c2"]
                    let key = hasContainers ? keys.randomElement(using: &random) ?? nil : nil
                    post.thread = key.map { ThreadReference(key: $0, title: "Container \($0)") }
                }
                if let parent { post.parent = ParentStatement(parent, basis: .header) }
                post.ancestors = parent == nil ? [] : ancestors
                copies.append(post)
            }
        }
    }

    private func reference(_ count: Int, _ random: inout SeededGenerator) -> PostReference {
        let index = Int.random(in: 0..<count, using: &random)
        return PostReference(Bool.random(using: &random) ? .key("k\(index)") : .alias("a\(index)"))
    }
}
