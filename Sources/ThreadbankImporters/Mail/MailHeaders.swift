// The headers of a message, decoded: texts, addresses, dates.

internal import CGMime
internal import Foundation
internal import ThreadbankCore

/// A mailbox as a header names it.
struct MailAddress: Equatable {
    /// As it was written; `key` is the lower-case form.
    var address: String
    var name: String?

    var key: String { address.lowercased() }
}

/// The headers of one message or part. Valid only while the message is.
struct MailHeaders {
    private let mime: GMime
    private let list: OpaquePointer?

    init(_ mime: GMime, of object: OpaquePointer) {
        self.mime = mime
        list = mime.call.g_mime_object_get_header_list(object)
    }

    var count: Int { Int(mime.call.g_mime_header_list_get_count(list)) }

    /// The first header of that name, as it stands in the message.
    private func raw(_ name: String) -> UnsafePointer<CChar>? {
        guard let header = mime.call.g_mime_header_list_get_header(list, name) else { return nil }
        return mime.call.g_mime_header_get_raw_value(header)
    }

    func has(_ name: String) -> Bool { raw(name) != nil }

    /// Whether its Message-ID is there and was not cut.
    var hasWholeID: Bool { value("Message-ID").map { $0.utf8.contains(UInt8(ascii: ">")) } ?? false }

    /// The first header of that name, not decoded; nil where it is missing or blank.
    func value(_ name: String) -> String? { raw(name).flatMap(Self.trimmed) }

    /// All headers of that name, from the top.
    func values(_ name: String) -> [String] {
        guard raw(name) != nil else { return [] }
        return (0..<min(count, 2_000)).compactMap { index in
            guard let header = mime.call.g_mime_header_list_get_header_at(list, Int32(index)),
                let other = mime.call.g_mime_header_get_name(header), strcasecmp(other, name) == 0,
                let value = mime.call.g_mime_header_get_raw_value(header)
            else { return nil }
            return Self.trimmed(value)
        }
    }

    /// The first header of that name with its encoded words decoded (RFC 2047), white space collapsed; nil where it is blank.
    func text(_ name: String) -> String? {
        guard let raw = raw(name) else { return nil }
        return mime.taking(mime.call.g_mime_utils_header_decode_text(mime.options, raw)).flatMap(Self.collapsed)
    }

    /// Unix seconds of a date header; nil where it is no date.
    func date(_ name: String) -> Int64? { raw(name).flatMap(date) }

    /// The date of a `Received` header: what stands behind its last semicolon.
    var received: Int64? {
        guard let raw = raw("Received"), let semicolon = strrchr(raw, 0x3B) else { return nil }
        return date(UnsafePointer(semicolon) + 1)
    }

    private func date(_ raw: UnsafePointer<CChar>) -> Int64? {
        guard let date = mime.call.g_mime_utils_header_decode_date(raw) else { return nil }
        defer { mime.call.g_date_time_unref(date) }
        return mime.call.g_date_time_to_unix(date)
    }

    /// The mailboxes of an address header, those in groups too.
    func addresses(_ name: String) -> [MailAddress] {
        guard let value = value(name) else { return [] }
        return addresses(in: value)
    }

    func addresses(in value: String) -> [MailAddress] {
        let plain = Self.withoutAt(value)
        var found: [MailAddress] = []
        if let list = mime.call.internet_address_list_parse(mime.options, plain) {
            defer { mime.release(list) }
            collect(list, into: &found, depth: 0)
        }
        let isWhole = found.first?.address.holds(byte: UInt8(ascii: "@")) ?? false
        return isWhole || !plain.holds(byte: UInt8(ascii: "@")) && !found.isEmpty
            ? found : [Self.bare(plain)].compactMap(\.self) + found
    }

    private func collect(_ list: OpaquePointer, into found: inout [MailAddress], depth: Int) {
        for index in 0..<max(0, mime.call.internet_address_list_length(list)) where found.count < 100 {
            guard let entry = mime.call.internet_address_list_get_address(list, index) else { continue }
            if mime.isKind(entry, mime.call.internet_address_group_get_type()) {
                if depth < 4, let members = mime.call.internet_address_group_get_members(entry) {
                    collect(members, into: &found, depth: depth + 1)
                }
            } else if mime.isKind(entry, mime.call.internet_address_mailbox_get_type()),
                let address = mime.call.internet_address_mailbox_get_addr(entry).flatMap(Self.trimmed)
            {
                let name = mime.call.internet_address_get_name(entry).flatMap(displayName)
                found.append(MailAddress(address: String(address.prefix(300)), name: name.map { String($0.prefix(300)) }))
            }
        }
    }

    /// A name that was decoded. Encoded words inside quotation marks are none by RFC 2047 and stay; too many programs write them so.
    private func displayName(_ name: UnsafePointer<CChar>) -> String? {
        guard strstr(name, "=?") != nil else { return Self.collapsed(String(cString: name)) }
        return mime.taking(mime.call.g_mime_utils_header_decode_text(mime.options, name)).flatMap(Self.collapsed)
    }

    /// Pipermail writes `user at host (Name)`.
    private static func withoutAt(_ value: String) -> String {
        guard !value.utf8.contains(UInt8(ascii: "@")), let at = value.range(of: " at ") else { return value }
        let user = value[..<at.lowerBound]
        guard !user.isEmpty, !user.utf8.contains(where: { " (\"<".utf8.contains($0) }) else { return value }
        return user + "@" + value[at.upperBound...]
    }

    /// What is no address by the book (`Some Name user@host`, `user (Name)`, a UUCP path): its word with an @, else the first.
    private static func bare(_ value: String) -> MailAddress? {
        let words = value.split { $0.isWhitespace || "<>()\",;'".contains($0) }.prefix(100)
        guard let place = words.firstIndex(where: { $0.contains("@") }) ?? words.indices.first else { return nil }
        let name = words[..<place].joined(separator: " ")
        return MailAddress(address: String(words[place].prefix(300)), name: name.isEmpty ? nil : String(name.prefix(300)))
    }

    /// The text without white space at its ends; nil where nothing is left.
    static func trimmed(_ text: UnsafePointer<CChar>) -> String? {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
        var bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))[...]
        bytes = bytes.drop(while: isSpace)
        while let last = bytes.last, isSpace(last) { bytes.removeLast() }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// With runs of white space and control characters as one space; nil where nothing is left.
    static func collapsed(_ text: String) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var isSpacePending = false
        for byte in text.utf8 {
            if byte <= 0x20 || byte == 0x7F {
                isSpacePending = !bytes.isEmpty
                continue
            }
            if isSpacePending { bytes.append(0x20) }
            isSpacePending = false
            bytes.append(byte)
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }
}
