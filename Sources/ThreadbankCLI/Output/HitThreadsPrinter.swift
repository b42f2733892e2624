// Prints the threads that hold what a search found.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct HitThreadsPrinter {
    let query: String
    let total: Int
    let format: OutputFormat

    /// Searches, prints what was found, and says what is not shown.
    static func print(_ request: SearchRequest, _ output: OutputOptions<ListFormats>, _ reader: ArchiveReader) throws {
        if output.format == .csv { throw ValidationError("--threads has no csv; it knows text, json and jsonl") }
        let (total, threads) = try reader.hitThreads(request)
        HitThreadsPrinter(query: request.text, total: total, format: output.format).print(threads)
        if total == 0 {
            if output.format == .text, !output.quiet { say("nothing found for \(request.text.shortLine)") }
            throw ExitStatus.nothingFound
        }
        let shown = threads.reduce(0) { $0 + $1.hits.count }
        guard output.format == .text, !output.quiet else { return }
        if threads.isEmpty {
            say("\(total) found, in fewer threads than --offset \(request.offset) leaves out")
        } else if shown < total, threads.count == request.limit {
            say(
                "\(shown) of \(total) in \(threads.count.counted("thread")); --offset \(request.offset + threads.count) shows more"
            )
        }
    }

    func print(_ threads: [HitThread]) {
        var out = Stdout()
        let emit = { (text: String) in out.write(text) }
        switch format {
        case .json:
            emit("{\"format_version\":1,\"query\":\(JSON.string(query).text),\"total\":\(total),\"threads\":[")
            for (index, found) in threads.enumerated() {
                if index > 0 { emit(",") }
                emit(Self.json(found).text)
            }
            emit("]}\n")
        case .jsonl: for found in threads { emit(Self.json(found).text + "\n") }
        default:
            let printer = HitTreePrinter(style: .stdout, width: Terminal.width)
            for (index, found) in threads.enumerated() {
                if index > 0 { emit("\n") }
                printer.write(found, to: emit)
            }
        }
    }

    /// What `thread --match --format json` gives.
    static func whole(_ found: HitThread) -> JSON {
        guard case .object(let members) = json(found) else { return .null }
        return .object([("format_version", 1)] + members)
    }

    /// The thread as `thread` gives it, its posts with `hit`, and those found with `rank` and `snippet`.
    static func json(_ found: HitThread) -> JSON {
        let posts = found.contents.posts.indices.map { position in
            var members = ThreadJSON.listed(found.contents, position)
            let hit = found.hits[found.contents.posts[position].id]
            members.append(("hit", .bool(hit != nil)))
            if let hit { members += [("rank", .real(hit.rank)), ("snippet", .string(hit.html))] }
            return JSON.object(members)
        }
        return .object([
            ("thread", ThreadJSON.thread(found.contents.thread)), ("hits", JSON(found.hits.count)), ("posts", .array(posts)),
        ])
    }
}
