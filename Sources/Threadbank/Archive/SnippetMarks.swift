// Cuts FTS5's snippets into pieces, whatever characters a post holds.

internal import ThreadbankCore

/// What FTS5 puts around each hit of a snippet. No post can hold it: part of it is drawn anew for each search.
struct SnippetMarks {
    let start: String
    let end: String

    init() {
        let secret = String(UInt64.random(in: .min ... .max), radix: 36)
        self.start = "\u{1}\(secret)\u{1}"
        self.end = "\u{2}\(secret)\u{2}"
    }

    /// The pieces of a snippet; none for nil and for an empty text.
    func pieces(_ snippet: String?) -> [SearchHit.Piece] {
        guard let snippet, !snippet.isEmpty else { return [] }
        let bytes = Array(snippet.utf8)
        let marks = (Array(start.utf8), Array(end.utf8))
        var pieces: [SearchHit.Piece] = []
        var isHit = false
        var from = 0
        func add(_ range: Range<Int>) {
            if !range.isEmpty { pieces.append(SearchHit.Piece(String(decoding: bytes[range], as: UTF8.self), isHit: isHit)) }
        }
        var position = 0
        while position < bytes.count {
            let mark = isHit ? marks.1 : marks.0
            if bytes[position] == mark[0], bytes[position...].starts(with: mark) {
                add(from..<position)
                isHit.toggle()
                position += mark.count
                from = position
            } else {
                position += 1
            }
        }
        add(from..<bytes.count)
        return pieces
    }

    /// The pieces of a part that was cut out of a marked text without regard to marks and words; none for nil.
    func excerpt(_ text: String?) -> [SearchHit.Piece] {
        guard let text, !text.isEmpty else { return [] }
        var bytes = Array(text.utf8)
        let mark = max(start.utf8.count, end.utf8.count)
        // A mark that the cut went through ends in nothing.
        if let last = bytes.lastIndex(where: { $0 == 1 || $0 == 2 }), bytes.count - last < mark {
            let isWhole =
                bytes[..<(last + 1)].suffix(mark).elementsEqual(start.utf8) || bytes.suffix(mark).elementsEqual(end.utf8)
            if !isWhole { bytes.removeSubrange(last...) }
        }
        return [SearchHit.Piece("…")] + pieces(String(decoding: bytes, as: UTF8.self)) + [SearchHit.Piece("…")]
    }

    /// About 160 characters of a text's beginning, cut between words where there are words.
    static func beginning(of text: String?) -> [SearchHit.Piece] {
        guard let text, !text.isEmpty else { return [] }
        guard let end = text.index(text.startIndex, offsetBy: 160, limitedBy: text.endIndex), end < text.endIndex else {
            return [SearchHit.Piece(text)]
        }
        let head = text[..<end]
        let cut = head.lastIndex(where: \.isWhitespace).map { head[..<$0] } ?? head
        return [SearchHit.Piece((cut.count > 80 ? cut : head) + "…")]
    }
}
