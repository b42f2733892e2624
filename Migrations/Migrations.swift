// The schema as an ordered list of SQL scripts, embedded in the binary.

/// One step of the schema: a script that takes an archive from one version to the next.
public struct Migration: Sendable {
    /// The file it stands in, without its ending.
    public let name: String
    /// The script; `{tokenize}` stands for the FTS5 tokenizer of the archive.
    public let sql: String
    /// Whether the script makes `posts_cjk`, which is then to be filled from the posts: SQL cannot cut their texts.
    public let fillsCharacters: Bool
    /// Whether the script makes `packed_columns`, which is then to be filled from the posts.
    public let fillsPacked: Bool

    init(_ name: String, _ bytes: [UInt8], fillsCharacters: Bool = false, fillsPacked: Bool = false) {
        self.name = name
        self.sql = String(decoding: bytes, as: UTF8.self)
        self.fillsCharacters = fillsCharacters
        self.fillsPacked = fillsPacked
    }
}

extension Migration {
    /// Every step, oldest first. An archive's `PRAGMA user_version` is the number of steps that it has taken.
    public static let all = [
        Migration("0001_archive", PackageResources._001_archive_sql),
        Migration("0002_search", PackageResources._002_search_sql),
        Migration("0003_renderings", PackageResources._003_renderings_sql),
        Migration("0004_marks", PackageResources._004_marks_sql),
        Migration("0005_languages", PackageResources._005_languages_sql, fillsCharacters: true),
        Migration("0006_packed", PackageResources._006_packed_sql, fillsPacked: true),
        Migration("0007_bodies", PackageResources._007_bodies_sql, fillsCharacters: true),
    ]
}
