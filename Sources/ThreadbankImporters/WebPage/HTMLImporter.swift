// The importer of web pages: saved ones, and archives of many.

internal import ThreadbankCore

/// Reads pages that show a discussion: what they say for machines, then the layouts that are known, then whatever repeats, and at last
/// their bare text. MHTML and WARC files are read page by page.
struct HTMLImporter: Importer {
    let name = "html"
    let version = 3
    let summary = "saved web pages of forums and lists, MHTML, and WARC archives of pages"
    let recognises = "an HTML document, a mail of one that a browser saved, or WARC/1 at its start"

    func recognises(_ probe: InputProbe) -> Bool { WebForm(probe) != nil }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        guard let (start, first) = try Self.start(of: input) else { return }
        let pages = WebPages(input: input, sink: sink)
        switch start {
        case .warc:
            try input.restart()
            var reader = WARCReader(input)
            try reader.read(pages)
        case .mhtml, .page:
            var bytes = first
            // Grown by doubling, a long page would take twice its room.
            bytes.reserveCapacity(min(input.byteCount ?? 0, WebPages.longest))
            while let chunk = try Self.next(of: input, after: bytes) {
                bytes += chunk
                guard bytes.count <= WebPages.longest else {
                    return sink.reject(ImportDiagnostic(at: .byte(0), "page too long", detail: "over \(WebPages.longest) bytes"))
                }
            }
            if start == .mhtml { return try MHTML.read(bytes, input, pages) }
            if bytes.allSatisfy({ $0 <= 0x20 }) { return }
            try pages.read(WebCapture(bytes: bytes, key: input.key))
        }
    }

    /// The next bytes of an input; nil also where it breaks off behind what is good. Its failure says why.
    private static func next(of input: any ImportInput, after bytes: [UInt8]) throws -> [UInt8]? {
        do {
            return try input.next()
        } catch let error as ImportError {
            if bytes.isEmpty || input.failure == nil { throw error }
            return nil
        }
    }

    /// The form of an input, by its first chunks, and these; nil for an empty one.
    private static func start(of input: any ImportInput) throws -> (WebForm, [UInt8])? {
        var first: [UInt8] = []
        while first.count < 1 << 16, let chunk = try next(of: input, after: first) { first += chunk }
        if first.isEmpty { return nil }
        let probe = InputProbe(fileName: input.name, head: Array(first.prefix(1 << 16)), isNamed: true)
        return (WebForm(probe) ?? .page, first)
    }
}

/// Which kind of file with pages an input is.
enum WebForm {
    case page, mhtml, warc

    init?(_ probe: InputProbe) {
        let head = probe.head.drop { $0 <= 0x20 || $0 == 0xEF || $0 == 0xBB || $0 == 0xBF }
        if head.starts(with: "WARC/1.".utf8) || head.starts(with: "WARC/0.1".utf8) {
            self = .warc
        } else if Self.isMHTML(head, probe.fileExtension) {
            self = .mhtml
        } else if Self.isPage(probe) {
            self = .page
        } else {
            return nil
        }
    }

    /// Headers of a mail whose parts belong together, saved by a browser.
    static func isMHTML(_ head: ArraySlice<UInt8>, _ fileExtension: String) -> Bool {
        guard let first = head.first, (0x41...0x5A).contains(first & 0xDF) else { return false }
        let headers = String(decoding: head.prefix(MailBytes.headersEnd(head) - head.startIndex).prefix(8000), as: UTF8.self)
            .lowercased()
        guard headers.contains("multipart/related") else { return false }
        return ["mht", "mhtml"].contains(fileExtension) || headers.contains("snapshot-content-location:")
            || headers.contains("saved by ")
    }

    /// A document in UTF-16 begins with its mark; all others with markup, and with an element that only HTML has.
    private static func isPage(_ probe: InputProbe) -> Bool {
        if probe.head.starts(with: [0xFF, 0xFE, 0x3C, 0x00]) || probe.head.starts(with: [0xFE, 0xFF, 0x00, 0x3C]) {
            return true
        }
        guard probe.firstByte == UInt8(ascii: "<") else { return false }
        let text = String(decoding: probe.head.prefix(1 << 14), as: UTF8.self).lowercased()
        var rest = Substring(text).drop { $0 != "<" }
        while rest.hasPrefix("<!--") || rest.hasPrefix("<?") || rest.hasPrefix("<!") {
            if rest.hasPrefix("<!doctype html") { return true }
            let end = rest.hasPrefix("<!--") ? "-->" : ">"
            guard let found = rest.firstRange(of: end) else { return false }
            rest = rest[found.upperBound...].drop { $0 != "<" }
        }
        let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber }
        if ["html", "head", "body", "title", "meta"].contains(name) { return true }
        let isNamed = ["html", "htm", "xhtml", "shtml"].contains(probe.fileExtension)
        return ["div", "table", "article", "section", "ul", "ol", "p", "h1", "h2", "h3", "span", "main", "tr"].contains(name)
            && (isNamed || probe.isNamed)
    }
}
