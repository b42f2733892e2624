// A sink that keeps what an importer yields, so that importers are tested without an archive.

public import ThreadbankCore

/// Keeps everything in the order in which it came.
public final class RecordingSink: ImportSink {
    /// All posts, those of pages too.
    public private(set) var posts: [ImportedPost] = []
    /// The posts of each call of `addPage`.
    public private(set) var pages: [[ImportedPost]] = []
    public private(set) var rejected: [ImportDiagnostic] = []
    public private(set) var warnings: [ImportDiagnostic] = []

    /// What `nameAuthor` was told.
    public private(set) var named: [AuthorReference] = []

    public init() {}

    public func nameAuthor(_ author: AuthorReference, of source: SourceReference, at date: Int64?) { named.append(author) }

    public func add(_ post: ImportedPost) { posts.append(post) }

    public func addPage(_ posts: [ImportedPost]) {
        pages.append(posts)
        self.posts += posts
    }

    public func reject(_ diagnostic: ImportDiagnostic) { rejected.append(diagnostic) }
    public func warn(_ diagnostic: ImportDiagnostic) { warnings.append(diagnostic) }

    /// The post of that key; nil where none came.
    public func post(_ key: String) -> ImportedPost? { posts.first { $0.key == key } }
}
