// swift-tools-version: 6.1
// The manifest: targets, their one-way imports, and one list of language settings for all of them.

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "threadbank",
    platforms: [.macOS(.v14)],
    products: [
        .executable(name: "threadbank", targets: ["ThreadbankCLI"]),
        .library(name: "Threadbank", targets: ["Threadbank", "ThreadbankCore", "ThreadbankImporters"]),
    ],
    dependencies: [
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // Values and pure algorithms.
        .target(
            name: "ThreadbankCore",
            dependencies: ["CCrypto"],
            swiftSettings: settings,
            linkerSettings: [.linkedLibrary(":libcrypto.a", .when(platforms: [.linux]))]
        ),

        // The schema, as SQL embedded in the binary: a resource bundle would be lost when the binary is moved.
        .target(
            name: "ThreadbankMigrations",
            path: "Migrations",
            resources: [
                "0001_archive.sql", "0002_search.sql", "0003_renderings.sql", "0004_marks.sql", "0005_languages.sql",
                "0006_packed.sql", "0007_bodies.sql",
            ].map { .embedInCode($0) },
            swiftSettings: settings
        ),

        // The archive: SQLite, import, search, threads, the SQL console.
        .target(
            name: "Threadbank",
            dependencies: [
                "ThreadbankCore",
                "ThreadbankMigrations",
                "CRanking",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),

        // Ranking over FTS5's auxiliary functions, and packed columns.
        .target(name: "CRanking", linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("m", .when(platforms: [.linux]))]),

        // SHA-256 of OpenSSL's libcrypto, linked statically: it adds a few kilobytes and no start-up time.
        .systemLibrary(name: "CCrypto", providers: [.apt(["libssl-dev"])]),

        // The codecs of compressed inputs, linked statically.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
        .systemLibrary(name: "CLzma", providers: [.apt(["liblzma-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),

        // Libraries that are opened when first needed: linked, they would slow down the start of every verb.
        .target(name: "CGMime", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CXML", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        .target(name: "CArchive", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),

        // One input format a file or folder, and their registry.
        .target(
            name: "ThreadbankImporters",
            dependencies: ["ThreadbankCore", "CZlib", "CBzip2", "CLzma", "CZstd", "CGMime", "CXML", "CArchive"],
            swiftSettings: settings,
            linkerSettings: [":libz.a", ":libbz2.a", ":liblzma.a", ":libzstd.a"]
                .map { .linkedLibrary($0, .when(platforms: [.linux])) }
        ),

        // cmark-gfm, which renders Markdown safely, linked statically.
        .systemLibrary(name: "CMarkGFM", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),

        // Threads as documents: HTML pages and mails.
        .target(
            name: "ThreadbankPages",
            dependencies: ["ThreadbankCore", "CMarkGFM"],
            swiftSettings: settings,
            linkerSettings: [":libcmark-gfm-extensions.a", ":libcmark-gfm.a"]
                .map { .linkedLibrary($0, .when(platforms: [.linux])) }
        ),

        // The pager, and line editing for the SQL console, which is opened when that begins.
        .target(name: "CTerminal", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),

        // The command `threadbank`.
        .executableTarget(
            name: "ThreadbankCLI",
            dependencies: [
                "Threadbank",
                "ThreadbankCore",
                "ThreadbankImporters",
                "ThreadbankPages",
                "CTerminal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings
        ),

        // Tests mirror the sources.
        .target(
            name: "ThreadbankTestSupport",
            dependencies: ["Threadbank", "ThreadbankCore", "ThreadbankImporters"],
            path: "Tests/ThreadbankTestSupport",
            swiftSettings: settings
        ),
        .testTarget(
            name: "ThreadbankCoreTests",
            dependencies: ["ThreadbankCore", "ThreadbankTestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ThreadbankTests",
            dependencies: [
                "Threadbank", "ThreadbankCore", "ThreadbankImporters", "ThreadbankTestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ThreadbankImportersTests",
            dependencies: ["Threadbank", "ThreadbankCore", "ThreadbankImporters", "ThreadbankTestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "Threadbank", "ThreadbankCLI", "ThreadbankCore", "ThreadbankPages", "ThreadbankTestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Snapshots"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ProjectTests",
            dependencies: [
                "ThreadbankCLI", "ThreadbankCore", "ThreadbankImporters", "ThreadbankMigrations", "ThreadbankTestSupport",
            ],
            swiftSettings: settings
        ),
    ]
)
