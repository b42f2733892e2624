// The command's verbs and options, as ArgumentParser describes them, and command lines as a shell would take them apart.

import Foundation
import Testing
import ThreadbankTestSupport

/// What `threadbank --experimental-dump-help` tells.
struct CommandTree: Decodable {
    struct Command: Decodable {
        var commandName: String
        var discussion: String?
        var arguments: [Argument]?
        var subcommands: [Command]?

        /// The options as they are typed: `--limit`, `-a`.
        var options: Set<String> {
            Set((arguments ?? []).flatMap { ($0.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } })
        }
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String
        }

        var names: [Name]?
    }

    private var command: Command

    /// All verbs but `help`.
    var verbs: [Command] { (command.subcommands ?? []).filter { $0.commandName != "help" } }

    subscript(verb: String) -> Command? { verbs.first { $0.commandName == verb } }

    static func load() throws -> CommandTree {
        let result = try Binary.run(["--experimental-dump-help"])
        return try JSONDecoder().decode(CommandTree.self, from: Data(result.stdout.utf8))
    }
}

/// One run of `threadbank` in a line of shell.
struct CommandLine {
    /// The words behind `threadbank`, quotation marks taken off.
    var words: [String]

    var verb: String? { words.first }

    /// What is wrong with its verb and options; nil where nothing is.
    func fault(_ tree: CommandTree) -> String? {
        guard let verb else { return "there is no verb" }
        guard let command = tree[verb] else { return "there is no verb \(verb)" }
        for word in words.dropFirst().prefix(while: { $0 != "--" }) where word.hasPrefix("-") && word != "-" {
            let name = String(word.prefix { $0 != "=" })
            // A word such as -knife excludes in a query.
            if verb == "search", !word.hasPrefix("--"), !command.options.contains(name) { continue }
            if !word.contains(" "), !command.options.contains(name) { return "\(verb) has no option \(name)" }
        }
        return nil
    }

    /// The runs of `threadbank` in lines of shell, continued ones joined. Comments, redirections and other programs are left out;
    /// so is what stands behind two spaces outside quotation marks, where help texts explain an example.
    static func all(in lines: [String]) -> [CommandLine] {
        var joined: [String] = []
        for line in lines {
            if let last = joined.last, last.hasSuffix("\\") {
                joined[joined.count - 1] = String(last.dropLast()).trimmed + " " + line.trimmed
            } else if let last = joined.last, isOpen(last) {
                joined[joined.count - 1] = last + "\n" + line.trimmed
            } else {
                joined.append(line.trimmed)
            }
        }
        return joined.flatMap(commands).filter { $0.first == "threadbank" }.map { CommandLine(words: Array($0.dropFirst())) }
    }

    /// Whether a quotation goes on after the line.
    private static func isOpen(_ line: String) -> Bool {
        var quote: Character?
        for character in line {
            if let open = quote { if character == open { quote = nil } } else if "'\"".contains(character) { quote = character }
        }
        return quote != nil
    }

    private static func commands(_ line: String) -> [[String]] {
        var commands: [[String]] = [[]]
        var word: String?
        var quote: Character?
        var spaces = 0
        var isTarget = false
        func end() {
            if let done = word, !isTarget { commands[commands.count - 1].append(done) }
            if word != nil { isTarget = false }
            word = nil
        }
        for character in line {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
                continue
            }
            switch character {
            case "'", "\"":
                quote = character
                word = word ?? ""
            case " ":
                end()
                spaces += 1
                if spaces == 2, commands[commands.count - 1].count > 1 { return commands }
                continue
            case "#" where word == nil: return commands
            case "|", "&", ";":
                end()
                commands.append([])
            case ">", "<":
                end()
                isTarget = true
            default: word = (word ?? "") + String(character)
            }
            spaces = 0
        }
        end()
        return commands
    }
}

extension String {
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespaces) }
}
