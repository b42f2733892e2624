// What `import` can read: the registry of formats, and other archives.

internal import Threadbank
internal import ThreadbankCore
internal import ThreadbankImporters

enum ImportFormats {
    /// In the order in which they are asked. An archive's first bytes are like no other input's.
    ///
    /// - parameter target: the archive that is imported into.
    static func all(into target: String? = nil) -> [any Importer] { [ArchiveImporter(into: target)] + Importers.all }

    static func named(_ name: String, into target: String? = nil) -> (any Importer)? {
        all(into: target).first { $0.name == name }
    }
}
