// Inputs of which the hash is known only at the end, or that turn out not to be whole.

import Testing
import Threadbank
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

/// Lines whose hash is known once they were read, as of a long pipe; or that break off.
private final class PipeLike: ImportInput {
    let name = "stdin"
    let key = "k"
    let sourceName: String? = nil
    let failure: ImportError?
    private let memory: MemoryInput
    private var isAtEnd = false

    init(_ text: String, failure: ImportError? = nil) {
        memory = MemoryInput(name: "stdin", text: text)
        self.failure = failure
    }

    var sha256: String? { isAtEnd ? memory.sha256 : nil }
    func restart() {}

    func next() throws -> [UInt8]? {
        let chunk = memory.next()
        if chunk == nil {
            isAtEnd = true
            if let failure { throw failure }
        }
        return chunk
    }
}

@Suite struct LateHashes {
    private let folder: TemporaryFolder
    private let archive: Archive
    private let lines = #"{"key": "a", "body": "one"}"# + "\n" + #"{"key": "b", "parent": "a", "body": "two"}"# + "\n"

    init() throws {
        folder = try TemporaryFolder()
        archive = try Archive(path: folder.file("a.sqlite"))
    }

    private func importing(_ input: any ImportInput) throws -> InputResult {
        final class Box: @unchecked Sendable { var result: InputResult? }
        let box = Box()
        let run = try ImportRun(archive, events: ImportEvents(finished: { box.result = $0 }))
        try run.read(input, with: #require(Importers.named("jsonl")))
        try run.finish()
        return try #require(box.result)
    }

    @Test func aHashThatComesLateIsRecorded() throws {
        #expect(try importing(PipeLike(lines)).report.added == 2)
        // The same bytes as a file are known by then, the key being the same.
        let file = MemoryInput(name: "x", text: lines, key: "k")
        let again = try importing(file)
        #expect(again.report.unchanged == 2)
        let imports = try archive.reader.info().lastImports
        #expect(imports.count == 1 && imports[0].sha256 == file.sha256)
    }

    @Test func readAgainItChangesNothing() throws {
        _ = try importing(PipeLike(lines))
        let report = try importing(PipeLike(lines)).report
        #expect(report.isBalanced && report.unchanged == 2)
    }

    @Test func whatBreaksOffIsKeptAndNotFinished() throws {
        let broken = ImportError("the gzip data are broken")
        let first = try importing(PipeLike(lines, failure: broken))
        #expect(first.report.added == 2 && first.failure?.description == broken.description)
        let second = try importing(PipeLike(lines))
        #expect(second.failure == nil && second.report.unchanged == 2)
    }
}
