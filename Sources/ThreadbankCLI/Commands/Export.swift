// `threadbank export`: threads, hits or everything out of the archive, in a form that others read.

internal import ArgumentParser
internal import Foundation
internal import Threadbank
internal import ThreadbankCore

struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write posts for other tools, readers and archives.",
        discussion: """
            Without --thread, --forum or --search everything is written.

            FORMATS
              jsonl     one post a line with everything that is known of it;
                        importing it into an empty archive gives the same archive
              json      one object: threads, each with its posts as `thread` has them
              csv       a row a post
              mbox      mails (mboxrd) that thread as the posts do
              markdown  a folder: a page a thread, and an index
              html      a folder: a small site without scripts, light and dark
              sqlite    an archive of its own, with its index

            Memory does not grow with the archive: posts pass one by one, or thread by
            thread. With --search, jsonl, json, csv, mbox and sqlite hold the hits alone,
            unless --whole-threads is given; markdown and html hold the threads of the
            hits, where html points them out.

            --anonymize replaces names by pseudonyms: authors, @mentions, mail addresses,
            and the names of all authors of the archive wherever they stand, also in
            titles, tags, evidence, names of files and forums, also escaped or inside of
            addresses; keys and addresses of posts, people, forums and sites go. A name
            that is an everyday word, or that the archive uses as a word, stays where
            nothing marks it as a name. It cannot hide who is known by other words, a
            nickname, a signature, a link, or style, nor who is no author of the archive,
            and a text that stands on the web is found there by its own words. Pseudonyms
            are new each time, unless --pseudonym-key gives the secret that they are made
            with.

            EXAMPLES
              threadbank export > everything.jsonl
              threadbank export --thread 3 > thread.jsonl
              threadbank export --format html --output site
              threadbank export --format markdown --forum baking -o baking
              threadbank export --search 'bread after:2023' --format mbox -o bread.mbox
              threadbank export --format sqlite --forum baking -o baking.sqlite
              threadbank export --anonymize --format csv > posts.csv
            """)

    @OptionGroup var archive: ArchiveOptions

    @Option(name: .customLong("format"), help: "The form of what is written.")
    var chosen = ChosenFormat<ExportFormats>(.jsonl)
    private var format: OutputFormat { chosen.format }

    @Option(help: "Only this thread: its number, or any post of it.")
    var thread: String?

    @Option(
        help: ArgumentHelp("Only the threads of this forum.", valueName: "name"), completion: .custom(Completions.forums))
    var forum: String?

    @Option(help: ArgumentHelp("Only what a search finds.", valueName: "query"), completion: .custom(Completions.query))
    var search: String?

    @Flag(help: "With --search: the whole threads that hold a hit.")
    var wholeThreads = false

    @Option(
        name: [.customShort("o"), .long],
        help: ArgumentHelp(
            "A new file or folder to write, with the folders above it; markdown, html and sqlite need one.", valueName: "path"),
        completion: .file())
    var output: String?

    @Flag(help: "Replace the names of people by pseudonyms.")
    var anonymize = false

    @Option(help: ArgumentHelp("With --anonymize: the secret of the pseudonyms, for the same ones again.", valueName: "text"))
    var pseudonymKey: String?

    @OptionGroup var messages: MessageOptions

    /// The file or folder to make; nil for stdout, which `-` means too.
    private var destination: String? { output == "-" ? nil : output }

    func validate() throws {
        if [thread, forum, search].compactMap({ $0 }).count > 1 {
            throw ValidationError("--thread, --forum and --search: give one of them")
        }
        if destination == nil, [.markdown, .html, .sqlite].contains(format) {
            throw ValidationError("--format \(format.rawValue): name a new file or folder with --output")
        }
        if pseudonymKey != nil, !anonymize { throw ValidationError("--pseudonym-key is for --anonymize") }
    }

    func run() throws {
        let reader = try archive.openReader()
        var job = ExportJob(reader: reader, selection: try selection(reader))
        if anonymize {
            var anonymizer = Anonymizer(secret: pseudonymKey ?? String(UInt64.random(in: .min ... .max), radix: 36))
            anonymizer.know(try reader.people())
            job.anonymizer = anonymizer
        }
        if let destination, FileManager.default.fileExists(atPath: destination) {
            throw ThreadbankError(.invalid, "\(destination): is there already; name another file or folder")
        }
        if let destination {
            try OutputFolder.making(above: destination) { try write(job, to: destination) }
        } else {
            try write(job, to: nil)
        }
        if anonymize {
            messages.say(
                "threadbank: names of authors, mail addresses and keys are replaced; nicknames, names that are everyday words, other people, "
                    + "links, signatures and style may still tell who wrote, and a search engine may find the words")
        }
    }

    private func write(_ job: ExportJob, to destination: String?) throws {
        switch format {
        case .markdown, .html: try ExportFolder(job, isHTML: format == .html).write(to: destination ?? "")
        case .sqlite: try job.copy(to: destination ?? "")
        default: try ExportFile.write(to: destination) { out in try job.write(format, to: &out) }
        }
    }

    private func selection(_ reader: ArchiveReader) throws -> ExportSelection {
        if let thread { return .thread(try reader.requireThread(thread)) }
        if let forum {
            var request = ThreadListRequest()
            request.forum = forum
            // Before the first line is written.
            if let unknown = try reader.unknownName(in: request) { throw ThreadbankError(.notFound, unknown) }
            return .forum(forum)
        }
        if let search {
            let query = try SearchQuery.parse(search)
            if try reader.search(SearchRequest(query, countOnly: true)).total == 0 {
                throw ThreadbankError(.notFound, "nothing found for \(search.shortLine); nothing was written")
            }
            return wholeThreads ? .threadsOfSearch(query) : .search(query)
        }
        return .all
    }
}
