// The name of a page that tells no address: by what it says, so that it is the same page wherever it is kept.

internal import ThreadbankCore

enum WebOwnName {
    /// Posts of fewer bytes say too little to tell two pages apart.
    private static let shortest = 40

    /// `page:` and the first 128 bits of SHA-256 over how the page was read and its first post: number, author and the words of its text;
    /// of a short one the page's title and the post's date too. What changes from one saving to the next (ages, counts, scores, the address
    /// of a link) is none of it.
    static func of(_ kind: String, _ first: WebPost?, title: String?) -> String {
        let text = first?.wording ?? ""
        var parts = [kind, first?.id ?? "", first?.author ?? "", text]
        if text.utf8.count < shortest { parts += [title ?? "", first?.date ?? ""] }
        let words = parts.map { part in
            part.lowercased().split { !$0.isLetter && !$0.isNumber }.prefix(1000).joined(separator: " ")
        }
        return "page:" + String(SHA256Hash.hex(of: words.joined(separator: "\n")).prefix(32))
    }
}
