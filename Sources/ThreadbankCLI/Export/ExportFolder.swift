// An export as a folder of pages: Markdown or a small HTML site, a page a thread and lists of them.

internal import Foundation
internal import Threadbank
internal import ThreadbankCore
internal import ThreadbankPages

/// Writes `index.md` or `index.html` and `threads/NUMBER`. The lists are written as the threads come, so that nothing is held back; a
/// long list goes on in `index-2`, `index-3`, ….
struct ExportFolder {
    private let job: ExportJob
    private let isHTML: Bool
    /// Threads on one page of the list.
    private static let page = 1_000

    init(_ job: ExportJob, isHTML: Bool) {
        self.job = job
        self.isHTML = isHTML
    }

    func write(to folder: String) throws {
        let draft = "\(folder).part-\(getpid())"
        do {
            try FileManager.default.createDirectory(atPath: draft + "/threads", withIntermediateDirectories: true)
        } catch {
            throw ThreadbankError(.invalid, "\(folder): cannot be made; check the permissions of the folder above it")
        }
        defer { try? FileManager.default.removeItem(atPath: draft) }
        var count = 0
        var list = try Self.list(draft, 1, isHTML)
        try job.threads { contents, chosen in
            if Interruption.isWanted { throw ThreadbankError(.interrupted, "interrupted; nothing was written") }
            if count > 0, count % Self.page == 0 {
                let number = count / Self.page + 1
                list.write(ending(next: number))
                try list.close()
                list = try Self.list(draft, number, isHTML)
            }
            count += 1
            list.write(line(contents, chosen))
            let file = try PageFile("\(draft)/threads/\(contents.thread.id.rawValue)\(ending)")
            if isHTML {
                ThreadPage(marked: chosen ?? [], index: "../index.html").write(contents) { file.write($0) }
            } else {
                ThreadMarkdown.write(contents) { file.write($0) }
            }
            try file.close()
        }
        list.write(ending(next: nil))
        try list.close()
        guard rename(draft, folder) == 0 else {
            throw ThreadbankError(.invalid, "\(folder): cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    private var ending: String { isHTML ? ".html" : ".md" }

    private static func list(_ folder: String, _ number: Int, _ isHTML: Bool) throws -> PageFile {
        let name = number == 1 ? "index" : "index-\(number)"
        let file = try PageFile("\(folder)/\(name)\(isHTML ? ".html" : ".md")")
        file.write(isHTML ? ThreadIndex.beginning(isFirst: number == 1) : "# Threads\n\n")
        return file
    }

    private func line(_ contents: ThreadContents, _ chosen: Set<Post.ID>?) -> String {
        let file = "threads/\(contents.thread.id.rawValue)\(ending)"
        var thread = contents.thread
        if thread.title == nil {
            let first = contents.posts.first { $0.body?.isEmpty == false }
            let words = first.map { QuotedLines.preview($0.body ?? "", $0.markup) }
            thread.excerpt = words.map { "“\($0.prefix(80).split(whereSeparator: \.isWhitespace).joined(separator: " "))…”" }
        }
        return isHTML
            ? ThreadIndex.row(thread, file: file, hits: chosen?.count)
            : ThreadMarkdown.listItem(thread, file: file, hits: chosen?.count)
    }

    private func ending(next number: Int?) -> String {
        if isHTML { return ThreadIndex.ending(next: number.map { "index-\($0).html" }) }
        return number.map { "\n[More threads](index-\($0).md)\n" } ?? ""
    }
}

/// A file that is written in blocks.
private final class PageFile {
    private let path: String
    private let file: UnsafeMutablePointer<FILE>

    init(_ path: String) throws {
        guard let file = fopen(path, "wxe") else {
            throw ThreadbankError(.invalid, "\(path): cannot be written: \(String(cString: strerror(errno)))")
        }
        self.path = path
        self.file = file
    }

    func write(_ text: String) {
        var text = text
        text.withUTF8 { _ = fwrite($0.baseAddress, 1, $0.count, file) }
    }

    func close() throws {
        let isBroken = ferror(file) != 0
        guard fclose(file) == 0, !isBroken else {
            throw ThreadbankError(.invalid, "\(path): cannot be written: \(String(cString: strerror(errno)))")
        }
    }
}
