// `threadbank note`: own notes on posts and threads.

internal import ArgumentParser
internal import Threadbank
internal import ThreadbankCore

struct Note: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "note",
        abstract: "Write own notes on posts and threads.",
        discussion: """
            Notes are shown by `show`, stay through imports, and go with `export` and
            `import` to another archive. Without arguments all of them are listed.

            EXAMPLES
              threadbank note p12 "compare with the reply of 2021"
              threadbank note t3 the thread that started it
              threadbank note p12 --remove       all notes of the post
              threadbank note                    the list
            """)

    @OptionGroup var archive: ArchiveOptions
    @OptionGroup var output: OutputOptions<ListFormats>

    @Argument(help: "A post (12, p12, its URL, a citation) or a thread (t3).")
    var target: String?

    @Argument(help: "The note; several words are joined by a space.")
    var text: [String] = []

    @Flag(help: "Take the note away; without a text, all of the target's.")
    var remove = false

    func validate() throws {
        if target != nil, text.isEmpty, !remove { throw ValidationError("write a note, or --remove to take all away") }
    }

    func run() throws {
        let note = text.joined(separator: " ")
        try MarkWork(kind: .note, archive: archive, output: output).run(target, note.isEmpty ? [] : [note], remove: remove)
    }
}
