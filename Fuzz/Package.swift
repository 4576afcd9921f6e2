// swift-tools-version:6.2
import PackageDescription

// The fuzz targets, a package of their own: `swift build` of the main package does not know them, and scripts/fuzz.sh builds and runs them.
// The rooms that read mail stand here once more, as links to their folders: with the package of the server below, every build with the
// sanitisers would build BoringSSL with them, for minutes, though one function of it is used.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
]

let package = Package(
    name: "throughline-fuzz",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "HTMLReading", swiftSettings: settings),
        .target(name: "ReplyExtraction", dependencies: ["HTMLReading"], swiftSettings: settings),
        .target(name: "CMailParts"),
        .target(name: "Crypto", swiftSettings: settings),
        .target(name: "MailFormat", dependencies: ["CMailParts", "HTMLReading", "Crypto"], swiftSettings: settings),
        .executableTarget(name: "fuzz", dependencies: ["MailFormat", "ReplyExtraction", "HTMLReading"], swiftSettings: settings),
    ]
)
