// Batches are written beside the reading of the next: what that must not change.

import GRDB
import Testing
import ThreadbankCore
import ThreadbankTestSupport

@testable import Threadbank

@Suite struct BatchPipelineTests {
    private struct Failure: Error, Equatable {}

    /// What the events of a run told; they come on its caller's thread.
    private final class Told: @unchecked Sendable {
        var asked = 0
        var reports: [ImportReport] = []

        func mayGoOn(_ limit: Int) -> Bool {
            asked += 1
            return asked <= limit
        }
    }

    @Test func whatWorkGaveIsGivenOnceAndAFailureStays() throws {
        let pipeline = BatchPipeline<Int>()
        #expect(try pipeline.finish() == nil)
        pipeline.start { 7 }
        #expect(try pipeline.finish() == 7)
        #expect(try pipeline.finish() == nil)
        pipeline.start { throw Failure() }
        for _ in 0..<2 { #expect(throws: Failure.self) { try pipeline.finish() } }
        #expect(!pipeline.isBusy)
    }

    private final class Held: Sendable {}

    /// An archive that the work still held would be closed too late, and leave its side files.
    @Test func whatWorkHeldIsFreeOnceItIsDone() throws {
        let pipeline = BatchPipeline<Int>()
        for _ in 0..<300 {
            weak var seen: Held?
            do {
                let held = Held()
                seen = held
                pipeline.start { withExtendedLifetime(held) { 1 } }
            }
            #expect(try pipeline.finish() == 1)
            #expect(seen == nil)
        }
    }

    private func posts(_ count: Int) -> [ImportedPost] {
        (0..<count).map { number in
            var post = ImportedPost(source: SourceReference(kind: "test"), key: "k\(number)")
            post.body = "body \(number)"
            if number > 0 { post.parent = ParentStatement(PostReference(.key("k\(number / 2)")), basis: .native) }
            return post
        }
    }

    /// Stopped after any post: what is stored is the beginning of the input in whole batches, and `imports` counts just that.
    @Test(arguments: [0, 9, 10, 11, 37, 60]) func anInterruptedRunKeepsWholeBatchesAndCountsThem(stop: Int) throws {
        let folder = try TemporaryFolder()
        let archive = try Archive(path: folder.file("a.sqlite"))
        let told = Told()
        do {
            let run = try ImportRun(
                archive, batchPosts: 10,
                events: ImportEvents(
                    finished: { told.reports.append($0.report) }, shouldStop: { !told.mayGoOn(stop) }))
            #expect(throws: ImportInterruption.self) {
                try run.read(MemoryInput(name: "list", text: ""), with: ListImporter(posts(100)))
            }
            try run.abandon()
        }
        let stored = try archive.reader.read {
            try Int.fetchOne($0, sql: "SELECT count(*) FROM posts WHERE body IS NOT NULL") ?? -1
        }
        let counted = try archive.reader.read { try Int.fetchOne($0, sql: "SELECT coalesce(sum(read), 0) FROM imports") ?? -1 }
        let finished = try archive.reader.read { try Int.fetchOne($0, sql: "SELECT count(finished_at) FROM imports") ?? -1 }
        #expect(stored == stop / 10 * 10 && counted == stored && finished == 0 && told.reports.isEmpty)
        // The next run goes on.
        #expect(try archive.importLists([posts(100)], batchPosts: 7).added == 100 - stored)
    }

    @Test func recordsLeftOutAreCountedWithTheirInputInAnyBatch() throws {
        let folder = try TemporaryFolder()
        for batch in [1, 3, 100] {
            let archive = try Archive(path: folder.file("\(batch).sqlite"))
            let told = Told()
            let run = try ImportRun(
                archive, batchPosts: batch, events: ImportEvents(finished: { told.reports.append($0.report) }))
            for name in ["one", "two"] { try run.read(MemoryInput(name: name, text: name), with: HalfBroken()) }
            try run.finish()
            let reports = told.reports
            #expect(reports.map(\.read) == [20, 20] && reports.map(\.rejected) == [10, 10])
            #expect(reports.map(\.added) == [10, 0] && reports.map(\.unchanged) == [0, 10])
        }
    }

    /// Every other record is broken.
    private struct HalfBroken: Importer {
        let name = "half"
        let version = 1
        let summary = ""
        let recognises = ""
        func recognises(_ probe: InputProbe) -> Bool { false }
        func read(_ input: any ImportInput, into sink: any ImportSink) throws {
            for number in 0..<10 {
                sink.reject(ImportDiagnostic(at: .line(number), "no post"))
                var post = ImportedPost(source: SourceReference(kind: "test"), key: "k\(number)")
                post.body = "b"
                try sink.add(post)
            }
        }
    }
}
