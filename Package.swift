// swift-tools-version:6.2
import PackageDescription

// The rooms of the house, from the ground up. Nothing imports upwards: `make check` proves it.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "throughline",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "throughline", targets: ["throughline"]),
        .library(name: "ReplyExtraction", targets: ["ReplyExtraction"]),
        .library(name: "MailFormat", targets: ["MailFormat"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "Conversations", swiftSettings: settings),
        .target(name: "Settings", dependencies: [.product(name: "Yams", package: "Yams")], swiftSettings: settings),
        .target(name: "HTMLReading", swiftSettings: settings),
        .target(name: "ReplyExtraction", dependencies: ["HTMLReading"], swiftSettings: settings),
        .target(name: "CMailParts"),
        .target(
            name: "MailFormat",
            dependencies: ["CMailParts", "HTMLReading", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        .target(name: "Continuity", dependencies: ["Conversations"], swiftSettings: settings),
        .target(
            name: "MailTransport",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        .systemLibrary(name: "CUnbound", providers: [.apt(["libunbound-dev"])]),
        .systemLibrary(name: "CPSL", providers: [.apt(["libpsl-dev"])]),
        .target(
            name: "MailTrust",
            dependencies: [
                "CUnbound", "CPSL", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ], swiftSettings: settings),
        .target(name: "Store", dependencies: ["Conversations"], swiftSettings: settings),
        .target(
            name: "StoreSQLite",
            dependencies: ["Store", .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift")],
            swiftSettings: settings),
        .target(
            name: "Desk",
            dependencies: [
                "Conversations", "ReplyExtraction", "MailFormat", "Continuity", "MailTransport", "MailTrust", "Store",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        .target(
            name: "HTTPAPI",
            dependencies: [
                "Desk", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOFoundationCompat", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ], swiftSettings: settings),
        .executableTarget(
            name: "throughline",
            dependencies: [
                "HTTPAPI", "Settings", "StoreSQLite",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: settings),
        // Programs that know the server only by its sockets: the crash run and the benchmarks, which also measure the readers of mail alone.
        .target(name: "throughline-wire", swiftSettings: settings),
        .executableTarget(
            name: "throughline-crash",
            dependencies: ["throughline-wire", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            swiftSettings: settings),
        .target(name: "throughline-linux"),
        .executableTarget(
            name: "throughline-bench",
            dependencies: [
                "Desk", "MailFormat", "ReplyExtraction", "throughline-wire", "throughline-linux",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], swiftSettings: settings),
        .testTarget(
            name: "ReplyExtractionTests", dependencies: ["ReplyExtraction"], resources: [.copy("Fixtures")], swiftSettings: settings),
        .testTarget(name: "SettingsTests", dependencies: ["Settings"], swiftSettings: settings),
        .testTarget(name: "MailFormatTests", dependencies: ["MailFormat"], resources: [.copy("Fixtures")], swiftSettings: settings),
        // As another package would use the two libraries: nothing here may be `@testable`.
        .testTarget(name: "OutsideTests", dependencies: ["MailFormat", "ReplyExtraction"], swiftSettings: settings),
        .testTarget(name: "ContinuityTests", dependencies: ["Continuity"], swiftSettings: settings),
        .testTarget(name: "CrashTests", dependencies: ["throughline-crash"], swiftSettings: settings),
        .testTarget(
            name: "MailTransportTests",
            dependencies: [
                "MailTransport", .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOEmbedded", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"), .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        .testTarget(name: "MailTrustTests", dependencies: ["MailTrust"], swiftSettings: settings),
        .testTarget(
            name: "StoreTests", dependencies: ["StoreSQLite", .product(name: "Crypto", package: "swift-crypto")], swiftSettings: settings),
        .testTarget(
            name: "DeskTests",
            dependencies: [
                "Desk", "MailTrust", "StoreSQLite", .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: settings),
        .testTarget(
            name: "HTTPAPITests",
            dependencies: [
                "HTTPAPI", "StoreSQLite", .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
    ]
)
