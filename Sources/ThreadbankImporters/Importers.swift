// The registry: every input format, in the order in which they are asked whether they recognise an input.

public import ThreadbankCore

/// The input formats that this build knows.
public enum Importers {
    /// In the order of asking; the first that recognises an input reads it.
    public static let all: [any Importer] = [
        // A line of it is also JSON, so before whatever reads any JSON.
        JSONLinesImporter(),
        LemmyImporter(),
        // No other JSON has post_number beside topic_id.
        DiscourseImporter(),
        // Tables of rows in XML, and folders of them; nothing else reads XML.
        StackExchangeImporter(),
        // Its first line is like no other format's; before text, which takes anything.
        DiscourseRawImporter(),
        // Before mail: what browsers save as one file has a mail's headers.
        HTMLImporter(),
        // Mail, told by its first lines, which no other format has; mbox first, for its messages begin as single ones do.
        MboxImporter(),
        // Takes folders alone: the files of a Maildir are mails to eml where they stand by themselves.
        MaildirImporter(),
        // Before eml: an article is a mail with Newsgroups.
        UsenetImporter(),
        EmlImporter(),
        // A thing of the API holds in its "data" what is a record of a dump, so the API's form is asked for first.
        RedditImporter(),
        RedditDumpImporter(),
        // Its items have keys of their own: `by`, or `created_at_i`.
        HackerNewsImporter(),
        // Last: it takes any text that was named, so whatever has a form of its own must be asked first.
        TextImporter(),
    ]

    /// The importer of that name; nil where there is none.
    public static func named(_ name: String) -> (any Importer)? {
        all.first { $0.name == name }
    }

    /// The first importer that recognises the input; nil where none does.
    public static func recognising(_ probe: InputProbe) -> (any Importer)? {
        all.first { $0.recognises(probe) }
    }
}
