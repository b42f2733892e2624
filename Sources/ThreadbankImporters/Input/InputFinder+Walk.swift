// Folders, and archives as folders.

internal import Foundation
internal import ThreadbankCore

extension InputFinder {
    /// Archives within archives, at most.
    private static let deepest = 4

    /// Everything below a folder, whose own key is only used where the folder itself is an input. Hidden files and folders are passed
    /// over, as `git` and `ripgrep` users expect. Folder importers are asked first; what they claim is one input, the rest is walked on.
    func walk(_ root: InputPlace, _ body: (FoundInput) throws -> Void) throws {
        var folders = [""]
        var claimed: Set<String> = []
        while let relative = folders.popLast() {
            try pause()
            var place = root
            place.path = Self.join(root.path, relative)
            place.name = Self.join(root.name, relative)
            guard let entries = FolderListing.entries(of: place.path) else {
                let reason = "the folder cannot be read; check its permissions"
                try body(FoundInput(input: UnreadInput(place.name), match: .refused(reason)))
                continue
            }
            var (files, below): ([String], [String]) = ([], [])
            for entry in entries {
                switch entry.kind {
                case .folder: below.append(entry.name)
                case .file where !entry.name.hasPrefix(".") && !claimed.contains(Self.join(place.path, entry.name)):
                    files.append(entry.name)
                default: break
                }
            }
            let names = entries.map(\.name)
            place.key = relative.isEmpty ? root.key : relative
            let own = try hand(place, DiskFolder(place.path, place.name, files, below, claimed), body)
            for file in own {
                claimed.insert(Self.join(place.path, file))
            }
            for name in files where !own.contains(name) {
                var file = place
                file.path = Self.join(place.path, name)
                file.name = Self.join(place.name, name)
                file.key = Self.join(relative, name)
                file.siblings = names
                file.isNamed = false
                try visit(file, body) { try RawFile(file.path, pause: pause) }
            }
            folders += below.filter { !$0.hasPrefix(".") }.reversed().map { Self.join(relative, $0) }
        }
    }

    /// Hands the folder to the first folder importer that claims it. Returns the files it claims.
    private func hand(_ place: InputPlace, _ folder: DiskFolder, _ body: (FoundInput) throws -> Void) throws -> Set<String> {
        for importer in importers.compactMap({ $0 as? any FolderImporter }) {
            guard let claims = importer.claims(folder) else { continue }
            let files = Set(claims).filter { file in
                if folder.listed.contains(file) { return true }
                let path = Self.join(place.path, file)
                return !file.hasParent && FileKind.of(path) == .file && !folder.claimed.contains(path)
            }
            guard !files.isEmpty else { continue }
            let input = FolderInput(files: files.sorted(), place, sourceName: sourceName, pause: pause)
            try body(FoundInput(input: input, match: .importer(importer)))
            return files
        }
        return []
    }

    /// Unpacks an archive into a folder of its own, walks that, and removes it.
    func unpack(
        _ container: Container, _ input: StreamInput, _ place: InputPlace, _ body: (FoundInput) throws -> Void
    ) throws {
        func refuse(_ name: String, _ reason: String) throws {
            try body(FoundInput(input: UnreadInput(name), match: .refused(reason)))
        }
        guard place.depth < Self.deepest else {
            return try refuse(place.name, "stands more than \(Self.deepest) archives deep; unpack it first")
        }
        unpacking(place.name)
        let archive: UnpackedArchive
        do {
            let isFile = !input.isPacked && input.byteCount != nil
            archive = try UnpackedArchive(container, path: isFile ? place.path : nil, stream: input, pause: pause)
        } catch let error as ImportError {
            return try refuse(place.name, error.description)
        }
        for omission in archive.omissions {
            let name = "\(place.name)/\(omission.name)"
            let match: FoundInput.Match = omission.isFault ? .refused(omission.reason) : .skipped(omission.reason)
            try body(FoundInput(input: UnreadInput(name), match: match))
        }
        if archive.furtherOmissions > 0 {
            try refuse(place.name, "\(archive.furtherOmissions) more of its files are left out")
        }
        var root = place
        root.path = archive.folder.path
        root.key = input.unpackedName
        root.depth += 1
        root.isNamed = false
        root.scale = Double(input.byteCount ?? 0) / Double(max(1, archive.size))
        try walk(root, body)
        if let failure = archive.failure { try refuse(place.name, failure.description) }
    }

    private static func join(_ folder: String, _ name: String) -> String {
        if folder.isEmpty || name.isEmpty { return folder + name }
        return folder + (folder.hasSuffix("/") ? "" : "/") + name
    }
}
