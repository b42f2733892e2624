// The title of a post that nobody has seen is what its answers say: it is marked so, and goes when the post comes.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct GhostTitleTests {
    private func mail(_ key: String, _ title: String, answering parent: String? = nil) -> ImportedPost {
        var post = ImportedPost(source: SourceReference(kind: "mail"), key: key)
        (post.title, post.body) = (title, "body of \(key)")
        post.parent = parent.map { ParentStatement(PostReference(.key($0)), basis: .header) }
        post.parentTitle = parent == nil ? nil : BaseSubject.withoutMarks(title)
        return post
    }

    private func archive(_ folder: TemporaryFolder, _ name: String, _ lists: [[ImportedPost]]) throws -> Archive {
        let archive = try Archive(path: folder.file(name))
        for list in lists { _ = try archive.importList(list) }
        #expect(try archive.reader.faults() == [])
        return archive
    }

    private func inferences(_ archive: Archive, of key: String) throws -> [Inference] {
        var found: [Inference] = []
        _ = try archive.reader.exportPosts { if $0.key == key { found = $0.inferences } }
        return found
    }

    @Test func theTitleOfAGhostIsInferredFromASubject() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(folder, "a.sqlite", [[mail("2", "Re: Yeast", answering: "1")]])
        #expect(try archive.reader.post(key: "1")?.title == "Yeast")
        #expect(try inferences(archive, of: "1") == [.titleOfGhost])
        #expect(try inferences(archive, of: "2") == [])
    }

    @Test func itGoesWhenThePostComesInAnyOrderAndRun() throws {
        let folder = try TemporaryFolder()
        let (root, first, second) = (
            mail("1", "Of yeast"), mail("2", "Re: Yeast", answering: "1"), mail("3", "Re: Bread", answering: "1")
        )
        var dumps: Set<[String]> = []
        for (place, lists) in [
            [[root, first, second]], [[first, second, root]], [[first], [second], [root]], [[second], [root], [first]],
        ].enumerated() {
            let archive = try archive(folder, "\(place).sqlite", lists)
            #expect(try archive.reader.post(key: "1")?.title == "Of yeast")
            #expect(try inferences(archive, of: "1") == [])
            dumps.insert(try archive.reader.dump().filter { !$0.contains("\"import") })
        }
        #expect(dumps.count == 1)
        for (place, lists) in [[[first], [second]], [[second, first]], [[first, second], [first]]].enumerated() {
            let archive = try archive(folder, "g\(place).sqlite", lists)
            #expect(try archive.reader.post(key: "1")?.title == "Bread" && inferences(archive, of: "1") == [.titleOfGhost])
        }
    }

    @Test func anExportBringsItAlong() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(folder, "a.sqlite", [[mail("2", "Re: Yeast", answering: "1")]])
        var posts: [ImportedPost] = []
        _ = try archive.reader.exportPosts { posts.append($0) }
        for (name, posts) in [("b.sqlite", posts), ("c.sqlite", posts.reversed())] {
            let copy = try self.archive(folder, name, [posts])
            #expect(try inferences(copy, of: "1") == [.titleOfGhost])
        }
    }
}
