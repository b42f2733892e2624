// Which options a verb declares, asked of ArgumentParser itself: what the table of the command is held against.

import ArgumentParser
import Foundation

@testable import ThreadbankCLI

extension VerbOptions {
    /// The options of a command without subcommands; nil where it has some, or tells nothing of itself.
    init?(of type: any ParsableCommand.Type) {
        guard type.configuration.subcommands.isEmpty,
            let tool = try? JSONDecoder().decode(DescribedCommand.self, from: Data(type._dumpHelp().utf8))
        else { return nil }
        // The long name of a flag may be its negation, so each is an option of its own.
        let options = (tool.command.arguments ?? []).filter { $0.kind != "positional" }.map { argument in
            let names = (argument.names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
            let long = names.filter { $0.hasPrefix("--") }
            return (long + names.filter { !long.contains($0) }).joined(separator: "|") + (argument.kind == "option" ? "=" : "")
        }
        self.init(options.joined(separator: " "))
    }
}

/// The part of ArgumentParser's description of a command (`ToolInfoV0`) that is needed here.
private struct DescribedCommand: Decodable {
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
