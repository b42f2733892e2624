// Quotations in Discourse's raw text as Markdown, as its HTML shows them.

internal import Foundation

/// Discourse's own text is Markdown, but for its quotations: `[quote="ann, post:3, topic:42"]` … `[/quote]`. Every other reader of Markdown,
/// and whoever searches what an author wrote, knows them as lines that begin with `>`. Which post is quoted is kept as a tie.
enum DiscourseBBCode {
    /// The text with its quotations as Markdown, one in another too. What is not closed, or stands in a block of code, is text.
    static func markdown(_ raw: String) -> String {
        guard raw.utf8.contains(UInt8(ascii: "[")), raw.range(of: "[quote", options: .caseInsensitive) != nil else { return raw }
        let marks = matched(marks(in: Array(raw.utf8)))
        if marks.isEmpty { return raw }
        let bytes = Array(raw.utf8)
        var out: [String] = []
        var (depth, at) = (0, 0)
        func add(_ text: String) {
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { $0.last == "\r" ? $0.dropLast() : $0 }
            let body = Array(lines.drop(while: isBlank).reversed().drop(while: isBlank).reversed())
            if body.isEmpty { return }
            let prefix = String(repeating: "> ", count: depth)
            if !out.isEmpty { out.append(String(repeating: ">", count: min(depth, depthBefore))) }
            out += body.map { isBlank($0) ? String(repeating: ">", count: depth) : prefix + $0 }
            depthBefore = depth
        }
        var depthBefore = 0
        for mark in marks {
            add(String(decoding: bytes[at..<mark.range.lowerBound], as: UTF8.self))
            at = mark.range.upperBound
            if mark.opens {
                if let name = mark.name { add(name + ":") }
                depth += 1
            } else {
                depth -= 1
            }
        }
        add(String(decoding: bytes[at...], as: UTF8.self))
        return out.joined(separator: "\n")
    }

    private struct Mark {
        var range: Range<Int>
        var opens: Bool
        var name: String?
    }

    private static func isBlank(_ line: some StringProtocol) -> Bool { line.allSatisfy(\.isWhitespace) }

    /// The marks outside blocks of code, in order.
    private static func marks(in bytes: [UInt8]) -> [Mark] {
        var marks: [Mark] = []
        var (start, isFenced) = (0, false)
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            let text = bytes[start..<end].drop { $0 == 0x20 }
            if text.starts(with: "```".utf8) || text.starts(with: "~~~".utf8) { isFenced.toggle() }
            if !isFenced {
                var at = start
                while let open = bytes[at..<end].firstIndex(of: UInt8(ascii: "[")) {
                    let mark = mark(bytes[open..<end])
                    if let mark { marks.append(mark) }
                    at = mark?.range.upperBound ?? open + 1
                }
            }
            start = end + 1
        }
        return marks
    }

    /// The mark at the start of some bytes.
    private static func mark(_ bytes: ArraySlice<UInt8>) -> Mark? {
        let word = String(decoding: bytes.prefix(8), as: UTF8.self).lowercased()
        if word == "[/quote]" { return Mark(range: bytes.startIndex..<bytes.startIndex + 8, opens: false) }
        guard word.hasPrefix("[quote"), let end = bytes.prefix(400).firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let inner = bytes[(bytes.startIndex + 6)..<end]
        guard inner.isEmpty || inner.first == UInt8(ascii: "=") else { return nil }
        let value = String(decoding: inner.dropFirst(), as: UTF8.self).filter { !"\"“”".contains($0) }
        let name = value.split(separator: ",").first.map { $0.trimmingPrefix { $0 == " " } }.flatMap {
            $0.isEmpty ? nil : String($0)
        }
        return Mark(range: bytes.startIndex..<end + 1, opens: true, name: name)
    }

    /// Those that have their counterpart.
    private static func matched(_ marks: [Mark]) -> [Mark] {
        var (open, isMatched) = ([Int](), [Bool](repeating: false, count: marks.count))
        for (index, mark) in marks.enumerated() {
            if mark.opens {
                open.append(index)
            } else if let start = open.popLast() {
                (isMatched[start], isMatched[index]) = (true, true)
            }
        }
        return zip(marks, isMatched).filter(\.1).map(\.0)
    }
}
