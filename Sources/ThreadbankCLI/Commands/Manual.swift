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
            ".TH THREADBANK 1 \"\" \"threadbank \(version)\" \"\"\n.SH NAME\nthreadbank \\- \(Self.line(command.abstract ?? ""))\n"
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

    private static func block(_ text: String) -> String {
        text.isEmpty
            ? ""
            : ".nf\n"
                + text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }.joined(separator: "\n")
                + "\n.fi\n"
    }

    /// Nothing in a line is read as roff.
    private static func line(_ text: String) -> String {
        let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}
