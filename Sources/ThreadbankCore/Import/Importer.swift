// The shape of an input format: how it recognises an input, and how it yields posts from it.

/// One input format. A conforming type and one line in the registry give it `formats`, `--from`, and the contract tests.
///
/// An importer knows nothing of SQL, prints nothing, and keeps no state between inputs.
public protocol Importer: Sendable {
    /// The name that `--from` and `formats` use: lower case, no spaces.
    var name: String { get }
    /// Raised whenever the same bytes would yield other posts, so that finished inputs are read again.
    var version: Int { get }
    /// One line for `formats`: what it reads.
    var summary: String { get }
    /// One line for `formats`: what it recognises an input by.
    var recognises: String { get }
    /// The package that must be installed where it runs, `libgmime-3.0-0` say; nil, as by default, where it needs none.
    var needs: String? { get }

    /// Whether the input looks like this format. Must be cheap, and must not trap on any bytes.
    func recognises(_ probe: InputProbe) -> Bool

    /// Yields the posts of an input, in any order. A record that cannot be read is handed to `sink.reject`, and reading goes on.
    ///
    /// - throws: ``ImportError`` where nothing more can be read of this input; what the sink has taken is kept.
    func read(_ input: any ImportInput, into sink: any ImportSink) throws
}

extension Importer {
    public var needs: String? { nil }
}

/// A format whose input is a whole folder: a dump of several files, a Maildir. Its files count as one input.
///
/// `read(_:into:)` is handed an ``ImportFolder`` where the folder was recognised, and a plain input where a single file was.
public protocol FolderImporter: Importer {
    /// The files of the folder that belong to this format, as paths relative to it; nil where it is no such folder. What is left
    /// is walked as in any other folder. Must be cheap.
    func claims(_ folder: any FolderProbe) -> [String]?
}

/// What a folder importer may look at to recognise a folder. Hidden files are not shown, nor files that a folder above has claimed.
public protocol FolderProbe {
    /// The last part of the folder's path.
    var name: String { get }
    /// The names of the files in the folder, sorted.
    var files: [String] { get }
    /// The names of the folders in the folder, sorted, hidden ones too.
    var folders: [String] { get }
    /// The names of the files in a folder below, sorted; empty where it cannot be read. `folder` is its path relative to this one.
    func files(in folder: String) -> [String]
}

/// A folder that is one input. `next()` gives nil: its bytes are those of its files.
public protocol ImportFolder: ImportInput {
    /// The files that the importer claimed, as paths relative to the folder, sorted.
    var files: [String] { get }
    /// One of ``files``, decompressed; `name` is its whole path.
    func open(_ file: String) throws -> any ImportInput
}

/// What an importer may look at to recognise an input.
public struct InputProbe: Sendable {
    /// The last part of the path; empty for stdin.
    public var fileName: String
    /// The names beside it in its folder; empty for stdin and for a file named on the command line.
    public var siblings: [String]
    /// The first bytes, up to 64 KiB, decompressed.
    public var head: [UInt8]
    /// Whether a person named this input, rather than a folder walk finding it.
    public var isNamed: Bool

    public init(fileName: String, siblings: [String] = [], head: [UInt8], isNamed: Bool) {
        self.fileName = fileName
        self.siblings = siblings
        self.head = head
        self.isNamed = isNamed
    }

    /// The first byte that is neither white space nor part of a byte order mark.
    public var firstByte: UInt8? {
        head.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 == 0x20 || (0x09...0x0D).contains($0) }.first
    }

    /// The lower-case ending of the file's name, without its dot.
    public var fileExtension: String {
        guard let dot = fileName.lastIndex(of: "."), dot != fileName.startIndex else { return "" }
        return fileName[fileName.index(after: dot)...].lowercased()
    }
}

/// The bytes of one input, and what its name tells.
public protocol ImportInput: AnyObject {
    /// The input as people named it, for messages.
    var name: String { get }
    /// A key for formats that have none of their own: the path below a walked folder, a file's name, stdin's hash, or `--source`.
    var key: String { get }
    /// What `--source` says; nil where it was not given.
    var sourceName: String? { get }
    /// SHA-256 of the bytes as they stand on the disk or came through the pipe, in lower-case hex. Nil while it is not known: of a pipe
    /// that is longer than what is kept of it (32 MiB), before its end.
    var sha256: String? { get throws }
    /// How many bytes stand on the disk, packed ones as they are; nil where nobody knows, as of a pipe.
    var byteCount: Int? { get }
    /// How many of ``byteCount`` have been read so far.
    var bytesRead: Int { get }
    /// Why what was given is not the whole input: a reading error, packed data that break off, a file that changed meanwhile. Asked
    /// after reading; nil where all is well.
    var failure: ImportError? { get }
    /// The next bytes from the start on; nil at the end. Chunks are never empty.
    func next() throws -> [UInt8]?
    /// Starts over, so that `next()` gives the first bytes again.
    ///
    /// - throws: ``ImportError`` for a pipe of which more was read than is kept (32 MiB).
    func restart() throws
    /// Goes on behind packed data that are damaged, with the next member whose text begins with `mark`. To be asked once reading has
    /// failed; nil where it stays so.
    func skipDamage(to mark: [UInt8]) throws -> DamagedMember?
}

/// A part of packed data that cannot be unpacked, where the parts behind it can.
public struct DamagedMember: Sendable {
    /// Where it stands in what is packed: up to the member that is read next, or to the end.
    public var bytes: Range<Int>
    /// How many plain bytes it gave before its fault was seen. Some of them may be wrong: a fault is seen late.
    public var given: Int
    public var reason: String

    public init(bytes: Range<Int>, given: Int, reason: String) {
        (self.bytes, self.given, self.reason) = (bytes, given, reason)
    }
}

extension ImportInput {
    public func skipDamage(to mark: [UInt8]) throws -> DamagedMember? { nil }
    public var byteCount: Int? { nil }
    public var bytesRead: Int { 0 }
    public var failure: ImportError? { nil }

    /// All bytes from where reading stands to the end. Where they break off it gives what was good, and ``failure`` says why.
    ///
    /// - throws: ``ImportError`` where nothing can be read at all.
    public func remainder() throws -> [UInt8] {
        var all: [UInt8] = []
        do {
            while let chunk = try next() { if all.isEmpty { all = chunk } else { all += chunk } }
        } catch let error as ImportError {
            if all.isEmpty || failure == nil { throw error }
        }
        return all
    }
}

/// Takes what an importer yields.
public protocol ImportSink: AnyObject {
    /// Takes one copy of one post.
    func add(_ post: ImportedPost) throws
    /// Takes all posts of a page whose keys rest on their wording and order, in that order. They are aligned with what the archive
    /// holds of the same thread before their keys are believed.
    func addPage(_ posts: [ImportedPost]) throws
    /// Names an account, where posts of it are known by now; accounts without posts are not kept. The newest names stay.
    func nameAuthor(_ author: AuthorReference, of source: SourceReference, at date: Int64?) throws
    /// Counts a record that could not be read.
    func reject(_ diagnostic: ImportDiagnostic)
    /// Passes on a remark about the input that loses no record.
    func warn(_ diagnostic: ImportDiagnostic)
}
