// What a message shows: the text that people read, and what it carries beside it.

internal import CGMime
internal import ThreadbankCore

/// Walks the parts of a message and chooses what is its text.
///
/// Plain text is preferred where a message brings both; text parts beside each other are joined. What is no text, or is marked as an
/// attachment, is listed with its name, type and size.
struct MailContent {
    /// nil where the message is encrypted.
    private(set) var body: String?
    private(set) var markup: Markup = .plain
    private(set) var attachments: [Attachment] = []
    /// The messages of a digest.
    private(set) var digest: [OpaquePointer] = []

    private var isEncrypted = false
    private let mime: GMime
    private static let deepest = 64

    private struct Piece {
        var text: String
        var isHTML: Bool
    }

    /// - throws: ``ImportError`` where a part is HTML and libxml2 is not installed.
    init(_ mime: GMime, message: OpaquePointer) throws {
        self.mime = mime
        guard let part = mime.call.g_mime_message_get_mime_part(message) else {
            body = ""
            return
        }
        let pieces = try visit(part, depth: 0)
        if pieces.isEmpty, isEncrypted { return }
        markup = pieces.first { !Self.isBlank($0.text) }?.isHTML == true ? .markdown : .plain
        body = Self.joined(pieces.map(\.text))
    }

    private mutating func visit(_ part: OpaquePointer, depth: Int) throws -> [Piece] {
        let type = MediaType(mime, of: part)
        if depth > Self.deepest {
            attachments.append(Attachment(name: nil, type: type.name))
            return []
        }
        if mime.isKind(part, mime.call.g_mime_multipart_get_type()) { return try multipart(part, type, depth: depth) }
        if mime.isKind(part, mime.call.g_mime_message_part_get_type()) {
            embedded(part, type)
            return []
        }
        guard mime.isKind(part, mime.call.g_mime_part_get_type()) else { return [] }
        let fileName = mime.call.g_mime_part_get_filename(part).flatMap { MailHeaders.collapsed(String(cString: $0)) }
        guard type.isText, disposition(of: part) != "attachment" else {
            if type.subtype.hasSuffix("pkcs7-mime") { isEncrypted = true }
            attachments.append(Attachment(name: fileName, type: type.name, size: decoded(part) { Int64($0.count) }))
            return []
        }
        guard let text = decoded(part, { MailCharset.text($0, charset: type.parameter("charset")) }) else { return [] }
        if type.subtype == "html" {
            return [Piece(text: Self.isBlank(text) ? "" : try HTMLMarkdown.markdown(of: text), isHTML: true)]
        }
        let lines = Self.withoutReturns(text)
        let isFlowed = type.parameter("format")?.lowercased() == "flowed"
        let deletesSpace = type.parameter("delsp")?.lowercased() == "yes"
        return [Piece(text: isFlowed ? FlowedText.unfold(lines, deletesSpace: deletesSpace) : lines, isHTML: false)]
    }

    private mutating func multipart(_ part: OpaquePointer, _ type: MediaType, depth: Int) throws -> [Piece] {
        let count = max(0, min(mime.call.g_mime_multipart_get_count(part), 10_000))
        let children = (0..<count).compactMap { mime.call.g_mime_multipart_get_part(part, $0) }
        switch type.subtype {
        case "alternative":
            return try alternative(children, depth: depth)
        case "encrypted":
            isEncrypted = true
            attachments.append(Attachment(name: nil, type: type.name, size: size(of: part)))
            return []
        case "signed":
            // The second part is the signature.
            return try children.first.map { try visit($0, depth: depth + 1) } ?? []
        case "digest":
            for child in children where mime.isKind(child, mime.call.g_mime_message_part_get_type()) {
                if let message = mime.call.g_mime_message_part_get_message(child) { digest.append(message) }
            }
            return try children.filter { !mime.isKind($0, mime.call.g_mime_message_part_get_type()) }
                .flatMap { try visit($0, depth: depth + 1) }
        default:
            return try children.flatMap { try visit($0, depth: depth + 1) }
        }
    }

    /// The plain one of several forms of a text, else the last that is a text.
    private mutating func alternative(_ children: [OpaquePointer], depth: Int) throws -> [Piece] {
        var plain: [Piece]?
        var rich: [Piece]?
        for child in children {
            // A form that is not chosen is not converted either.
            if plain != nil, isHTML(child) { continue }
            let pieces = try visit(child, depth: depth + 1)
            guard pieces.contains(where: { !Self.isBlank($0.text) }) else { continue }
            if pieces.contains(where: \.isHTML) { rich = pieces } else { plain = plain ?? pieces }
        }
        return plain ?? rich ?? []
    }

    private func isHTML(_ part: OpaquePointer) -> Bool { MediaType(mime, of: part).name == "text/html" }

    /// A message within the message is listed, not read: it is another post.
    private mutating func embedded(_ part: OpaquePointer, _ type: MediaType) {
        let subject = mime.call.g_mime_message_part_get_message(part).flatMap { MailHeaders(mime, of: $0).text("Subject") }
        attachments.append(Attachment(name: subject, type: type.name, size: size(of: part)))
    }

    private func disposition(of part: OpaquePointer) -> String? {
        mime.call.g_mime_object_get_disposition(part).map { String(cString: $0).lowercased() }
    }

    /// Calls `body` with the part's bytes, their transfer encoding undone as far as it can be.
    private func decoded<Result>(_ part: OpaquePointer, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        guard let content = mime.call.g_mime_part_get_content(part), let stream = mime.call.g_mime_stream_mem_new() else {
            return nil
        }
        defer { mime.release(stream) }
        _ = mime.call.g_mime_data_wrapper_write_to_stream(content, stream)
        guard let bytes = mime.call.g_mime_stream_mem_get_byte_array(stream)?.pointee else { return nil }
        return body(UnsafeBufferPointer(start: bytes.data, count: Int(bytes.len)))
    }

    /// The bytes of a part as they stand in the message.
    private func size(of part: OpaquePointer) -> Int64? {
        guard let stream = mime.call.g_mime_stream_null_new() else { return nil }
        defer { mime.release(stream) }
        let size = mime.call.g_mime_object_write_to_stream(part, nil, stream)
        return size < 0 ? nil : Int64(size)
    }
}

extension MailContent {
    static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }

    private static func withoutReturns(_ text: String) -> String {
        guard text.holds(byte: 0x0D) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 {
            if byte == 0x0A, bytes.last == 0x0D { bytes.removeLast() }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The pieces with a blank line between, without the blank lines around them, which depend on the file that a mail stands in.
    private static func joined(_ texts: [String]) -> String {
        texts.compactMap { text -> String? in
            var view = text[...].utf8
            while let last = view.last, last <= 0x20, last == 0x20 || (0x09...0x0D).contains(last) { view.removeLast() }
            // Of the start only whole blank lines go: an indent may mean something.
            while let end = view.firstIndex(of: 0x0A), view[..<end].allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
                view = view[view.index(after: end)...]
            }
            return view.isEmpty ? nil : String(decoding: view, as: UTF8.self)
        }.joined(separator: "\n\n")
    }
}

/// The media type of a part, and its parameters.
struct MediaType {
    /// Lower case, `text/plain` where none is said.
    let name: String
    let subtype: String
    private let mime: GMime
    private let type: OpaquePointer?

    init(_ mime: GMime, of part: OpaquePointer) {
        self.mime = mime
        type = mime.call.g_mime_object_get_content_type(part)
        let media = type.flatMap { mime.call.g_mime_content_type_get_media_type($0) }.map { String(cString: $0).lowercased() }
        let sub = type.flatMap { mime.call.g_mime_content_type_get_media_subtype($0) }.map { String(cString: $0).lowercased() }
        // Old mail says "text" and no more, which GMime takes for bytes that nobody knows.
        let isBare = sub == "octet-stream" && !(MailHeaders(mime, of: part).value("Content-Type")?.contains("/") ?? true)
        subtype = isBare ? "plain" : sub ?? "plain"
        name = (isBare ? "text" : media ?? "text") + "/" + subtype
    }

    func parameter(_ name: String) -> String? {
        type.flatMap { mime.call.g_mime_content_type_get_parameter($0, name) }.map { String(cString: $0) }
    }

    /// Whether people read it as it is: plain text, patches, HTML; but no calendars, cards and style sheets.
    var isText: Bool {
        name.hasPrefix("text/")
            && !["calendar", "css", "directory", "javascript", "rtf", "vcard", "x-moz-deleted", "x-vcard", "x-vcalendar", "xml"]
                .contains(subtype)
    }
}
