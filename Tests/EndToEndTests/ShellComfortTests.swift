// The command on a terminal and in a shell: pager, colours, completions, manual page, Ctrl-C in the console.

import Foundation
import Testing
import ThreadbankTestSupport

@Suite struct ShellComfortTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try #require(Binary.run(["import", "\(Checkout.path)/seeds/text"], environment: environment()).status == 0)
    }

    private func environment(_ other: [String: String] = [:]) -> [String: String] {
        [
            "THREADBANK_ARCHIVE": folder.file("a.sqlite"), "XDG_STATE_HOME": folder.path, "TERM": "xterm", "SHELL": "/bin/sh",
            "FORCE_HYPERLINK": "0",
        ].merging(other) { $1 }
    }

    /// What a terminal of 80 columns is sent by a command; nil where there is no `script`.
    private func shown(_ command: String, _ other: [String: String] = [:], typed: String = "") throws -> String? {
        guard let script = Tool.path("script") else {
            print("skipped: script is not installed")
            return nil
        }
        let line = "stty cols 80; '\(Binary.path)' \(command)"
        let answer = try Binary.run(["-qec", line, "/dev/null"], stdin: typed, environment: environment(other), binary: script)
        return answer.stdout.replacing("\r\n", with: "\n")
    }

    @Test(arguments: [
        ("thread 1", true), ("thread 1 --format flat", true), ("thread 1 --format html", false),
        ("thread 1 --format mbox", false),
        ("thread 1 --format markdown", false), ("thread 1 --format json", false), ("threads --format csv", false),
        ("stats", true),
        ("show p2", true), ("search soviet --format jsonl", false), ("info", false),
    ])
    func onlyWhatIsForReadingGoesThroughAPager(command: String, isPaged: Bool) throws {
        guard let text = try shown(command, ["THREADBANK_PAGER": "sed s/^/PAGED/"]) else { return }
        #expect(text.contains("PAGED") == isPaged && !text.isEmpty)
    }

    /// git and others lose nothing either where `$PAGER` names what is not there.
    @Test(arguments: ["no-such-pager", "no-such-pager -R", "/", "less '", "no-such-pager # x"])
    func aPagerThatCannotStartLosesNothing(pager: String) throws {
        guard let text = try shown("thread 1", ["PAGER": pager, "NO_COLOR": "1"]),
            let plain = try shown("thread 1", ["PAGER": "cat", "NO_COLOR": "1"])
        else { return }
        #expect(!plain.isEmpty && text.hasSuffix(plain), "\(text.prefix(300))")
    }

    @Test func coloursAreForTerminalsThatWantThem() throws {
        guard let text = try shown("thread 1", ["PAGER": "cat"]) else { return }
        #expect(text.contains("\u{1B}[1m"))
        for other in [["NO_COLOR": "1"], ["TERM": "dumb"]] {
            #expect(try shown("thread 1", other.merging(["PAGER": "cat"]) { $1 })?.contains("\u{1B}") == false)
        }
        #expect(
            try shown("thread 1", ["NO_COLOR": "", "PAGER": "cat"])?.contains("\u{1B}[1m") == true, "an empty one says nothing")
    }

    @Test func noFormSendsAPostsControlCharactersToATerminal() throws {
        let line =
            #"{"body":"\u001b]0;owned\u0007 \u009b31m &#27;[2J \u007f\u0085","title":"\u001b[31m","author":"\u001b[5m","markup":"markdown"}"#
        _ = try Binary.run(["import", "-", "--from", "jsonl"], stdin: line + "\n", environment: environment())
        for format in ["text", "flat", "json", "jsonl", "markdown", "html", "mbox"] {
            let text = try Binary.run(["thread", "2", "--format", format], environment: environment()).stdout
            #expect(!text.isEmpty)
            let controls = text.unicodeScalars.filter { $0.properties.generalCategory == .control && $0 != "\n" }
            #expect(controls.isEmpty, "\(format): \(controls.map(\.value))")
        }
    }

    @Test func aVerbNamesOnlyItsOwnFormats() throws {
        func values(_ verb: String) throws -> String {
            let help = try Binary.run([verb, "--help"]).stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return String(try #require(help.firstMatch(of: #/--format <format> .*?\(values: ([^;)]*)/#)).1)
        }
        #expect(try values("stats") == "text, json")
        #expect(try values("search") == "text, json, jsonl, csv")
        #expect(try values("thread") == "text, flat, json, jsonl, markdown, html, mbox")
        #expect(try values("export") == "jsonl, json, csv, mbox, markdown, html, sqlite")
        let refused = try Binary.run(["stats", "--format", "csv"])
        #expect(refused.status == 64 && refused.stderr.contains("'text'") && refused.stderr.contains("'json'"))
    }

    @Test(arguments: ["bash", "zsh", "fish"]) func shellsReadTheirCompletions(shell: String) throws {
        let text = try Binary.run(["--generate-completion-script", shell]).stdout
        for word in ["---completion", "markdown", "html"] { #expect(text.contains(word)) }
        guard let path = Tool.path(shell) else { return print("skipped: \(shell) is not installed") }
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder.file("completions")))
        let read = try Binary.run(["-n", folder.file("completions")], binary: path)
        #expect(read.status == 0 && read.stderr == "", "\(read.stderr)")
    }

    /// What a shell at a terminal makes of a line when Tab is pressed behind it. The script is sourced as people source it.
    @Test(arguments: [
        ("threadbank threads --author Sov", "threadbank threads --author SovereignState"),
        ("threadbank search author:Sov", "author:SovereignState"), ("threadbank search -- word in:kn", "in:knives"),
        ("threadbank search word by:bo", "by:bob\\*lee"), ("threadbank search @mi", "@mine"),
        ("threadbank search tag:ry", "tag:rye"),
        ("threadbank search i", "is:"), ("threadbank sea", "threadbank search"),
        ("threadbank s", "threadbank sql"), ("threadbank search --s", "--saved"), ("threadbank thread --format m", "mbox"),
        ("threadbank import /et", "/etc"), ("threadbank stats -a /et", "/etc"), ("threadbank export -o /et", "/etc"),
    ])
    func bashCompletesFromTheArchive(line: String, wanted: String) throws {
        guard let bash = Tool.path("bash") else { return print("skipped: bash is not installed") }
        let posts = [
            #"{"forum":"knives","author":"bob lee","author_key":"b","body":"knife","tags":["rye"],"key":"1"}"#,
            #"{"forum":"baking","author":"ann","author_key":"a","body":"bread","key":"2"}"#,
        ]
        _ = try Binary.run(
            ["import", "-", "--from", "jsonl"], stdin: posts.joined(separator: "\n") + "\n", environment: environment())
        _ = try Binary.run(["search", "bread", "--save", "mine"], environment: environment())
        // Words as readline cuts them, then the function that the script registers, then the word in the line as readline replaces it.
        let script = #"""
            source <("$0" --generate-completion-script bash)
            threadbank() { "${binary}" "$@"; }
            binary="$0" COMP_LINE="$1" COMP_POINT="${#1}" COMP_WORDS=()
            rest="$1"
            while [[ -n "${rest}" ]]; do
                if [[ "${rest}" =~ ^\ +$ ]]; then COMP_WORDS+=(''); break; fi
                [[ "${rest}" =~ ^\ *([:@]+|[^\ :@]+) ]]
                COMP_WORDS+=("${BASH_REMATCH[1]}")
                rest="${rest:${#BASH_REMATCH[0]}}"
            done
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            $(complete -p threadbank | sed 's/.*-F \([^ ]*\).*/\1/') threadbank "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            last="${1##*[ :]}"
            [[ "${last}" == *@* ]] && last="@${last##*@}"
            for reply in "${COMPREPLY[@]}"; do printf '%s%s\n' "${1%"${last}"}" "${reply}"; done
            """#
        let answer = try Binary.run(["-c", script, Binary.path, line], environment: environment(), binary: bash)
        let lines = answer.stdout.split(separator: "\n")
        #expect(lines.contains { $0 == wanted || $0.hasSuffix(" \(wanted)") }, "\(answer)")
    }

    @Test func noNameRunsInBash() throws {
        guard let bash = Tool.path("bash") else { return print("skipped: bash is not installed") }
        let post = #"{"forum":"f`touch made`$(touch made)","author":"a$(touch made)","author_key":"b","body":"knife","key":"1"}"#
        _ = try Binary.run(["import", "-", "--from", "jsonl"], stdin: post + "\n", environment: environment())
        let script = #"""
            cd "$1"; source <("$0" --generate-completion-script bash); binary="$0"
            threadbank() { "${binary}" "$@"; }
            COMP_WORDS=(threadbank threads --forum f) COMP_CWORD=3 COMP_LINE='threadbank threads --forum f' COMP_POINT=28
            $(complete -p threadbank | sed 's/.*-F \([^ ]*\).*/\1/') threadbank f --forum
            eval "printf '%s\n' ${COMPREPLY[*]}"; ls made
            """#
        let answer = try Binary.run(["-c", script, Binary.path, folder.path], environment: environment(), binary: bash)
        #expect(answer.stdout == "f`touch made`$(touch made)\n", "\(answer)")
    }

    @Test(arguments: [("in:kn", #"in\:knives"#), ("by:bo", #"by\:bob*lee"#), ("@mi", "@mine")])
    func zshIsToldNoDescriptions(prefix: String, wanted: String) throws {
        let post = #"{"forum":"knives","author":"bob lee","author_key":"b","body":"knife","key":"1"}"#
        _ = try Binary.run(["import", "-", "--from", "jsonl"], stdin: post + "\n", environment: environment())
        _ = try Binary.run(["search", "knife", "--save", "mine"], environment: environment())
        let answer = try Binary.run(
            ["---completion", "search", "--", "positional@0", "2", "5", "threadbank", "search", prefix],
            environment: environment(["SAP_SHELL": "zsh", "SAP_SHELL_VERSION": "5.9"]))
        #expect(answer.stdout.split(separator: "\n").first == Substring(wanted), "\(answer)")
    }

    @Test func manReadsTheManual() throws {
        let page = try Binary.run(["manual"]).stdout
        try Data(page.utf8).write(to: URL(fileURLWithPath: folder.file("threadbank.1")))
        guard let man = Tool.path("man") else { return print("skipped: man is not installed") }
        let answer = try Binary.run(
            ["--warnings", "-l", folder.file("threadbank.1")], environment: ["MANWIDTH": "80", "LC_ALL": "C.UTF-8"], binary: man)
        #expect(answer.status == 0 && answer.stderr == "", "\(answer.stderr)")
        #expect(answer.stdout.isEmpty || answer.stdout.contains("threadbank search"))
    }

    @Test func withoutLibeditTheConsoleReadsPlainLines() throws {
        // A library that cannot be loaded stands before the real one.
        try Data().write(to: URL(fileURLWithPath: folder.file("libedit.so.2")))
        let other = ["LD_LIBRARY_PATH": folder.path, "NO_COLOR": "1"]
        guard let text = try shown("sql", other, typed: "select 40 + 2 as sum;\n.t\n.q\n") else { return }
        #expect(text.contains("did you mean .tables or .timer?"), "\(text)")
        #expect(text.contains("sql> ") && text.contains(" 42\n") || text.contains("\n42\n"))
    }

    @Test(.timeLimit(.minutes(1))) func ctrlCStopsTheStatementAndNotTheConsole() throws {
        guard let script = Tool.path("script") else { return print("skipped: script is not installed") }
        // A shell between the terminal and the console would hear the Ctrl-C too, and die of it.
        let command = "exec '\(Binary.path)' sql --format jsonl --timeout 100000 --max-rows 1000000000"
        let dialogue = try Dialogue(script, ["-qec", command, "/dev/null"], environment: environment(["NO_COLOR": "1"]))
        try dialogue.wait(for: "sql> ")
        try dialogue.type("with recursive n(i) as (select 1 union all select i + 1 from n) select i from n;\n")
        try dialogue.wait(for: "\"i\":2000")
        try dialogue.type("\u{3}")
        try dialogue.wait(for: "stopped")
        try dialogue.wait(for: "sql> ")
        try dialogue.type("select 'still ' || 'here' as x;\n")
        try dialogue.wait(for: "still here")
        try dialogue.type(".quit\n")
        #expect(dialogue.end() == 0)
    }
}
