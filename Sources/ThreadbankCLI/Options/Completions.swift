// What a shell may complete from the archive itself: names of forums, sources, authors, tags and kept searches.

internal import ArgumentParser
internal import Foundation
internal import Threadbank
internal import ThreadbankCore

/// Values for ArgumentParser's custom completions. A shell must not wait, and must see no message: whatever fails gives nothing.
enum Completions {
    /// Names beyond so many are no help.
    private static let most = 500

    @Sendable static func forums(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        names(.forum, arguments, prefix)
    }

    @Sendable static func sources(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        names(.source, arguments, prefix)
    }

    @Sendable static func authors(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        names(.author, arguments, prefix)
    }

    @Sendable static func tags(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        names(.tag, arguments, prefix)
    }

    /// Names of searches that were kept.
    @Sendable static func searches(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        let start = prefix.hasPrefix("@") ? String(prefix.dropFirst()) : prefix
        let saved = (try? reader(arguments)?.savedSearches()) ?? []
        return saved.map(\.name).filter { $0.hasPrefix(start) }.prefix(most).map(written)
    }

    /// Completes fields of a query (`in:`, `author:`, `by:`, `tag:`, `source:`) and searches that were kept (`@NAME`); leaves words alone.
    @Sendable static func query(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        if prefix.hasPrefix("@") { return searches(arguments, index, prefix).map { "@" + $0 } }
        let fields = ["in:": forums, "author:": authors, "by:": authors, "tag:": tags, "source:": sources]
        for (field, names) in fields where prefix.hasPrefix(field) {
            // A name in quotes would not begin as what was typed, so a space becomes what fits it too.
            return names(arguments, index, String(prefix.dropFirst(field.count))).map { name in
                written(field) + name.replacing(" ", with: "*")
            }
        }
        let known =
            fields.keys.sorted() + [
                "title:", "after:", "before:", "date:", "score:", "is:", "has:", "thread:", "own:", "quoted:",
            ]
        return prefix.isEmpty ? [] : known.filter { $0.hasPrefix(prefix) }.map(written)
    }

    private static func names(_ kind: NameKind, _ arguments: [String], _ prefix: String) -> [String] {
        let names = (try? reader(arguments)?.names(of: kind, startingWith: prefix, limit: most)) ?? []
        return names.map { written($0.showingControls()) }
    }

    /// As the shell that asks reads it: for zsh, a description would begin behind a colon.
    private static func written(_ value: String) -> String {
        CompletionShell.requesting == .zsh ? value.replacing("\\", with: "\\\\").replacing(":", with: "\\:") : value
    }

    /// The archive that the command line means; nil where there is none that can be read.
    private static func reader(_ arguments: [String]) -> ArchiveReader? {
        var archive: String?
        for (place, argument) in arguments.enumerated() {
            if ["-a", "--archive"].contains(argument), place + 1 < arguments.count { archive = arguments[place + 1] }
            if argument.hasPrefix("--archive=") { archive = String(argument.dropFirst("--archive=".count)) }
        }
        return try? ArchiveReader(path: ArchiveOptions.path(archive))
    }
}
