// Files and pipes as they are: what is known when, and what happens to a file in the meantime.

import Foundation
import Testing
import ThreadbankCore
import ThreadbankImporters
import ThreadbankTestSupport

@Suite struct RawInputs {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Hands the input of a named pipe to `body` while `megabytes` of a pattern are written into it.
    private func pipe(_ megabytes: Int, _ body: (any ImportInput) throws -> Void) throws {
        let path = folder.file("pipe")
        #expect(mkfifo(path, 0o600) == 0)
        let block = [UInt8]((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 % 251) })
        Thread.detachNewThread {
            signal(SIGPIPE, SIG_IGN)
            let file = open(path, O_WRONLY)
            writing: for _ in 0..<megabytes {
                var start = 0
                while start < block.count {
                    let count = block.withUnsafeBytes { write(file, $0.baseAddress?.advanced(by: start), block.count - start) }
                    if count <= 0 { break writing }
                    start += count
                }
            }
            close(file)
        }
        try InputFinder(format: Importers.named("text")).forEachInput(at: path) { try body($0.input) }
    }

    private func drain(_ input: any ImportInput) throws -> (count: Int, hash: String) {
        var hash = SHA256Hash()
        var count = 0
        while let chunk = try input.next() {
            hash.update(chunk)
            count += chunk.count
        }
        return (count, hash.hex())
    }

    @Test func aShortPipeIsKeptWhole() throws {
        try pipe(3) { input in
            let hash = try #require(try input.sha256)
            #expect(input.key == hash && input.byteCount == nil)
            for _ in 0..<2 {
                let whole = try drain(input)
                #expect(whole.count == 3 << 20 && whole.hash == hash && input.bytesRead == 3 << 20)
                try input.restart()
            }
        }
    }

    @Test func aLongPipeIsHandedOnAndItsHashIsKnownAtTheEnd() throws {
        try pipe(80) { input in
            #expect(try input.sha256 == nil)
            let key = input.key
            #expect(!key.isEmpty)
            _ = try input.next()
            try input.restart()
            let whole = try drain(input)
            #expect(whole.count == 80 << 20)
            #expect(try input.sha256 == whole.hash)
            #expect(input.key == key && input.failure == nil)
            #expect(throws: ImportError.self) { try input.restart() }
        }
    }

    @Test(arguments: ["grows", "shrinks", "is rewritten"]) func aFileThatChangesMeanwhileIsTold(how: String) throws {
        let path = try folder.write([UInt8](repeating: 0x61, count: 1 << 20), "page.txt")
        try InputFinder().forEachInput(at: path) { found in
            _ = try found.input.sha256
            _ = try found.input.next()
            #expect(found.input.failure == nil)
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            switch how {
            case "grows":
                try file.seekToEnd()
                try file.write(contentsOf: Data("more".utf8))
            case "shrinks": try file.truncate(atOffset: 1 << 19)
            default: try file.write(contentsOf: Data("other".utf8))
            }
            try file.close()
            _ = try found.input.remainder()
            #expect(found.input.failure?.description.contains("changed while it was read") == true)
        }
    }

    /// The one that was opened is read to its end, whatever its name leads to now.
    @Test func aFileThatIsReplacedIsReadWhole() throws {
        let path = try folder.write("the old words", "page.txt")
        try InputFinder().forEachInput(at: path) { found in
            try Data("new".utf8).write(to: URL(fileURLWithPath: folder.file("next")))
            #expect(rename(folder.file("next"), path) == 0)
            #expect(try found.input.remainder() == Array("the old words".utf8))
        }
    }

    @Test func whatCannotBeOpenedIsOneLineAndTheRestGoesOn() throws {
        try folder.write(Packed.lines[0], "in/a.jsonl")
        try FileManager.default.createDirectory(atPath: folder.file("in/closed"), withIntermediateDirectories: true)
        try folder.write(Packed.lines[1], "in/z.jsonl")
        #expect(throws: ImportError.self) { try Finding.all(at: folder.file("none")) }
        chmod(folder.file("in/a.jsonl"), 0)
        chmod(folder.file("in/closed"), 0)
        defer { chmod(folder.file("in/closed"), 0o700) }
        let found = try Finding.all(at: folder.file("in"))
        #expect(found.last { $0.importer != nil }?.keys == ["b"])
        // Nothing is closed to the superuser.
        if geteuid() != 0 { #expect(found.compactMap(\.reason).count == 2) }
    }

    @Test func askedToStopItStops() throws {
        let path = try folder.write([UInt8](repeating: 0x61, count: 4 << 20), "page.txt")
        var asked = 0
        let finder = InputFinder(shouldStop: {
            asked += 1
            return asked > 4
        })
        #expect(throws: ImportInterruption.self) { try finder.forEachInput(at: path) { _ = try $0.input.sha256 } }
    }
}
