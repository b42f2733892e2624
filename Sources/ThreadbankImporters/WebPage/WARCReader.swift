// WARC (ISO 28500): many pages one after the other, as crawlers keep them.

internal import ThreadbankCore

/// Goes through the records of a WARC file, holding one page at a time. Compression was taken off before, member by member.
struct WARCReader {
    private var window: ByteWindow
    private static let longestHead = 1 << 16
    /// How much is held to see whether what looks like a record in a block is a part of it.
    private static let longestDoubt = 16 << 20
    private static let mark = Array("WARC/".utf8)
    private static let gap = Array("\r\n\r\n".utf8)
    private static let line = Array("\nWARC/1.".utf8)

    init(_ input: any ImportInput) { window = ByteWindow(input, goingOnAt: Array("WARC/1.".utf8)) }

    /// Reads each response that is a page. What is no page is passed over. A record whose length is wrong ends where the next one begins;
    /// what is no record is left out, and said with its place.
    mutating func read(_ pages: WebPages) throws {
        var start = 0
        var torn: String?
        while true {
            start = try skipBlank(start)
            for damage in window.takeDamages(before: start) {
                pages.sink.reject(Self.diagnostic(damage, torn))
                torn = nil
            }
            guard start < end else { break }
            guard let (headers, block) = try head(start) else {
                let next = try nextRecord(from: start, keeping: nil)
                if let damage = window.damages.first, damage.place < next ?? end {
                    start = damage.place
                    continue
                }
                pages.sink.reject(
                    ImportDiagnostic(
                        at: .byte(start), "no WARC record",
                        detail: next.map { "left out up to the record at byte \($0)" } ?? "what follows is left out"))
                guard let next else { break }
                start = next
                continue
            }
            let length = headers["content-length"].flatMap { Int($0) }.flatMap { (0..<1 << 60).contains($0) ? $0 : nil }
            let isPage = ["response", "resource"].contains(headers["warc-type"]?.lowercased() ?? "")
            let extent = try extent(of: block, length, isKept: isPage)
            if let place = try damage(of: start, to: extent.end) {
                torn = headers["warc-target-uri"]?.trimmingBrackets
                start = place
                continue
            }
            if let fault = extent.fault {
                let diagnostic = ImportDiagnostic(at: .byte(start), fault.message, detail: fault.detail)
                if extent.isCutOff { pages.sink.reject(diagnostic) } else { pages.sink.warn(diagnostic) }
            }
            if isPage, block >= window.offset, extent.end - block <= WebPages.longest {
                let bytes = window.bytes[(block - window.offset)..<(extent.end - window.offset)]
                try page(headers, bytes, start, pages)
            } else if isPage {
                pages.sink.reject(
                    ImportDiagnostic(at: .byte(start), "page too long", detail: "\(extent.end - block) bytes"))
            }
            start = extent.end
        }
        if let failure = window.failure { throw failure }
    }

    /// Where a record is torn by a damaged member: nil where it is sound. What a damaged member gave last is not to be trusted: its fault
    /// is seen late.
    private mutating func damage(of start: Int, to stop: Int) throws -> Int? {
        guard let damage = window.damages.first else { return nil }
        if damage.place < stop || stop < window.offset { return damage.place }
        let isLast = window.bytes[(stop - window.offset)..<(damage.place - window.offset)].allSatisfy { $0 <= 0x20 }
        return isLast && start >= damage.place - damage.member.given ? damage.place : nil
    }

    private static func diagnostic(_ damage: DamagedMember, _ url: String?) -> ImportDiagnostic {
        let name = url.map { "\($0.prefix(200)): " } ?? ""
        return ImportDiagnostic(
            at: .byte(damage.bytes.lowerBound), "a damaged gzip member",
            detail: "\(name)what it packs is lost, up to byte \(damage.bytes.upperBound) of the packed file (\(damage.reason))")
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

    // MARK: Records

    /// The fields of a record's head, by their lower-case names, and where its block begins; nil where no head stands here.
    private mutating func head(_ start: Int) throws -> (fields: [String: String], block: Int)? {
        try fill(to: start + Self.longestHead, keeping: start)
        let bytes = window.bytes[(start - window.offset)..<(min(end, start + Self.longestHead) - window.offset)]
        guard bytes.starts(with: Self.mark), let (fields, block) = HTTPResponse.fields(bytes, before: Self.mark) else {
            return nil
        }
        return (fields, window.offset + block)
    }

    /// How far a record reaches.
    private struct Extent {
        var end: Int
        var fault: (message: String, detail: String)?
        /// Whether the file ends before the record does.
        var isCutOff = false
    }

    /// Where a block ends: where its record says, if a record or nothing follows there; else where the next record begins.
    ///
    /// - parameter isKept: whether its bytes are to be in the window afterwards, as long as they have room there.
    private mutating func extent(of block: Int, _ length: Int?, isKept: Bool) throws -> Extent {
        // What says that it is longer than any page is mostly none: little of it is held.
        let room = length ?? 0 <= WebPages.longest ? WebPages.longest : Self.longestDoubt
        let kept = isKept ? block..<block + room : nil
        var inside: Int?
        if let length {
            let stop = block + length
            inside = try nextRecord(from: block - 1, to: stop, keeping: kept)
            if inside.map({ stop - $0 <= Self.longestDoubt }) ?? true {
                let start = isKept && block >= window.offset ? block : inside ?? stop
                try fill(to: stop, keeping: start)
                if stop <= end, try isBetweenRecords(stop, keeping: start) { return Extent(end: stop) }
            }
            if inside == nil, stop > end { return Extent(end: end, fault: ("a WARC record breaks off", ""), isCutOff: true) }
        }
        let next = try inside ?? nextRecord(from: max(window.offset, block + (length ?? 0) - 1), keeping: kept)
        let says = length.map { "it says \($0) bytes" } ?? "it says none"
        let goesOn = next.map { "read on at the record at byte \($0)" } ?? "no other record follows"
        return Extent(end: next ?? end, fault: ("a WARC record of a wrong length", "\(says); \(goesOn)"))
    }

    /// Whether a block may end at a place: the two empty lines stand there, or only blanks before the next record or the end.
    private mutating func isBetweenRecords(_ place: Int, keeping start: Int) throws -> Bool {
        try fill(to: place + 64, keeping: start)
        let behind = window.bytes[(place - window.offset)...].prefix(64)
        let rest = behind.drop { $0 <= 0x20 }
        return behind.starts(with: Self.gap) || rest.isEmpty || rest.starts(with: Self.mark)
    }

    /// The first line behind a place that begins a record: `WARC/1.`, and a field in the line below. nil where none comes before `stop`.
    ///
    /// - parameter kept: what is needed afterwards if the record begins in it; nil for nothing.
    private mutating func nextRecord(from start: Int, to stop: Int = .max, keeping kept: Range<Int>?) throws -> Int? {
        var place = start
        while true {
            let needed = kept.map { $0.upperBound > place && $0.lowerBound >= window.offset ? $0.lowerBound : place } ?? place
            if let found = window.find(Self.line, from: place - window.offset) {
                let candidate = window.offset + found + 1
                if candidate >= stop { return nil }
                try fill(to: candidate + 200, keeping: min(needed, candidate))
                if isHead(window.bytes[(candidate - window.offset)...].prefix(200)) { return candidate }
                place = candidate
                continue
            }
            if window.isAtEnd || end >= stop { return nil }
            // A mark may stand across what has been read.
            place = max(place, end - Self.line.count)
            try fill(to: end + 1, keeping: min(needed, place))
        }
    }

    private func isHead(_ bytes: ArraySlice<UInt8>) -> Bool {
        let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count > 1, lines[0].count < 20, let colon = lines[1].firstIndex(of: UInt8(ascii: ":")) else { return false }
        return colon > lines[1].startIndex && lines[1][..<colon].allSatisfy { (0x21...0x7E).contains($0) }
    }

    // MARK: Bytes

    /// Places are counted from the file's start.
    private var end: Int { window.offset + window.count }

    private mutating func fill(to stop: Int, keeping start: Int) throws {
        while end < stop, !window.isAtEnd { _ = try window.fill(keepingFrom: min(start, end) - window.offset) }
    }

    private mutating func skipBlank(_ place: Int) throws -> Int {
        var place = place
        while true {
            while place < end, window.bytes[place - window.offset] <= 0x20 { place += 1 }
            if place < end || window.isAtEnd { return place }
            try fill(to: end + 1, keeping: place)
        }
    }
}

extension String {
    /// Old records write addresses as `<http://…>`.
    fileprivate var trimmingBrackets: String { hasPrefix("<") && hasSuffix(">") ? String(dropFirst().dropLast()) : self }
}
