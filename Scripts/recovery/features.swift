internal import Foundation

// Prints the features of pages with a known truth, a JSON object a page, for train.py.
//
//   features boundary|parents|chat|recover FILE...
func jsonString(_ s: String) -> String {
    String(decoding: try! JSONSerialization.data(withJSONObject: [s]), as: UTF8.self).dropFirst().dropLast().description
}
@main struct Lab {
    static func main() throws {
        let args = CommandLine.arguments
        if args[1] == "recover" {
            for f in args[2...] {
                let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: f)), as: UTF8.self)
                let page = PageRecovery.recover(
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
                let o: [String: Any] = [
                    "file": f, "shown": page.openingIsShown,
                    "posts": page.posts.map {
                        [
                            "body": $0.wording, "parent": $0.parent.index ?? -1, "conf": $0.parent.confidence,
                            "ev": $0.parent.evidence,
                        ] as [String: Any]
                    },
                ]
                print(String(decoding: try JSONSerialization.data(withJSONObject: o), as: UTF8.self))
            }
        }
        if args[1] == "chat" {
            for f in args[2...] {
                let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: f)), as: UTF8.self)
                let page = PageLine.lines(of: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
                guard let log = ChatLog(page, day: nil) else { continue }
                let features = ChatFeatures(log.messages)
                let links = try String(
                    decoding: Data(contentsOf: URL(fileURLWithPath: f.replacing(".raw.txt", with: ".annotation.txt"))),
                    as: UTF8.self)
                let annotated = Set(
                    links.split(separator: "\n").flatMap { $0.split(separator: " ").prefix(2).compactMap { Int($0) } })
                for index in log.messages.indices where annotated.contains(log.messages[index].lines[0].number - 1) {
                    var rows: [[String]] = []
                    var row: [String] = []
                    let emit: ChatFeatures.Emit = { row.append("\($0)=\($1).\($2).\($3)") }
                    features.forEachOpening(index, emit)
                    rows.append(row)
                    var others = [log.messages[index].lines[0].number - 1]
                    for other in stride(from: index - 1, through: max(0, index - ChatFeatures.reach), by: -1) {
                        row = []
                        features.forEach(index, answers: other, emit)
                        rows.append(row)
                        others.append(log.messages[other].lines[0].number - 1)
                    }
                    let o: [String: Any] = ["file": f, "lines": others, "rows": rows]
                    print(String(decoding: try JSONSerialization.data(withJSONObject: o), as: UTF8.self))
                }
            }
        }
        if args[1] == "parents" {
            for f in args[2...] {
                let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: f)), as: UTF8.self)
                let truth =
                    try JSONSerialization.jsonObject(
                        with: Data(contentsOf: URL(fileURLWithPath: f.replacing(".txt", with: ".truth.json")))) as! [String: Any]
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                let merged = MergedPage.lines(of: PageLine.lines(of: lines))
                let headers = HeaderSplitter.headers(in: merged)
                var drafts: [PostDraft] = []
                let tposts = truth["posts"] as! [[String: Any]]
                if headers.isEmpty {
                    var at = 0
                    let rows = PageLine.lines(of: lines)
                    for t in tposts {
                        let k = (t["lines"] as! [String]).count
                        guard at + k <= rows.count else { break }
                        drafts.append(
                            PostDraft(lines: rows[at..<(at + k)].map { MergedLine(line: $0, standing: .once) }, indent: 0))
                        at += k
                    }
                    if at != rows.count {
                        FileHandle.standardError.write("skip \(f)\n".data(using: .utf8)!)
                        continue
                    }
                } else {
                    var fu: [PageFurniture] = []
                    drafts = HeaderSplitter.posts(merged, headers: headers, furniture: &fu)
                }
                if drafts.count != tposts.count {
                    FileHandle.standardError.write("skip \(f) \(drafts.count) \(tposts.count)\n".data(using: .utf8)!)
                    continue
                }
                let cues = drafts.map(PostCues.init)
                let rarity = WordRarity(cues.lazy.map(\.bag))
                let pf = ParentFeatures(
                    drafts, cues: cues, rarity: rarity, names: drafts.map { $0.header?.author?.lowercased() },
                    opening: f.contains(".linear.") ? 0 : nil)
                var arcs: [[String: Any]] = []
                for c in drafts.indices {
                    var list: [[String]] = []
                    func one(_ p: Int?) {
                        var fs: [String] = []
                        pf.forEach(c, answers: p) { fs.append("\($0)=\($1)") }
                        list.append(fs)
                    }
                    one(nil)
                    for p in 0..<c { one(p) }
                    var sibs: [[String]] = []
                    for root in [true, false] {
                        for s in [nil] + (0..<c).map(Optional.some) {
                            var fs: [String] = []
                            pf.forEach(c, besides: s, atRoot: root) { fs.append("\($0)=\($1)") }
                            sibs.append(fs)
                        }
                    }
                    arcs.append(["a": list, "s": sibs])
                }
                let o: [String: Any] = ["file": f, "arcs": arcs]
                print(String(decoding: try JSONSerialization.data(withJSONObject: o), as: UTF8.self))
            }
        }
        if args[1] == "boundary" {
            for f in args[2...] {
                let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: f)), as: UTF8.self)
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
                let merged = MergedPage.lines(of: PageLine.lines(of: lines))
                let splitter = PostSplitter(merged)
                let features = BoundaryFeatures(merged)
                var pageFeatures: [String] = []
                PageFeatures.forEach(merged) { pageFeatures.append("\($0)=\($1)") }
                var rows: [[String: Any]] = []
                for i in merged.indices {
                    var fs: [String] = []
                    if i > 0 { features.forEach(at: i) { fs.append("\($0)=\($1)") } }
                    var segs: [[String]] = []
                    var seg = SegmentFeatures(features, start: i)
                    for j in i..<min(merged.count, i + 48) {
                        var s: [String] = []
                        seg.extend(to: j) { s.append("\($0)=\($1)") }
                        segs.append(s)
                    }
                    rows.append([
                        "n": merged[i].line.number, "t": merged[i].line.text, "f": fs, "s": segs,
                        "forced": splitter.forced(i) ?? "", "st": "\(merged[i].standing)",
                    ])
                }
                let o: [String: Any] = [
                    "file": f, "page": pageFeatures, "topic": OpeningPost.sign(in: merged.prefix(6).map(\.line.text)) != nil,
                    "rows": rows,
                ]
                print(String(decoding: try JSONSerialization.data(withJSONObject: o), as: UTF8.self))
            }
        }
    }
}
