// The site that a dump is of: its name, as the folder bears it, and the addresses of its posts.

internal import Foundation
internal import ThreadbankCore

/// One source a site.
struct StackExchangeSite {
    let source: SourceReference

    init(_ input: any ImportInput) {
        let name = input.sourceName ?? Self.name(of: input.name)
        let host = name.contains(".") && !name.contains("/") && !name.contains(" ") ? "https://\(name)" : nil
        source = SourceReference(kind: "stackexchange", name: name, url: host)
    }

    /// The last part of the path that tells more than that data stand there: `cooking.stackexchange.com/Posts.xml`.
    private static func name(of path: String) -> String {
        let parts = path.split(separator: "/").map(String.init).filter { $0 != "." && $0 != ".." }
        for part in parts.reversed() {
            // An archive of one table: stackoverflow.com-Posts.7z.
            var name = part.replacing(/\.(7z|zip|xml|gz|zst|xz|bz2)$/, with: "").replacing(/\.(xml)$/, with: "")
            if let dash = name.lastIndex(of: "-"), tables.contains(name[name.index(after: dash)...].lowercased()) {
                name = String(name[..<dash])
            }
            if !tables.contains(name.lowercased()), !generic.contains(name.lowercased()) { return name }
        }
        return ""
    }

    private static let tables: Set<String> = [
        "posts", "comments", "users", "tags", "postlinks", "posthistory", "votes", "badges",
    ]
    private static let generic: Set<String> = ["data", "xml", "dump", "dumps", "export", "stdin", "tmp"]

    enum Table: String {
        case posts, comments, users, tags, postlinks, posthistory, votes, badges
    }

    /// What stands before a number in the key of a post and of a comment: the two count by themselves.
    static func post(_ id: Int64) -> PostReference { PostReference(.key("p\(id)")) }

    func url(_ path: String, _ id: Int64) -> String? { source.url.map { "\($0)/\(path)/\(id)" } }

    /// An account by its number; one that is gone by the name that it left. The number's name may be unknown until `Users.xml` tells.
    func author(_ id: Int64?, name: String?) -> AuthorReference? {
        let name = name.flatMap { $0.isEmpty ? nil : $0 }
        if let id {
            var author = AuthorReference(key: "\(id)", name: name ?? (id == -1 ? "Community" : "user\(id)"))
            author.isNameless = name == nil
            return author
        }
        return name.map { AuthorReference(key: "name:\($0)", name: $0) }
    }
}
