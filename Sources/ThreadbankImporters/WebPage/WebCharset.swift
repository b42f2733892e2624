// The bytes of a page to UTF-8, in whatever charset it says that it is.

internal import ThreadbankCore

enum WebCharset {
    /// UTF-8: by the byte order mark, by what the transfer and then the page's head say, else as it looks; windows-1252 where nothing
    /// else fits. What is no character becomes U+FFFD.
    static func utf8(_ bytes: [UInt8], charset: String?) -> [UInt8] {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return valid(Array(bytes.dropFirst(3))) }
        let mark = bytes.starts(with: [0xFF, 0xFE]) ? "utf-16le" : bytes.starts(with: [0xFE, 0xFF]) ? "utf-16be" : nil
        if let mark { return Array(converted(bytes.dropFirst(2), mark).utf8) }
        let label = charset ?? declared(bytes.prefix(4096))
        // Pages that say so in ASCII are not in UTF-16.
        let usable = label.flatMap { $0.lowercased().hasPrefix("utf-16") ? nil : $0 }
        // Most pages are what they have to become: these are not copied.
        if ["utf-8", "utf8"].contains(usable?.lowercased() ?? "utf-8"), isUTF8(bytes) { return bytes }
        return Array(converted(bytes[...], usable).utf8)
    }

    private static func converted(_ bytes: ArraySlice<UInt8>, _ label: String?) -> String {
        bytes.withUnsafeBufferPointer { MailCharset.text($0, charset: label) }
    }

    /// Looked at in parts, each of which ends with a character.
    private static func isUTF8(_ bytes: [UInt8]) -> Bool {
        var place = 0
        while place < bytes.count {
            var stop = min(bytes.count, place + (1 << 20))
            while stop < bytes.count, stop > place, bytes[stop] & 0xC0 == 0x80 { stop -= 1 }
            guard stop > place, String(validating: bytes[place..<stop], as: UTF8.self) != nil else { return false }
            place = stop
        }
        return true
    }

    private static func valid(_ bytes: [UInt8]) -> [UInt8] { Array(String(decoding: bytes, as: UTF8.self).utf8) }

    /// What `<meta charset>`, or `content="text/html; charset=…"`, or an XML declaration names.
    private static func declared(_ head: ArraySlice<UInt8>) -> String? {
        let text = String(decoding: head, as: UTF8.self).lowercased()
        for mark in ["charset=", "encoding="] {
            guard let found = text.firstRange(of: mark) else { continue }
            let rest = text[found.upperBound...].drop { $0 == "\"" || $0 == "'" || $0 == " " }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == ":" }
            if !name.isEmpty { return String(name) }
        }
        return nil
    }
}
