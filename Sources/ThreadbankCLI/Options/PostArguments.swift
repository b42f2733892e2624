// Posts and threads as people name them on the command line.

internal import Threadbank
internal import ThreadbankCore

extension ArchiveReader {
    /// The post that a number, citation, URL, Message-ID or alias names.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where the archive has no such post.
    func requirePost(_ text: String) throws(ThreadbankError) -> Post.ID {
        guard let post = try resolve(text) else {
            if let hint = try threadHint(text) { throw ThreadbankError(.notFound, hint) }
            throw ThreadbankError(.notFound, "\(text.showingControls()): no such post in the archive; search finds its number")
        }
        return post
    }

    /// What is said of a thread's id where a post is wanted; nil where `text` is none that the archive has.
    func threadHint(_ text: String) throws(ThreadbankError) -> String? {
        guard text.hasPrefix("t"), let id = DiscussionThread.ID(text: text), try resolveThread(text) != nil else { return nil }
        return "\(id) is a thread; `threadbank thread \(id)` shows it"
    }

    /// The thread that a number or any of its posts names.
    ///
    /// - throws: ``ThreadbankError`` with code `notFound` where the archive has no such thread.
    func requireThread(_ text: String) throws(ThreadbankError) -> DiscussionThread.ID {
        guard let thread = try resolveThread(text) else {
            throw ThreadbankError(.notFound, "\(text.showingControls()): no such thread in the archive; `threads` lists them")
        }
        return thread
    }
}
