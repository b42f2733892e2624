// Markdown as HTML that cannot harm its reader, by cmark-gfm (github.com/github/cmark-gfm).

internal import CMarkGFM

/// Renders what somebody posted as Markdown. Whatever the text holds, the HTML has no scripts, no elements of the post's own, no
/// address but of the web and of mail, and loads nothing: pictures become links, raw HTML is shown as the text that it is.
///
/// ```swift
/// MarkdownHTML.html("*so* <b>") == "<p><em>so</em> &lt;b&gt;</p>\n"
/// ```
///
/// Time stays in proportion to the length: cmark-gfm has inputs whose cost grows with the square, so a long text is rendered part by
/// part, and a part that would be too much is shown as plain text.
public enum MarkdownHTML {
    /// Bytes of a part.
    private static let longestPart = 16_384
    /// Cells that the tables of a part could have, and elements within each other.
    private static let mostCells = 20_000
    private static let deepest = 100

    public static func html(_ markdown: String) -> String {
        // U+0000 becomes U+FFFD by the escaping; other controls are no Markdown either.
        parts(Array(markdown.utf8)).map { rendered($0) ?? PlainHTML.html(String(decoding: $0, as: UTF8.self)) }.joined()
    }

    /// Cuts at empty lines, but for those in code and lists, wherever a part would become too long.
    private static func parts(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        guard bytes.count > longestPart else { return [bytes[...]] }
        var parts: [ArraySlice<UInt8>] = []
        var (start, cut, position) = (0, 0, 0)
        var isFenced = false
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
            let line = bytes[position..<end].drop { $0 == 0x20 }
            if line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8) { isFenced.toggle() }
            let next = min(end + 1, bytes.count)
            if line.isEmpty, !isFenced, next < bytes.count, bytes[next] != 0x20, bytes[next] != 0x09 { cut = next }
            if next - start > longestPart, cut > start {
                parts.append(bytes[start..<cut])
                start = cut
            }
            position = next
        }
        parts.append(bytes[start...])
        return parts
    }

    /// nil where it would cost too much.
    private static func rendered(_ part: ArraySlice<UInt8>) -> String? {
        guard part.count <= 2 * longestPart, cells(part) <= mostCells, let parser = cmark_parser_new(CMARK_OPT_DEFAULT) else {
            return nil
        }
        defer { cmark_parser_free(parser) }
        for name in extensions {
            if let found = cmark_find_syntax_extension(name) { cmark_parser_attach_syntax_extension(parser, found) }
        }
        part.withUnsafeBytes { cmark_parser_feed(parser, $0.bindMemory(to: CChar.self).baseAddress, $0.count) }
        guard let document = cmark_parser_finish(parser) else { return nil }
        defer { cmark_node_free(document) }
        guard makeSafe(document) else { return nil }
        let options = CMARK_OPT_DEFAULT | CMARK_OPT_HARDBREAKS
        guard let html = cmark_render_html(document, options, cmark_parser_get_syntax_extensions(parser)) else { return nil }
        defer { cmark_get_default_mem_allocator().pointee.free(html) }
        return String(cString: html).withoutControls
    }

    private static func cells(_ part: ArraySlice<UInt8>) -> Int {
        var (lines, pipes, most) = (1, 0, 0)
        for byte in part {
            if byte == 0x0A {
                (lines, pipes) = (lines + 1, 0)
            } else if byte == UInt8(ascii: "|") {
                pipes += 1
                most = max(most, pipes)
            }
        }
        return most * lines
    }

    private static let extensions: [String] = {
        cmark_gfm_core_extensions_ensure_registered()
        return ["table", "strikethrough", "autolink", "tasklist"]
    }()

    /// Changes the tree so that nothing of it can run or load. False where elements stand too deep in each other.
    private static func makeSafe(_ document: OpaquePointer) -> Bool {
        var found: [OpaquePointer] = []
        guard let walk = cmark_iter_new(document) else { return false }
        var depth = 0
        var event = cmark_iter_next(walk)
        while event != CMARK_EVENT_DONE {
            if let node = cmark_iter_get_node(walk) {
                // Leaves are entered and never left.
                let isLeaf = cmark_node_first_child(node) == nil
                if event == CMARK_EVENT_ENTER {
                    if !isLeaf { depth += 1 }
                    let type = cmark_node_get_type(node)
                    if [CMARK_NODE_HTML_INLINE, CMARK_NODE_HTML_BLOCK, CMARK_NODE_IMAGE, CMARK_NODE_LINK].contains(type) {
                        found.append(node)
                    }
                } else if !isLeaf {
                    depth -= 1
                }
            }
            if depth > deepest { break }
            event = cmark_iter_next(walk)
        }
        cmark_iter_free(walk)
        guard depth <= deepest else { return false }
        for node in found {
            switch cmark_node_get_type(node) {
            case CMARK_NODE_HTML_INLINE: replace(node, with: CMARK_NODE_TEXT, literal: true)
            case CMARK_NODE_HTML_BLOCK: replace(node, with: CMARK_NODE_CODE_BLOCK, literal: true)
            default:
                // A picture would be loaded from elsewhere, which tells its place who reads.
                let isLink = cmark_node_get_url(node).map { String(cString: $0).isSafeLink } ?? false
                if !isLink || isInLink(node) {
                    unwrap(node)
                } else if cmark_node_get_type(node) == CMARK_NODE_IMAGE {
                    replace(node, with: CMARK_NODE_LINK, literal: false)
                }
            }
        }
        return true
    }

    private static func isInLink(_ node: OpaquePointer) -> Bool {
        var parent = cmark_node_parent(node)
        while let above = parent {
            if cmark_node_get_type(above) == CMARK_NODE_LINK || cmark_node_get_type(above) == CMARK_NODE_IMAGE { return true }
            parent = cmark_node_parent(above)
        }
        return false
    }

    private static func replace(_ node: OpaquePointer, with type: cmark_node_type, literal: Bool) {
        guard let new = cmark_node_new(type) else { return }
        if literal {
            cmark_node_set_literal(new, cmark_node_get_literal(node))
        } else {
            cmark_node_set_url(new, cmark_node_get_url(node))
            if cmark_node_first_child(node) == nil, let name = cmark_node_new(CMARK_NODE_TEXT) {
                cmark_node_set_literal(name, cmark_node_get_url(node))
                cmark_node_append_child(new, name)
            }
            while let child = cmark_node_first_child(node) { cmark_node_append_child(new, child) }
        }
        cmark_node_replace(node, new)
        cmark_node_free(node)
    }

    /// Puts what stands in a node in its place.
    private static func unwrap(_ node: OpaquePointer) {
        while let child = cmark_node_first_child(node) {
            guard cmark_node_insert_before(node, child) != 0 else { return cmark_node_unlink(child) }
        }
        cmark_node_unlink(node)
        cmark_node_free(node)
    }
}

extension String {
    /// Without what HTML forbids; cmark-gfm lets control characters through.
    fileprivate var withoutControls: String {
        if utf8.allSatisfy({ ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x0A }) { return self }
        var clean = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0x09, 0x0A: clean.append(scalar)
            case 0..<0x20, 0x7F..<0xA0: clean.append("\u{FFFD}")
            default: clean.append(scalar)
            }
        }
        return String(clean)
    }
}
