// `threadbank manual`: the manual page, made from what the verbs say of themselves.

internal import ArgumentParser
internal import Foundation

struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the manual page.",
        discussion: """
            It is in the form that `man` reads, and tells of every verb and option.
            Completions for bash, zsh and fish are printed by
            --generate-completion-script; they complete forums, authors and tags from
            the archive.

            EXAMPLES
              threadbank manual | man -l -
              threadbank manual > threadbank.1
            """)

    func run() throws {
        let tool = try JSONDecoder().decode(ManualPage.self, from: Data(ThreadbankCommand._dumpHelp().utf8))
        var out = Stdout()
        out.write(tool.text(version: ThreadbankCommand.version))
        out.flush()
    }
}

/// What ArgumentParser tells of the command, and that as a manual page (man(7)).
struct ManualPage: Decodable {
    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var discussion: String?
        var arguments: [Argument]?
        var subcommands: [Command]?
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
        }
        var kind: String
        var names: [Name]?
        var valueName: String?
        var abstract: String?
        var isOptional: Bool?
        var isRepeating: Bool?
    }

    var command: Command

    func text(version: String) -> String {
        var text =
            ".TH THREADBANK 1 \"\" \"threadbank \(version)\" \"\"\n.nh\n.ad l\n.SH NAME\nthreadbank \\- \(Self.line(command.abstract ?? ""))\n"
        text += ".SH SYNOPSIS\n.B threadbank\n[\\fB\\-\\-archive\\fR \\fIPATH\\fR] \\fIVERB\\fR [\\fIOPTIONS\\fR]\n"
        text += ".SH DESCRIPTION\n" + Self.block(command.discussion ?? "") + ".SH VERBS\n"
        for verb in command.subcommands ?? [] where verb.commandName != "help" { text += Self.section(verb) }
        return text + ".SH EXIT STATUS\n0 done; 1 nothing found; 2 it failed; 64 wrong usage; 130 stopped by Ctrl\\-C.\n"
    }

    private static func section(_ verb: Command) -> String {
        let arguments = verb.arguments ?? []
        let places = arguments.filter { $0.kind == "positional" }.map { argument in
            let name = "\\fI\(line(argument.valueName ?? "").uppercased())\\fR" + (argument.isRepeating == true ? "..." : "")
            return argument.isOptional == true ? "[\(name)]" : name
        }
        var text = ".SS \(line(verb.commandName)) \(places.joined(separator: " "))\n\(line(verb.abstract ?? ""))\n"
        for argument in arguments where argument.kind != "positional" {
            let names = (argument.names ?? []).map { ($0.kind == "long" ? "\\-\\-" : "\\-") + line($0.name) }
            let value = argument.kind == "option" ? " \\fI\(line(argument.valueName ?? ""))\\fR" : ""
            text += ".TP\n\\fB\(names.joined(separator: ", "))\\fR\(value)\n\(line(argument.abstract ?? ""))\n"
        }
        return text + ".PP\n" + block(verb.discussion ?? "")
    }

    /// Paragraphs are filled; what the help sets out in lines (they begin with spaces) stays so.
    private static func block(_ text: String) -> String {
        var block = ""
        var isFilled = true
        for source in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let isSetOut = source.hasPrefix("  ")
            if isFilled == isSetOut {
                block += isSetOut ? ".nf\n" : ".fi\n"
                isFilled.toggle()
            }
            if source.isEmpty {
                block += ".PP\n"
            } else if isSetOut {
                block += folded(source.dropFirst(2)).map { line($0) + "\n" }.joined()
            } else {
                let isHeading = source.allSatisfy { $0.isUppercase || $0 == " " }
                block += (isHeading ? "\\fB\(line(String(source)))\\fR\n.br\n" : line(String(source)) + "\n")
            }
        }
        return block + (isFilled ? "" : ".fi\n")
    }

    /// What is left of 80 columns where `man` indents by seven and keeps two free.
    private static let width = 71

    /// A line that is set out, cut where it is too long: a command where a shell goes on, else under its second column.
    private static func folded(_ text: Substring) -> [String] {
        var lines: [String] = []
        var rest = String(text)
        let gap = text.firstMatch(of: /\S(\s\s+)\S/).map { text.distance(from: text.startIndex, to: $0.1.endIndex) }
        let isCommand = gap == nil && text.hasPrefix("threadbank ")
        let indent = String(repeating: " ", count: isCommand ? 2 : gap ?? text.prefix { $0 == " " }.count + 2)
        while rest.count > width {
            let beginning = rest.prefix(width - 1)
            guard let space = beginning.lastIndex(of: " "), beginning[..<space].contains(where: { $0 != " " }) else { break }
            // A line's end inside of quotes is white space, and outside wants a backslash.
            let isQuoted = isCommand && beginning[..<space].count { $0 == "\"" } % 2 == 1
            lines.append(rest[..<space] + (isCommand && !isQuoted ? " \\" : ""))
            rest = indent + rest[space...].drop { $0 == " " }
        }
        return lines + [rest]
    }

    /// Nothing in a line is read as roff.
    private static func line(_ text: String) -> String {
        let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}
