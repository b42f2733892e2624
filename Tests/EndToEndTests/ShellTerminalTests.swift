// Completion in real shells on a terminal: what the command is told in the end, whatever names people gave to forums.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct ShellTerminalTests {
    static let names = [
        "f$(touch made)x", "g;touch made", "h`touch made`", "k'x' \"y\"", "-lead", "m:c@d", "q 'x'", "n*\u{1B}[2J\n$(touch made)",
        "bob lee",
    ]

    let folder: TemporaryFolder
    /// What stands in the place of the command: it completes, and writes down what it is told.
    private let environment: [String: String]

    init() throws {
        folder = try TemporaryFolder()
        let archive = ["THREADBANK_ARCHIVE": folder.file("a.sqlite")]
        let posts = try Self.names.enumerated().map { number, name in
            let post = ["key": "\(number)", "forum": name, "author": name, "author_key": "a\(number)", "body": "knife"]
            return String(decoding: try JSONSerialization.data(withJSONObject: post), as: UTF8.self)
        }
        let stdin = posts.joined(separator: "\n") + "\n"
        try #require(try Binary.run(["import", "-", "--from", "jsonl"], stdin: stdin, environment: archive).status == 0)
        try #require(try Binary.run(["search", "knife", "--save", "mine"], environment: archive).status == 0)
        let command = """
            #!/bin/sh
            case "$1" in ---completion|--generate-completion-script) exec '\(Binary.path)' "$@" ;; esac
            printf '<%s>' "$@" > "$RECEIVED"
            printf 'recei''ved\\n'
            """
        try FileManager.default.createDirectory(atPath: folder.file("bin"), withIntermediateDirectories: true)
        try Data(command.utf8).write(to: URL(fileURLWithPath: folder.file("bin/threadbank")))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.file("bin/threadbank"))
        let path = folder.file("bin") + ":" + (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
        environment = archive.merging([
            "PATH": path, "RECEIVED": folder.file("received"), "HOME": folder.path, "TERM": "xterm", "LC_ALL": "C.UTF-8",
        ]) { first, _ in first }
    }

    private static let shells = [
        (
            name: "bash", arguments: "--norc -i",
            setup: "source <(threadbank --generate-completion-script bash)"
        ),
        (
            name: "zsh", arguments: "-f -i",
            setup:
                "threadbank --generate-completion-script zsh > _threadbank; fpath=($PWD $fpath); autoload -Uz compinit; compinit -D -u"
        ),
        (
            name: "fish", arguments: "--no-config -i",
            setup: "threadbank --generate-completion-script fish | source"
        ),
    ]

    static let lines = [
        ("threadbank search @mi", "<search><@mine>"), ("threadbank search knife @mi", "<search><knife><@mine>"),
        ("threadbank search by:bo", "<search><by:bob*lee>"),
        (#"threadbank search in:f\$\("#, "<search><in:f$(touch*made)x>"),
        (#"threadbank threads --forum f\$\("#, "<threads><--forum><f$(touch made)x>"),
        ("threadbank threads --forum 'f$(t", "<threads><--forum><f$(touch made)x>"),
        ("threadbank threads --forum \"f", "<threads><--forum><f$(touch made)x>"),
        ("threadbank threads --forum f", "<threads><--forum><f$(touch made)x>"),
        ("threadbank search in:f", "<search><in:f$(touch*made)x>"),
        ("threadbank search in:\"h", "<search><in:h`touch*made`>"), ("threadbank search in:h\\`", "<search><in:h`touch*made`>"),
        ("threadbank threads --forum \"k", "<threads><--forum><k'x' \"y\">"),
        ("threadbank threads --forum 'k", "<threads><--forum><k'x' \"y\">"),
        ("threadbank threads --forum 'q", "<threads><--forum><q 'x'>"),
        ("threadbank threads --author g", "<threads><--author><g;touch made>"),
        ("threadbank threads --author h", "<threads><--author><h`touch made`>"),
        ("threadbank threads --author k", "<threads><--author><k'x' \"y\">"),
        ("threadbank search by:m", "<search><by:m:c@d>"), ("threadbank search by:m:c", "<search><by:m:c@d>"),
        ("threadbank search in:n", "<search><in:n**[2J*$(touch*made)>"),
    ]

    @Test(.timeLimit(.minutes(2)), arguments: ["bash", "zsh", "fish"])
    func namesArriveAsTheyAreAndRunNothing(name: String) throws {
        guard let script = Tool.path("script"), let path = Tool.path(name),
            let shell = Self.shells.first(where: { $0.name == name })
        else { return print("skipped: \(name) or script is not installed") }
        let command = "cd '\(folder.path)' && exec timeout --foreground -s KILL 90 '\(path)' \(shell.arguments)"
        let dialogue = try Dialogue(script, ["-qec", command, "/dev/null"], environment: environment)
        try dialogue.type(shell.setup + "; echo rea''dy\n")
        try dialogue.wait(for: "ready")
        for (line, wanted) in Self.lines {
            try dialogue.type(line + "\t\n")
            try dialogue.wait(for: "received")
            let received = folder.bytes("received").map { String(decoding: $0, as: UTF8.self) }
            #expect(received == wanted, "\(name): \(line)")
        }
        try dialogue.type("exit\n")
        _ = dialogue.end()
        #expect(!FileManager.default.fileExists(atPath: folder.file("made")), "\(name): a name was run")
    }
}
