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
        let prefix = unquoted(prefix)
        let start = prefix.hasPrefix("@") ? String(prefix.dropFirst()) : prefix
        let saved = (try? reader(arguments.map(unquoted))?.savedSearches()) ?? []
        return saved.map(\.name).filter { $0.hasPrefix(start) }.prefix(most).map(written)
    }

    /// Completes fields of a query (`in:`, `author:`, `by:`, `tag:`, `source:`) and searches that were kept (`@NAME`); leaves words alone.
    @Sendable static func query(_ arguments: [String], _ index: Int, _ prefix: String) -> [String] {
        let prefix = unquoted(prefix)
        if prefix.hasPrefix("@") { return searches(arguments, index, prefix).map { "@" + $0 } }
        let fields: [String: NameKind] = ["in:": .forum, "author:": .author, "by:": .author, "tag:": .tag, "source:": .source]
        for (field, kind) in fields where prefix.hasPrefix(field) {
            // A name in quotes would not begin as what was typed, so a space becomes what fits it too, and what cannot be typed as well.
            return known(kind, arguments, String(prefix.dropFirst(field.count))).map { name in
                let scalars = name.unicodeScalars.map { $0 == " " || String($0).showingControls() != String($0) ? "*" : $0 }
                return written(field + String(String.UnicodeScalarView(scalars)))
            }
        }
        let starts =
            fields.keys.sorted() + [
                "title:", "after:", "before:", "date:", "score:", "is:", "has:", "thread:", "own:", "quoted:",
            ]
        return prefix.isEmpty ? [] : starts.filter { $0.hasPrefix(prefix) }.map(written)
    }

    private static func names(_ kind: NameKind, _ arguments: [String], _ prefix: String) -> [String] {
        // A name that cannot be shown as it is could not be typed either.
        known(kind, arguments, unquoted(prefix)).filter { $0.showingControls() == $0 }.map(written)
    }

    private static func known(_ kind: NameKind, _ arguments: [String], _ prefix: String) -> [String] {
        (try? reader(arguments.map(unquoted))?.names(of: kind, startingWith: prefix, limit: most)) ?? []
    }

    /// What zsh makes of a word that is being typed, which it hands over as it stands in the line. Other shells take their quotation marks off.
    private static func unquoted(_ word: String) -> String {
        guard CompletionShell.requesting == .zsh, word.contains(where: { "'\"\\".contains($0) }) else { return word }
        var text = ""
        var quote: Character?
        var isEscaped = false
        for letter in word {
            if isEscaped {
                text.append(letter)
                isEscaped = false
            } else if letter == "\\", quote != "'" {
                isEscaped = true
            } else if letter == quote {
                quote = nil
            } else if quote == nil, letter == "'" || letter == "\"" {
                quote = letter
            } else {
                text.append(letter)
            }
        }
        return text
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
