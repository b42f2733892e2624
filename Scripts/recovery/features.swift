internal import Foundation

// Prints the features of pages with a known truth, a JSON object a page or message, for model.py, evaluate.py and train_chat.py.
//
//   features boundary FILE...   of boundaries above lines, and of the runs that begin at them
//   features parents FILE...    of what the true posts may answer
//   features recover FILE...    the posts that recovery makes of a page
//   features chat FILE...       of what the annotated messages of a log may answer

@main struct Features {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count > 2 else { return complain("usage: features boundary|parents|recover|chat FILE...") }
        for file in arguments[2...] {
            switch arguments[1] {
            case "boundary": try boundary(file)
            case "parents": try parents(file)
            case "recover": try recover(file)
            case "chat": try chat(file)
            default: return complain("no such features: \(arguments[1])")
            }
        }
    }

    private static func complain(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }

    private static func lines(_ file: String) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private static func write(_ object: [String: Any]) throws {
        print(String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self))
    }

    /// The features that a function gives, each as `name=value`.
    private static func list(_ body: ((String, String) -> Void) -> Void) -> [String] {
        var features: [String] = []
        body { features.append("\($0)=\($1)") }
        return features
    }

    private static func wording(_ body: ((String, [UInt8]) -> Void) -> Void) -> [String] {
        var features: [String] = []
        body { features.append("\($0)=\(String(decoding: $1, as: UTF8.self))") }
        return features
    }

    private static func boundary(_ file: String) throws {
        let merged = MergedPage.lines(of: PageLine.lines(of: try lines(file)))
        let splitter = PostSplitter(merged)
        let features = BoundaryFeatures(merged)
        let words = features.cues.map(ParagraphWords.init)
        let rows = merged.indices.map { index in
            var run = SegmentFeatures(features, start: index)
            let runs = (index..<min(merged.count, index + 48)).map { end in list { run.extend(to: end, $0) } }
            return [
                "t": merged[index].line.text, "f": list { if index > 0 { features.forEach(at: index, $0) } }, "s": runs,
                "w": wording { words[index].forEach($0) },
                "p": wording { if index > 0 { words[index].forEach(below: words[index - 1], $0) } },
                "forced": splitter.forced(index) ?? "",
            ] as [String: Any]
        }
        try write([
            "file": file, "page": list { PageFeatures.forEach(merged, $0) }, "twice": merged.contains { $0.standing != .once },
            "rows": rows,
        ])
    }

    private static func parents(_ file: String) throws {
        let data = try Data(contentsOf: URL(fileURLWithPath: file.replacing(".txt", with: ".truth.json")))
        let truth = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        let posts = truth?["posts"] as? [[String: Any]] ?? []
        guard let drafts = try drafts(file, truth: posts.map { ($0["lines"] as? [String] ?? []).count }) else {
            return complain("left out, for its text is not that of its truth: \(file)")
        }
        let cues = drafts.map(PostCues.init)
        let features = ParentFeatures(
            drafts, cues: cues, rarity: WordRarity(cues.lazy.map(\.bag)), names: drafts.map { $0.header?.author?.lowercased() },
            opening: file.contains(".linear.") ? 0 : nil)
        let arcs = drafts.indices.map { post in
            let above = [nil] + (0..<post).map(Optional.some)
            return [
                "a": above.map { parent in list { features.forEach(post, answers: parent, $0) } },
                "s": [true, false].flatMap { root in
                    above.map { sibling in list { features.forEach(post, besides: sibling, atRoot: root, $0) } }
                },
            ]
        }
        try write(["file": file, "arcs": arcs])
    }

    /// The true posts as recovery holds posts; nil where the text is not theirs.
    private static func drafts(_ file: String, truth: [Int]) throws -> [PostDraft]? {
        let page = PageLine.lines(of: try lines(file))
        let merged = MergedPage.lines(of: page)
        let headers = HeaderSplitter.headers(in: merged)
        guard headers.isEmpty else {
            var furniture: [PageFurniture] = []
            let drafts = HeaderSplitter.posts(merged, headers: headers, furniture: &furniture)
            return drafts.count == truth.count ? drafts : nil
        }
        guard truth.reduce(0, +) == page.count else { return nil }
        var top = 0
        return truth.map { count in
            defer { top += count }
            return PostDraft(lines: page[top..<top + count].map { MergedLine(line: $0, standing: .once) }, indent: 0)
        }
    }

    private static func recover(_ file: String) throws {
        let page = PageRecovery.recover(lines: try lines(file))
        let posts = page.posts.map { post in
            [
                "body": post.wording, "parent": post.parent.index ?? -1, "conf": post.parent.confidence,
                "ev": post.parent.evidence,
            ] as [String: Any]
        }
        try write(["file": file, "shown": page.openingIsShown, "posts": posts])
    }

    private static func chat(_ file: String) throws {
        guard let log = ChatLog(PageLine.lines(of: try lines(file)), day: nil) else { return }
        let features = ChatFeatures(log.messages)
        let numbers = log.messages.map { $0.lines[0].number - 1 }
        let links = try lines(file.replacing(".raw.txt", with: ".annotation.txt"))
        let annotated = Set(links.flatMap { $0.split(separator: " ").prefix(2).compactMap { Int($0) } })
        for index in log.messages.indices where annotated.contains(numbers[index]) {
            func row(_ body: (ChatFeatures.Emit) -> Void) -> [String] {
                var row: [String] = []
                body { row.append("\($0)=\($1).\($2).\($3)") }
                return row
            }
            let others = Array((max(0, index - ChatFeatures.reach)..<index).reversed())
            let rows =
                [row { features.forEachOpening(index, $0) }]
                + others.map { other in row { features.forEach(index, answers: other, $0) } }
            try write(["file": file, "lines": [numbers[index]] + others.map { numbers[$0] }, "rows": rows])
        }
    }
}
