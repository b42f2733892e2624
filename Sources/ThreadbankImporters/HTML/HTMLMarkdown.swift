// From HTML, as forums and mails hold it, to Markdown.

internal import ThreadbankCore

/// The one converter that all importers share.
///
/// ```swift
/// try HTMLMarkdown.markdown(of: "Is 2 &lt; 3?<p>See <a href=\"https://a.example/b\">here</a>")
/// // Is 2 < 3?
/// //
/// // See [here](https://a.example/b)
/// ```
enum HTMLMarkdown {
    /// The Markdown of a fragment or a whole page: paragraphs, lists, quotes, code, links, tables. Visible text is never lost, and
    /// no tag comes through; text that Markdown would take for markup is escaped, and no more than that. The same HTML always gives
    /// the same Markdown, of a length that grows with it.
    ///
    /// - parameter isTyped: whether `>`, `-`, `*` and numbers at the start of a line were typed as quotes and lists, as on pages
    ///   that know no elements for them. They are then left as they are.
    /// - throws: ``ImportError`` where libxml2 is not installed.
    static func markdown(of html: String, isTyped: Bool = false) throws(ImportError) -> String {
        if !html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") || $0 == 0 }) {
            return String(decoding: MarkdownBuilder.markdown(ofText: Array(html.utf8), isTyped: isTyped), as: UTF8.self)
        }
        var parts: [[UInt8]] = []
        for piece in HTMLRepair.pieces(of: html) {
            let part = MarkdownBuilder.markdown(of: try HTMLReader.read(piece), isTyped: isTyped)
            if !part.isEmpty { parts.append(part) }
        }
        return String(decoding: Array(parts.joined(separator: [0x0A, 0x0A])), as: UTF8.self)
    }
}

/// Plain text from HTML, for titles and names.
enum HTMLText {
    /// The text without tags, entities decoded, white space collapsed: one line.
    ///
    /// - throws: ``ImportError`` where libxml2 is not installed.
    static func plain(of html: String) throws(ImportError) -> String {
        guard html.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") || $0 < 0x20 }) else { return html }
        var leaf = MarkdownLeaf()
        for piece in HTMLRepair.pieces(of: html) {
            let page = try HTMLReader.read(piece)
            for event in page.events {
                switch event {
                case .text(let range): leaf.add(page.text[range])
                case .open(let tag, _), .close(let tag): if tag.isBlock || tag == .lineBreak { leaf.add([0x20]) }
                }
            }
        }
        return String(decoding: leaf.bytes, as: UTF8.self)
    }

    /// The same for text in which no tags are written, only entities: `<dialog> &amp; more` keeps its brackets.
    static func decodingEntities(_ text: String) throws(ImportError) -> String {
        text.utf8.contains(UInt8(ascii: "&")) ? try plain(of: text.replacing("<", with: "&lt;")) : text
    }
}
