// An HTTP response as it came over the wire: status, headers, and a body in chunks and compressed.

internal import CZlib

/// The head of a response and its body, still encoded (RFC 9112).
struct HTTPResponse {
    let status: Int
    /// By their lower-case names; of those that repeat the last.
    let headers: [String: String]
    private let body: ArraySlice<UInt8>

    /// Why a body cannot be decoded.
    struct Fault: Error {
        var reason: String
    }

    init?(_ bytes: ArraySlice<UInt8>) {
        guard bytes.starts(with: "HTTP/".utf8), let (fields, end) = Self.fields(bytes) else { return nil }
        let line = String(decoding: bytes.prefix { $0 != 0x0A }.prefix(200), as: UTF8.self).split(separator: " ")
        guard line.count > 1, let status = Int(line[1].prefix(3)) else { return nil }
        self.status = status
        headers = fields
        body = bytes[end...]
    }

    /// The fields behind a first line, and the place behind the empty line that ends them; nil where none does, or none before a line
    /// that begins with `stop`.
    static func fields(_ bytes: ArraySlice<UInt8>, before stop: [UInt8] = []) -> (fields: [String: String], end: Int)? {
        var fields: [String: String] = [:]
        var last: String?
        var place = (bytes.firstIndex(of: 0x0A) ?? bytes.endIndex) + 1
        while place < bytes.endIndex {
            guard let end = bytes[place...].firstIndex(of: 0x0A) else { return nil }
            let line = bytes[place..<end].last == 0x0D ? bytes[place..<end].dropLast() : bytes[place..<end]
            place = end + 1
            if line.isEmpty { return (fields, place) }
            if !stop.isEmpty, line.starts(with: stop) { return nil }
            if let first = line.first, first == 0x20 || first == 0x09, let name = last {
                fields[name]? += " " + WebText.trimmed(String(decoding: line, as: UTF8.self))
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), fields.count < 500 else { continue }
            let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
            fields[name] = WebText.trimmed(String(decoding: line[(colon + 1)...], as: UTF8.self))
            last = name
        }
        return nil
    }

    /// The body as it was before its transfer. Of one that breaks off what is good. Crawlers may have undone an encoding and kept its name.
    func decoded() throws(Fault) -> [UInt8] {
        var bytes = Array(body)
        if headers["transfer-encoding"]?.lowercased().contains("chunked") == true, let whole = Self.unchunked(bytes) {
            bytes = whole
        }
        for coding in (headers["content-encoding"] ?? "").lowercased().split(separator: ",").reversed() {
            switch WebText.trimmed(coding) {
            case "gzip", "x-gzip", "deflate":
                guard !Self.isMarkup(bytes) else { continue }
                bytes = try Self.inflated(bytes)
            case "identity", "": break
            case let name:
                guard Self.isMarkup(bytes) else { throw Fault(reason: "its encoding “\(name.prefix(20))” is not known") }
            }
        }
        return bytes
    }

    private static func isMarkup(_ bytes: [UInt8]) -> Bool { bytes.prefix(100).first { $0 > 0x20 } == UInt8(ascii: "<") }

    /// nil where the bytes are in no chunks.
    private static func unchunked(_ bytes: [UInt8]) -> [UInt8]? {
        var whole: [UInt8] = []
        var place = 0
        while place < bytes.count {
            guard let end = bytes[place...].firstIndex(of: 0x0A), end - place < 300 else { return whole.isEmpty ? nil : whole }
            let digits = bytes[place..<end].prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 }
            guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else {
                return whole.isEmpty ? nil : whole
            }
            if size == 0 { return whole }
            let stop = min(bytes.count, (end + 1).addingReportingOverflow(size).partialValue)
            guard stop > end else { return whole }
            whole += bytes[(end + 1)..<stop]
            place = stop
            while place < bytes.count, bytes[place] == 0x0D || bytes[place] == 0x0A { place += 1 }
        }
        return whole
    }

    /// gzip and zlib by their heads; "deflate" that is bare besides, as some servers send it.
    private static func inflated(_ bytes: [UInt8]) throws(Fault) -> [UInt8] {
        for window in [Int32(15 + 32), -15] {
            var stream = z_stream()
            guard inflateInit2_(&stream, window, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else { continue }
            defer { inflateEnd(&stream) }
            let plain = bytes.withUnsafeBufferPointer { input -> [UInt8] in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(clamping: input.count)
                var plain: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 1 << 18)
                while plain.count <= WebPages.longest {
                    let (code, count) = buffer.withUnsafeMutableBufferPointer { output in
                        stream.next_out = output.baseAddress
                        stream.avail_out = UInt32(output.count)
                        let code = inflate(&stream, Z_NO_FLUSH)
                        return (code, output.count - Int(stream.avail_out))
                    }
                    plain += buffer[..<count]
                    if code != Z_OK || count == 0 { break }
                }
                return plain
            }
            guard plain.count <= WebPages.longest else { throw Fault(reason: "it is longer than \(WebPages.longest) bytes") }
            if !plain.isEmpty { return plain }
        }
        if bytes.isEmpty { return [] }
        throw Fault(reason: "its compressed data are broken")
    }
}
