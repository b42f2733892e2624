// WARC (ISO 28500): many pages one after the other, as crawlers keep them.

internal import ThreadbankCore

/// Goes through the records of a WARC file, holding one page at a time. Compression was taken off before, member by member.
struct WARCReader {
    private var window: ByteWindow
    private static let longestHead = 1 << 16

    init(_ input: any ImportInput) { window = ByteWindow(input) }

    /// Reads each response that is a page. What is no page is passed over; broken records are rejected with their place.
    mutating func read(_ pages: WebPages) throws {
        var start = 0
        var broken = 0
        while true {
            start = try skipBlank(start)
            guard start < window.count else { break }
            let offset = window.offset + start
            guard let (headers, body) = try head(&start) else {
                pages.sink.reject(ImportDiagnostic(at: .byte(offset), "no WARC record", detail: "what follows is left out"))
                break
            }
            guard let length = headers["content-length"].flatMap({ Int($0) }), length >= 0 else {
                pages.sink.reject(ImportDiagnostic(at: .byte(offset), "no WARC record", detail: "it does not tell its length"))
                broken += 1
                guard broken < 100 else { break }
                start = body
                continue
            }
            start = body
            let isPage = ["response", "resource"].contains(headers["warc-type"]?.lowercased() ?? "")
            if isPage, length <= WebPages.longest {
                let end = try fill(&start, length)
                if end - start < length {
                    pages.sink.reject(ImportDiagnostic(at: .byte(offset), "a WARC record breaks off"))
                }
                try page(headers, window.bytes[start..<end], offset, pages)
                start = end
            } else {
                if isPage { pages.sink.reject(ImportDiagnostic(at: .byte(offset), "page too long", detail: "\(length) bytes")) }
                try skip(&start, length)
            }
        }
        if let failure = window.failure { throw failure }
    }

    private func page(_ headers: [String: String], _ block: ArraySlice<UInt8>, _ offset: Int, _ pages: WebPages) throws {
        let url = headers["warc-target-uri"]?.trimmingBrackets
        let date = headers["warc-date"].flatMap { Timestamp.parse($0) }
        var type = headers["content-type"]?.lowercased() ?? ""
        var body = Array(block)
        if type.hasPrefix("application/http") || block.starts(with: "HTTP/".utf8) {
            guard let response = HTTPResponse(block) else {
                return pages.sink.reject(ImportDiagnostic(at: .byte(offset), "no HTTP response", detail: url ?? ""))
            }
            // A fault, a redirection: its text is not what the address once held.
            guard (200...299).contains(response.status) else { return }
            type = response.headers["content-type"]?.lowercased() ?? ""
            guard type.isEmpty || Self.isHTML(type) else { return }
            do {
                body = try response.decoded()
            } catch {
                let name = url.map { "\(String($0.prefix(200))): " } ?? ""
                return pages.sink.reject(
                    ImportDiagnostic(at: .byte(offset), "page cannot be unpacked", detail: name + error.reason))
            }
        }
        let probe = InputProbe(fileName: "", head: Array(body.prefix(1 << 14)), isNamed: false)
        guard Self.isHTML(type) || type.isEmpty && WebForm(probe) == .page else { return }
        let charset = type.firstRange(of: "charset=").map {
            type[$0.upperBound...].trimmingPrefix("\"").prefix { $0 != "\"" && $0 != ";" }
        }
        try pages.read(
            WebCapture(
                bytes: body, url: url, capturedAt: date, charset: charset.map(String.init),
                key: url ?? "\(pages.input.key)#\(offset)",
                place: .byte(offset)))
    }

    private static func isHTML(_ type: String) -> Bool { type.hasPrefix("text/html") || type.hasPrefix("application/xhtml") }

    // MARK: Bytes

    private mutating func skipBlank(_ place: Int) throws -> Int {
        var place = place
        while true {
            while place < window.count, window.bytes[place] <= 0x20 { place += 1 }
            if place < window.count || window.isAtEnd { return place }
            place -= try window.fill(keepingFrom: place)
        }
    }

    /// The fields of a record's head, by their lower-case names, and where its block begins; nil where no head stands here.
    private mutating func head(_ start: inout Int) throws -> ([String: String], Int)? {
        while window.count - start < Self.longestHead, !window.isAtEnd { start -= try window.fill(keepingFrom: start) }
        let bytes = window.bytes[start..<min(window.count, start + Self.longestHead)]
        guard bytes.starts(with: "WARC/".utf8) else { return nil }
        guard let (fields, end) = HTTPResponse.fields(bytes) else { return nil }
        return (fields, end)
    }

    /// Reads until `length` bytes from `start` on are in the window, or all there are; returns their end.
    private mutating func fill(_ start: inout Int, _ length: Int) throws -> Int {
        while window.count - start < length, !window.isAtEnd { start -= try window.fill(keepingFrom: start) }
        return min(window.count, start + length)
    }

    private mutating func skip(_ start: inout Int, _ length: Int) throws {
        var left = length
        while true {
            let here = min(left, window.count - start)
            start += here
            left -= here
            if left == 0 || window.isAtEnd { return }
            start -= try window.fill(keepingFrom: start)
        }
    }
}

extension String {
    /// Old records write addresses as `<http://…>`.
    fileprivate var trimmingBrackets: String { hasPrefix("<") && hasSuffix(">") ? String(dropFirst().dropLast()) : self }
}
