// The elements that matter to the Markdown of a page.

/// An element, as far as it shapes the text. Whatever is not named here is `other`: its content counts, it does not.
enum HTMLTag: Sendable {
    case anchor, bold, italic, struck, code, image, lineBreak, quotation
    case paragraph, division, heading1, heading2, heading3, heading4, heading5, heading6, blockquote, preformatted, rule
    case unorderedList, orderedList, item, term, definition, summary
    case table, row, cell, headerCell, caption
    case unseen, other

    private static let names: [String: HTMLTag] = [
        "a": .anchor, "b": .bold, "strong": .bold, "i": .italic, "em": .italic, "cite": .italic, "dfn": .italic, "var": .italic,
        "del": .struck, "s": .struck, "strike": .struck, "code": .code, "tt": .code, "kbd": .code, "samp": .code,
        "img": .image, "br": .lineBreak, "q": .quotation,
        "p": .paragraph, "address": .paragraph, "article": .paragraph, "aside": .paragraph, "center": .paragraph,
        "details": .paragraph, "dl": .paragraph, "fieldset": .paragraph, "figcaption": .paragraph, "figure": .paragraph,
        "footer": .paragraph, "form": .paragraph, "header": .paragraph, "main": .paragraph, "nav": .paragraph,
        "section": .paragraph,
        "div": .division, "legend": .division, "option": .division, "optgroup": .division, "body": .division, "html": .division,
        "h1": .heading1, "h2": .heading2, "h3": .heading3, "h4": .heading4, "h5": .heading5, "h6": .heading6,
        "blockquote": .blockquote, "pre": .preformatted, "listing": .preformatted, "xmp": .preformatted, "hr": .rule,
        "ul": .unorderedList, "menu": .unorderedList, "dir": .unorderedList, "ol": .orderedList, "li": .item, "dt": .term,
        "dd": .definition, "summary": .summary,
        "table": .table, "tr": .row, "td": .cell, "th": .headerCell, "caption": .caption,
        "script": .unseen, "style": .unseen, "template": .unseen, "noscript": .unseen, "title": .unseen,
    ]

    /// The same by the first eight letters, packed into a number, and the length.
    private static let packed: [UInt64: HTMLTag] = Dictionary(
        names.map { (pack(Array($0.key.utf8)), $0.value) }, uniquingKeysWith: { first, _ in first })

    /// The element of that lower-case name.
    init(_ name: some Collection<UInt8>) { self = Self.packed[Self.pack(name)] ?? .other }

    private static func pack(_ name: some Collection<UInt8>) -> UInt64 {
        var (key, length): (UInt64, UInt64) = (0, 0)
        for byte in name {
            if length < 7 { key = key << 8 | UInt64(byte) }
            length += 1
        }
        return key << 8 | min(length, 255)
    }

    var headingLevel: Int? {
        switch self {
        case .heading1: 1
        case .heading2: 2
        case .heading3: 3
        case .heading4: 4
        case .heading5: 5
        case .heading6: 6
        default: nil
        }
    }

    /// Whether it stands apart from the text around it.
    var isBlock: Bool {
        switch self {
        case .anchor, .bold, .italic, .struck, .code, .image, .lineBreak, .quotation, .other, .unseen: false
        default: true
        }
    }
}

/// What an element's attributes tell, as far as it is used.
struct HTMLAttributes {
    /// `href` or `src`.
    var address: String?
    var alternative: String?
    var classes = ""
    /// `start` of a list, `value` of an item.
    var number: Int?
    /// Whether an image measures a point or none: it counts readers, it shows nothing.
    var isDot = false
    /// Whether a table says that it only lays things out.
    var isPresentation = false
}

/// A page as a list: what opens, what closes, and the text between, in order. Opening and closing are balanced.
struct HTMLEvents {
    enum Event {
        /// An element, and the place of its attributes; -1 where it has none of use.
        case open(HTMLTag, Int)
        case close(HTMLTag)
        case text(Range<Int>)
    }

    var events: [Event] = []
    /// All text, entities decoded.
    var text: [UInt8] = []
    var attributes: [HTMLAttributes] = []
}
