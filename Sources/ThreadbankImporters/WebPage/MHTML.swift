// MHTML: a page and what belongs to it in one mail, as browsers save it.

internal import CGMime
internal import ThreadbankCore

enum MHTML {
    /// Reads the pages among the parts of a mail; pictures, styles and scripts are passed over. `Content-Location` is the address of each.
    ///
    /// - throws: ``ImportError`` where GMime is not installed.
    static func read(_ bytes: [UInt8], _ input: any ImportInput, _ pages: WebPages) throws {
        let mime = try GMime.load()
        var captures: [WebCapture] = []
        do {
            try mime.withMessage(MailBytes.cleaned(bytes[...])) { message in
                let headers = MailHeaders(mime, of: message)
                let date = headers.date("Date")
                let url = headers.value("Snapshot-Content-Location") ?? headers.value("Content-Location")
                guard let part = mime.call.g_mime_message_get_mime_part(message) else { return }
                // The parts that wait, the next one last; nested mails nest no deeper than a few hundred.
                var waiting = [part]
                while let next = waiting.popLast(), captures.count < 1000 {
                    if mime.isKind(next, mime.call.g_mime_multipart_get_type()) {
                        let count = max(0, min(mime.call.g_mime_multipart_get_count(next), 10_000))
                        waiting += (0..<count).reversed().compactMap { mime.call.g_mime_multipart_get_part(next, $0) }
                        continue
                    }
                    let type = MediaType(mime, of: next)
                    guard type.name == "text/html" || type.name == "application/xhtml+xml", let html = decoded(next, mime) else {
                        continue
                    }
                    let own = MailHeaders(mime, of: next).value("Content-Location")
                    captures.append(
                        WebCapture(
                            bytes: html, url: own.flatMap { WebAddress($0) == nil ? nil : $0 } ?? (captures.isEmpty ? url : nil),
                            capturedAt: date, charset: type.parameter("charset"), key: input.key))
                }
            }
        } catch let refusal as MailRefusal {
            return pages.sink.reject(ImportDiagnostic(at: .byte(0), "no page", detail: refusal.reason))
        }
        guard let first = captures.first else {
            return pages.sink.reject(ImportDiagnostic(at: .byte(0), "no page", detail: "none of its parts is HTML"))
        }
        // Beside the page itself there are the frames in it: advertisements, buttons.
        try pages.read(first)
        for other in captures.dropFirst() where other.url != nil && other.url != first.url {
            try pages.read(other, isFrame: true)
        }
    }

    /// The bytes of a part, its transfer encoding undone.
    private static func decoded(_ part: OpaquePointer, _ mime: GMime) -> [UInt8]? {
        guard mime.isKind(part, mime.call.g_mime_part_get_type()), let content = mime.call.g_mime_part_get_content(part),
            let stream = mime.call.g_mime_stream_mem_new()
        else { return nil }
        defer { mime.release(stream) }
        _ = mime.call.g_mime_data_wrapper_write_to_stream(content, stream)
        guard let bytes = mime.call.g_mime_stream_mem_get_byte_array(stream)?.pointee else { return nil }
        return Array(UnsafeBufferPointer(start: bytes.data, count: Int(bytes.len)))
    }
}
