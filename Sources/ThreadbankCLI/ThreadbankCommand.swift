// The root of the command: its name, version and verbs.

internal import ArgumentParser
internal import Foundation
internal import ThreadbankCore

@main
struct ThreadbankCommand: ParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "threadbank",
        abstract: "One file for discussions from anywhere: import, search, read as a tree, ask in SQL.",
        discussion: """
            EXAMPLES
              threadbank import page.txt              a copied page becomes a thread
              threadbank search "self-reliance"       find it, ranked
              threadbank thread 1                     read it as a tree
              threadbank sql "select * from thread_summaries"

            `threadbank manual | man -l -` is the manual page; --generate-completion-script
            bash, zsh or fish prints completions that know the archive's names.
            """,
        version: version,
        // Each verb states its name: ArgumentParser's own way of finding it takes a third of the start-up time.
        subcommands: [
            Init.self,
            Import.self,
            Search.self,
            Similar.self,
            ThreadCommand.self,
            Show.self,
            Threads.self,
            Authors.self,
            Stats.self,
            Sql.self,
            Link.self,
            Unlink.self,
            Tag.self,
            Note.self,
            Forget.self,
            Export.self,
            Check.self,
            Backup.self,
            Optimize.self,
            Migrate.self,
            Info.self,
            Formats.self,
            Manual.self,
        ])

    /// Runs the verb; every failure is one line on stderr and an exit code of ``ExitStatus``.
    static func main() {
        // A descriptor that the shell closed (`>&-`) would be given to the next file that is opened, and output written into that.
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", O_RDWR) }
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Scripts ask this often, and ArgumentParser takes most of the time of answering it.
        if arguments == ["--version"] { return print(version) }
        do {
            let rewritten = ArgumentRewriting.rewrite(arguments, options: VerbOptions.init(verb:))
            if let complaint = unknownVerb(in: rewritten) {
                say(complaint)
                Foundation.exit(ExitStatus.usage.rawValue)
            }
            var command = try parseAsRoot(rewritten)
            if (command as? any PagedCommand)?.isForReading == true { Pager.start() }
            try command.run()
        } catch let error as ThreadbankError {
            say("threadbank: \(error)")
            Foundation.exit(ExitStatus.code(for: error).rawValue)
        } catch is CancellationError {
            // Nobody reads the output any more, which is the end of the work.
        } catch {
            let code = exitCode(for: error)
            if code == .success { return print(BashCompletions.mended(fullMessage(for: error))) }
            // A usage message quotes what was typed, which may hold control characters.
            let message = fullMessage(for: error)
            if !message.isEmpty { say(message) }
            Foundation.exit(code.rawValue)
        }
    }

    /// What is said of a verb that is none; nil where all is well. ArgumentParser would only call it unexpected.
    private static func unknownVerb(in arguments: [String]) -> String? {
        let named = arguments.first == "help" ? arguments.dropFirst().first : arguments.first
        guard let verb = named, !verb.hasPrefix("-"), verb != "help", !VerbOptions.knows(verb) else { return nil }
        var near = NearestNames(verb, limit: 3)
        for known in configuration.subcommands { near.consider(known.configuration.commandName ?? "") }
        let names = near.best.map { "`\($0)`" }.joined(separator: " or ")
        let hint = names.isEmpty ? "`threadbank --help` lists what there is" : "did you mean \(names)?"
        return "threadbank: there is no verb `\(verb.shortLine)`; \(hint)"
    }
}
