// The lists that a message came through.

internal import Foundation
internal import ThreadbankCore

enum MailForums {
    private static let most = 50

    /// The lists of `List-Id`, the first one first; else the one of `List-Post`, `X-Mailing-List`, `Mailing-List`, `X-BeenThere`, or a
    /// `Sender` that is a list's owner (`owner-list@host`).
    ///
    /// The key is the id, in lower case; an address `list@host` gives `list.host`, as lists make their ids. The name is the same: what
    /// stands beside an id differs from mail to mail.
    static func lists(_ headers: MailHeaders) -> [ForumReference] {
        var seen: Set<String> = []
        let ids = headers.values("List-Id").prefix(most).compactMap(id).filter { seen.insert($0).inserted }
        if !ids.isEmpty { return ids.map { ForumReference(key: $0, name: $0) } }
        return posting(headers).map { [ForumReference(key: $0.replacing("@", with: "."), name: $0.replacing("@", with: "."))] }
            ?? []
    }

    /// Addresses that are those of lists, not of people.
    static func addresses(_ headers: MailHeaders) -> Set<String> { Set([posting(headers)].compactMap(\.self)) }

    private static func id(_ value: String) -> String? {
        // By bytes, as asking characters took a twentieth of the time of an import of mails.
        let bytes = Array(value.utf8)
        let inner =
            bytes.lastIndex(of: UInt8(ascii: "<")).map { bytes[($0 + 1)...].prefix { $0 != UInt8(ascii: ">") } } ?? bytes[...]
        let isASCII = inner.allSatisfy { $0 < 0x80 }
        let text = String(decoding: inner.filter { $0 != 0x20 && !(0x09...0x0D).contains($0) }, as: UTF8.self)
        let id = isASCII ? text.lowercased() : text.lowercased().filter { !$0.isWhitespace }
        return id.isEmpty || id.utf8.count > 300 ? nil : id
    }

    private static func posting(_ headers: MailHeaders) -> String? {
        if let value = headers.value("List-Post"), let mailto = value.range(of: "mailto:") {
            return address(value[mailto.upperBound...].prefix { !">?, ".contains($0) })
        }
        if let value = headers.value("X-Mailing-List") {
            let start = value.firstIndex(of: "<").map { value.index(after: $0) } ?? value.startIndex
            return address(value[start...].prefix { !"> ;".contains($0) })
        }
        guard let value = headers.value("Mailing-List") else { return list(headers) }
        // "list NAME@HOST; contact …", "contact NAME-help@HOST; run by ezmlm"
        let words = value.split { " ;,\t".contains($0) }
        guard let place = words.firstIndex(of: "list"), place + 1 < words.count else { return nil }
        return address(words[place + 1])
    }

    /// Mailman's older header, and Majordomo's sender.
    private static func list(_ headers: MailHeaders) -> String? {
        if let value = headers.value("X-BeenThere") { return address(value[...]) }
        guard let sender = headers.addresses("Sender").first?.key, let at = sender.firstIndex(of: "@") else { return nil }
        let (name, host) = (sender[..<at], sender[at...])
        if name.hasPrefix("owner-") { return address(name.dropFirst(6) + host) }
        let ending = ["-owner", "-bounces"].first { name.hasSuffix($0) }
        return ending.flatMap { address(name.dropLast($0.count) + host) }
    }

    private static func address(_ text: Substring) -> String? {
        let address = text.lowercased()
        return address.contains("@") && address.utf8.count < 300 ? address : nil
    }
}
