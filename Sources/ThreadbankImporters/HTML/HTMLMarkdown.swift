// From HTML, as forums and mails hold it, to Markdown.

internal import ThreadbankCore

/// The one converter that all importers share.
enum HTMLMarkdown {
    /// The Markdown of a fragment or a whole page: paragraphs, lists, quotes, code, links, tables. Visible text is never lost, and
    /// no tag comes through.
    ///
    /// - throws: ``ImportError`` where libxml2 is not installed.
    static func markdown(of html: String) throws(ImportError) -> String {
        throw ImportError("HTML cannot be read yet")
    }
}
