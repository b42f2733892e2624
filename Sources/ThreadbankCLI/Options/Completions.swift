// What a shell may complete from the archive itself: names of forums, sources, authors and tags.

internal import Foundation
internal import Threadbank
internal import ThreadbankCore

/// Values for ArgumentParser's custom completions. A shell must not wait, and must see no message: whatever fails gives nothing.
enum Completions {
    /// Names beyond so many are no help.
    private static let most = 500

    @Sendable static func forums(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        ask("SELECT name FROM forums ORDER BY name", arguments, prefix)
    }

    @Sendable static func sources(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        ask("SELECT CASE name WHEN '' THEN kind ELSE name END FROM sources ORDER BY 1", arguments, prefix)
    }

    @Sendable static func authors(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        ask("SELECT name FROM authors ORDER BY name", arguments, prefix)
    }

    @Sendable static func tags(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        ask("SELECT tag FROM tags UNION SELECT text FROM marks WHERE kind = 'tag' ORDER BY 1", arguments, prefix)
    }

    /// Completes fields of a query (`in:`, `author:`, `by:`, `tag:`, `source:`) and leaves words alone.
    @Sendable static func query(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        let fields = ["in:": forums, "author:": authors, "by:": authors, "tag:": tags, "source:": sources]
        for (field, names) in fields where prefix.hasPrefix(field) {
            return names(arguments, index, String(prefix.dropFirst(field.count))).map { name in
                field + (name.contains(" ") ? "\"\(name)\"" : name)
            }
        }
        let known = fields.keys.sorted() + ["title:", "after:", "before:", "date:", "score:", "is:", "has:", "thread:"]
        return prefix.isEmpty ? [] : known.filter { $0.hasPrefix(prefix) }
    }

    private static func ask(_ sql: String, _ arguments: [String], _ prefix: String) -> [String] {
        var archive: String?
        for (place, argument) in arguments.enumerated() {
            if ["-a", "--archive"].contains(argument), place + 1 < arguments.count { archive = arguments[place + 1] }
            if argument.hasPrefix("--archive=") { archive = String(argument.dropFirst("--archive=".count)) }
        }
        var found: [String] = []
        let start = prefix.lowercased()
        let console = try? SQLConsole(path: ArchiveOptions.path(archive))
        _ = try? console?.run(sql, limits: .init(seconds: 1, rows: 1_000_000)) { row throws(CancellationError) in
            if case .text(let name)? = row.first, name.lowercased().hasPrefix(start) { found.append(name.showingControls()) }
            if found.count == most { throw CancellationError() }
        }
        return found
    }
}
