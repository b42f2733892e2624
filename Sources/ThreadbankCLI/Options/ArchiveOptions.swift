// Where the archive is, for every verb.

internal import ArgumentParser
internal import Foundation
internal import Threadbank
internal import ThreadbankImporters

/// The archive that a verb works on: `--archive`, else `$THREADBANK_ARCHIVE`, else the user's data folder.
struct ArchiveOptions: ParsableArguments {
    @Option(
        name: [.customShort("a"), .long],
        help: ArgumentHelp(
            "The archive. Default: $THREADBANK_ARCHIVE, else threadbank/archive.sqlite in the data folder.", valueName: "path"),
        completion: .file())
    var archive: String?

    var path: String { Self.path(archive) }

    /// The archive of that name, or the one that is meant where none is named.
    static func path(_ archive: String?) -> String {
        if let archive { return archive }
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["THREADBANK_ARCHIVE"], !path.isEmpty { return path }
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? Self.home + "/.local/share"
        return data + "/threadbank/archive.sqlite"
    }

    /// The user's folder: `$HOME`, as for every other program, else what the system's list of users says.
    static var home: String {
        ProcessInfo.processInfo.environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil } ?? NSHomeDirectory()
    }

    func openReader() throws -> ArchiveReader { try ArchiveReader(path: path) }
    func openArchive() throws -> Archive { try Archive(path: path, creating: nil) }

    /// - parameter inputs: the paths of what will be imported.
    func openOrCreateArchive(for inputs: [String]) throws -> Archive {
        try Archive(path: path, creating: .english, expecting: InputSizes.sum(inputs))
    }
}
