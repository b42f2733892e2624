// Which options a verb declares, asked of ArgumentParser itself, so that it cannot drift from the verb's declarations.

internal import ArgumentParser
internal import Foundation

extension VerbOptions {
    /// The options of a verb of ``ThreadbankCommand``; nil where there is no such verb.
    ///
    /// ArgumentParser tells them only as JSON. That costs a fraction of a millisecond, and only calls with a dash need it.
    init?(verb: String) {
        let verbs = ThreadbankCommand.configuration.subcommands
        guard let type = verbs.first(where: { $0._commandName == verb || $0.configuration.aliases.contains(verb) }) else {
            return nil
        }
        self.init(of: type)
    }

    /// The options of a command without subcommands; nil where it has some, or tells nothing of itself.
    init?(of type: any ParsableCommand.Type) {
        guard type.configuration.subcommands.isEmpty,
            let tool = try? JSONDecoder().decode(Tool.self, from: Data(type._dumpHelp().utf8))
        else { return nil }
        byName = [:]
        for argument in tool.command.arguments ?? [] where argument.kind != "positional" {
            let names = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
            let option = Option(
                name: names.first { $0.hasPrefix("--") } ?? names.first ?? "", takesValue: argument.kind == "option")
            // The long name of a flag may be its negation, so a flag is never renamed; the sorter leaves it as it was typed.
            for name in names { byName[name] = option }
        }
    }
}

/// The part of ArgumentParser's description of a command (`ToolInfoV0`) that is needed here.
private struct Tool: Decodable {
    struct Command: Decodable { var arguments: [Argument]? }
    struct Argument: Decodable {
        var kind: String
        var names: [Name]?
    }
    struct Name: Decodable {
        var kind: String
        var name: String
    }
    var command: Command
}
