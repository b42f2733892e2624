// `--thread-by-subject`: what it ties, what it leaves, and what happens when the missing mail comes.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankTestSupport

@Suite struct SubjectThreadingTests {
    private func mail(_ key: String, _ title: String?, at date: Int64, parent: String? = nil, list: String = "list")
        -> ImportedPost
    {
        var post = ImportedPost(source: SourceReference(kind: "mail"), key: key)
        post.title = title
        post.body = "body of \(key)"
        post.createdAt = date
        post.forum = ForumReference(key: list, name: list)
        post.parent = parent.map { ParentStatement(PostReference(.key($0)), basis: .header) }
        return post
    }

    private func archive(_ folder: TemporaryFolder, _ runs: [[ImportedPost]]) throws -> Archive {
        let archive = try Archive(path: folder.file("archive.sqlite"))
        for posts in runs {
            let run = try ImportRun(archive, again: true)
            try run.read(MemoryInput(name: "mails", text: ""), with: ListImporter(posts))
            try run.finish(threadBySubject: true)
        }
        #expect(try archive.reader.faults() == [])
        return archive
    }

    /// Child to parent, by keys.
    private func parents(_ archive: Archive) throws -> [String: String] {
        var parents: [String: String] = [:]
        _ = try archive.reader.exportPosts { post in
            if case .key(let parent)? = post.parent?.parent?.name { parents[post.key ?? ""] = parent }
        }
        return parents
    }

    @Test func anAnswerHangsFromTheLatestOpeningPostBeforeIt() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(
            folder,
            [
                [
                    mail("a", "Status", at: 1), mail("b", "Status", at: 10), mail("c", "Re: Status", at: 5),
                    mail("d", "RE: status", at: 12), mail("e", "Re: Status", at: 13, list: "other"), mail("f", "Other", at: 14),
                ]
            ])
        #expect(try parents(archive) == ["c": "a", "d": "b"])
    }

    @Test func aGhostIsShownAndTiedByItsAnswersSubject() throws {
        let folder = try TemporaryFolder()
        var answer = mail("2", nil, at: 2, parent: "ghost")
        answer.parentTitle = "foo"
        let archive = try archive(folder, [[mail("1", "foo", at: 1), answer]])
        #expect(try parents(archive) == ["2": "ghost", "ghost": "1"])
    }

    @Test func whatTheMissingMailSaysReplacesTheGuess() throws {
        let folder = try TemporaryFolder()
        var answer = mail("2", nil, at: 2, parent: "ghost")
        answer.parentTitle = "foo"
        let found = mail("ghost", "Something else", at: 1)
        let archive = try archive(folder, [[mail("1", "foo", at: 1), answer], [found]])
        #expect(try parents(archive) == ["2": "ghost"])
        var revisions = 0
        _ = try archive.reader.exportPosts { revisions += $0.revisions.count }
        #expect(revisions == 0)
    }

    @Test func aLaterRunTiesAnew() throws {
        let folder = try TemporaryFolder()
        let answers = [mail("c", "Re: Status", at: 5), mail("d", "Re: Status", at: 6)]
        let archive = try archive(folder, [answers, [mail("a", "Status", at: 1)]])
        #expect(try parents(archive) == ["c": "a", "d": "a"])
    }

    @Test func withoutAnOpeningPostTheFirstAnswerStandsForIt() throws {
        let folder = try TemporaryFolder()
        let archive = try archive(folder, [[mail("d", "Re: Status", at: 6), mail("c", "AW: Status", at: 5)]])
        #expect(try parents(archive) == ["d": "c"])
    }

    /// Every order of the same mails gives the same titles: only what repeats the nearest subject above is dropped.
    @Test(arguments: 0..<12) func aRepeatedSubjectIsNoTitle(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed))
        let mails = [
            mail("a", "foo", at: 1), mail("b", "Re: foo", at: 2, parent: "a"), mail("c", "AW: [list] Foo", at: 3, parent: "b"),
            mail("d", "Re: bar", at: 4, parent: "c"), mail("e", "Re: bar", at: 5, parent: "d"),
            mail("f", "Re: lost", at: 6, parent: "missing"), mail("g", "Re: lost", at: 7, parent: "f"),
        ]
        .shuffled(using: &random)
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("archive.sqlite"))
        let cut = Int.random(in: 0...mails.count, using: &random)
        try archive.importLists(
            [Array(mails.prefix(cut)), Array(mails.dropFirst(cut))], batchPosts: Int.random(in: 1...4, using: &random))
        let again = try archive.importList(mails)
        #expect(again.unchanged == mails.count)
        var titles: [String: String] = [:]
        _ = try archive.reader.exportPosts { titles[$0.key ?? ""] = $0.title }
        #expect(titles == ["a": "foo", "d": "Re: bar", "f": "Re: lost"])
        #expect(try archive.reader.faults() == [])
    }

    @Test(arguments: [
        ("Re: foo", "foo", true), ("foo", "foo", false), ("[list] Re: foo", "foo", true), ("Re: [list] foo", "foo", true),
        ("Re[2]: foo", "foo", true), ("[foo] Fwd: [bar] Re: fw: b (fWd)  (fwd)", "b", true), ("b (a)", "b (a)", false),
        ("Re: [FWD: c]", "c", true), ("[xyz]", "[xyz]", false), ("re: [fwd: [fwd: re: [fwd: babylon]]]", "babylon", true),
        ("AW: Antw: foo", "foo", true), ("回复：价格", "价格", true), ("c: drive", "c: drive", false),
        ("Result: none", "Result: none", false),
        ("", "", false), ("Re:", "", true),
    ])
    func baseSubjects(subject: String, base: String, isReply: Bool) {
        let found = BaseSubject(subject)
        #expect(found.text == base && found.isReply == isReply)
    }
}
