// Cuts a page with header lines into posts: each header opens one.

/// What the page's header lines make of it.
enum HeaderSplitter {
    /// The header lines of a page by their index; empty where the page has none, or where the few that look so are sentences.
    static func headers(in lines: [MergedLine]) -> [Int: HeaderLine] {
        var headers: [Int: HeaderLine] = [:]
        var wrote: [Int] = []
        for (index, line) in lines.enumerated() {
            guard line.line.quoteDepth == 0, let header = HeaderLine(line.line.text) else { continue }
            // "On DATE, NAME wrote:" above a quotation says whom the post quotes.
            let isAttribution = index + 1 < lines.count && lines[index + 1].line.quoteDepth > 0
            if header.form != .dated, isAttribution { continue }
            if header.form == .wrote { wrote.append(index) }
            headers[index] = header
        }
        // "As Marx wrote:" in one place is a sentence; a page that is built so begins so, or does it again.
        let named = Set(wrote.map { headers[$0]?.author })
        if wrote.count == 1 || named.count == 1, wrote.first != 0 { for index in wrote { headers[index] = nil } }
        let others = headers.values.filter { $0.form != .wrote }.count
        if headers.count == 1, others == 1, headers[0] == nil, lines.count > 2 { return [:] }
        return headers
    }

    static func posts(_ lines: [MergedLine], headers: [Int: HeaderLine], furniture: inout [PageFurniture]) -> [PostDraft] {
        var posts: [PostDraft] = []
        var isBehindChrome = false
        for (index, line) in lines.enumerated() {
            if let header = headers[index] {
                furniture += Self.furniture(line, .header)
                posts.append(PostDraft(header: header, indent: line.line.indent))
                isBehindChrome = false
            } else if headers[index + 1] != nil && ChromeLine.isRule(line.line.text)
                || ChromeLine.isChrome(line.line.text) && !isText(line, in: posts.last)
            {
                furniture += Self.furniture(line, .chrome)
                isBehindChrome = true
            } else if posts.isEmpty {
                posts.append(PostDraft(lines: [line], indent: line.line.indent))
            } else if isBehindChrome, posts[posts.count - 1].header != nil, !posts[posts.count - 1].lines.isEmpty {
                let boundary = RecoveredBoundary(
                    basis: "header", confidence: 0.5,
                    evidence: "stands under the buttons of the post above, without a header of its own")
                posts.append(PostDraft(lines: [line], boundary: boundary, indent: line.line.indent))
                isBehindChrome = false
            } else {
                posts[posts.count - 1].lines.append(line)
            }
        }
        return posts
    }

    private static func furniture(_ line: MergedLine, _ kind: PageFurniture.Kind) -> [PageFurniture] {
        ([line.line.number] + line.repeats).map { PageFurniture(line: $0, kind: kind) }
    }

    /// A post whose only words are a button's: what stands right under its header is its text.
    private static func isText(_ line: MergedLine, in post: PostDraft?) -> Bool {
        guard let post, post.header != nil, post.lines.isEmpty else { return false }
        // "Reply" alone there is the button of a post without text.
        return PageWords.words(of: line.line.text, limit: 3).count > 1
    }
}
