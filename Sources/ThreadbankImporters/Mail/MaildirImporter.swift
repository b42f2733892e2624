// The importer of Maildir folders: a file a message, in cur/ and new/.

internal import Foundation
internal import ThreadbankCore

/// Reads a Maildir. Files in `tmp/` are not delivered yet and stay out, and so do drafts (flag D), which nobody was sent. The other
/// flags say what the folder's owner did with a copy, a trashed one (T) too, and nothing of the post.
struct MaildirImporter: FolderImporter {
    let name = "maildir"
    let version = 2
    let summary = "a Maildir folder: cur/ and new/ with a file a message"
    let recognises = "a folder that holds cur and new, or cur and tmp"

    func recognises(_ probe: InputProbe) -> Bool { false }

    func claims(_ folder: any FolderProbe) -> [String]? {
        guard folder.folders.contains("cur"), folder.folders.contains("new") || folder.folders.contains("tmp") else { return nil }
        return ["cur", "new"].flatMap { part in
            folder.files(in: part).filter { !$0.hasPrefix(".") }.map { "\(part)/\($0)" }
        }
    }

    func read(_ input: any ImportInput, into sink: any ImportSink) throws {
        guard let folder = input as? any ImportFolder else {
            throw ImportError(
                ImportDiagnostic(at: .byte(0), "no Maildir: name the folder that holds cur and new, or use --from eml"))
        }
        let posts = try MailPosts(list: input.sourceName)
        for file in folder.files {
            let refuse = { (reason: String) in
                sink.reject(ImportDiagnostic(at: .byte(0), "no post", detail: "\(file): \(reason)"))
            }
            if Self.flags(file).contains("D") {
                refuse("a draft, never sent")
                continue
            }
            do {
                guard let bytes = try MailBytes.whole(folder.open(file)) else {
                    refuse("over \(MailSplitter.longest) bytes")
                    continue
                }
                for post in try posts.posts(bytes[...]) { try sink.add(post) }
            } catch let refusal as MailRefusal {
                refuse(refusal.reason)
            } catch let error as ImportError {
                // A file that cannot be read costs itself; a library that is missing costs all.
                if (try? GMime.load()) == nil { throw error }
                refuse(error.description)
            }
        }
    }

    /// What stands behind `:2,` in a name; some systems write `;` or `!` for the colon.
    static func flags(_ name: String) -> Substring {
        guard name.holds("2,"), let place = name.range(of: "2,", options: .backwards), place.lowerBound > name.startIndex,
            ":;!".contains(name[name.index(before: place.lowerBound)])
        else { return "" }
        return name[place.upperBound...]
    }
}
