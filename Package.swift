// swift-tools-version: 6.1
import PackageDescription

// Every target is compiled in Swift 6 language mode; imports must name the
// module whose members they use.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

#if arch(x86_64)
    let avx2Flags: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v3", "-Xcc", "-fno-math-errno"])]
    let avx512Flags: [SwiftSetting] = [.unsafeFlags(["-Xcc", "-march=x86-64-v4", "-Xcc", "-fno-math-errno"])]
#else
    let avx2Flags: [SwiftSetting] = []
    let avx512Flags: [SwiftSetting] = []
#endif

// Kernels and the methods around them are optimized in debug builds too: there
// they took most of the time of every run, and of every test that makes one.
let optimized: [SwiftSetting] =
    settings + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: settings)
}

let package = Package(
    name: "jilaal",
    products: [
        .executable(name: "jilaal", targets: ["jilaal"]),
        .executable(name: "jilaal-benchmarks", targets: ["jilaal-benchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // C libraries, found by pkg-config.
        .systemLibrary(name: "CGDAL", pkgConfig: "gdal", providers: [.apt(["libgdal-dev"])]),
        .systemLibrary(name: "CPROJ", pkgConfig: "proj", providers: [.apt(["libproj-dev"])]),
        .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
        .systemLibrary(
            name: "CCbc", pkgConfig: "cbc", providers: [.apt(["coinor-libcbc-dev"])]),

        // The foundations: no files, no C handles.
        library("Diagnostics", []),
        // Lets the n-th operation fail, in debug builds.
        library("Faults", []),
        .target(name: "CCPUFeatures"),
        library("InstructionSets", ["CCPUFeatures"]),
        library("GridCore", []),
        // The kernels again for processors that have AVX2 or AVX-512; entered
        // only after the processor was asked. The flag reaches the code
        // generator through the C importer; there is no setting for it. Both
        // are one source: GridCoreAVX512 is a link to GridCoreAVX2, because
        // SwiftPM compiles a folder with one set of flags, and copies drift.
        // Nobody asks for errno; with it square roots would not be vectors.
        .target(
            name: "GridCoreAVX2", dependencies: ["GridCore"],
            swiftSettings: optimized + avx2Flags),
        .target(
            name: "GridCoreAVX512", dependencies: ["GridCore"],
            swiftSettings: optimized + avx512Flags),
        library("Calendar", []),

        // Reading and writing.
        library("Geo", ["CGDAL", "CPROJ", "Diagnostics", "Faults", "GridCore"]),
        library("Tables", ["Calendar", "Diagnostics", "GridCore"]),
        library("Products", ["Calendar", "Diagnostics"]),

        // The science. Siblings never meet here.
        library("Incidents", ["Calendar", "Diagnostics", "GridCore", "Products", "Tables"]),
        library(
            "Drought",
            [
                "Calendar", "Diagnostics", "GridCore", "GridCoreAVX2", "GridCoreAVX512",
                "InstructionSets",
            ]),
        .target(
            name: "Hotspots",
            dependencies: [
                "Diagnostics", "GridCore", "GridCoreAVX2", "GridCoreAVX512", "InstructionSets",
            ], swiftSettings: optimized),
        .target(
            name: "Sectors",
            dependencies: ["Diagnostics", "Geo", "GridCore", "GridCoreAVX2", "InstructionSets"],
            swiftSettings: optimized),
        // Proven optima of linear programs with whole numbers.
        library("Solver", ["CCbc", "Diagnostics"]),
        .target(
            name: "Bases",
            dependencies: [
                "CCPUFeatures", "Calendar", "Diagnostics", "Geo", "GridCore", "Sectors", "Solver",
                "Tables",
            ],
            swiftSettings: optimized),

        // What is remembered from night to night: runs, files, events.
        library(
            "State",
            [
                "Calendar", "Diagnostics", "Faults", "GridCore", "Tables",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        // Pictures of published outputs.
        .target(
            name: "Report", dependencies: ["CCairo", "Diagnostics", "GridCore"],
            swiftSettings: optimized),

        // The night: configuration, stages, publishing.
        library(
            "Pipeline",
            [
                "Bases", "Calendar", "Diagnostics", "Drought", "Faults", "Geo", "GridCore",
                "Hotspots", "Incidents", "InstructionSets", "Products", "Report", "Sectors", "Solver",
                "State", "Tables",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Yams", package: "Yams"),
            ]),
        .executableTarget(
            name: "jilaal",
            dependencies: [
                "Calendar", "Diagnostics", "Drought", "Geo", "Pipeline", "Products", "Tables",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),

        .executableTarget(
            name: "jilaal-benchmarks",
            dependencies: [
                "ArithmeticLimit", "Bases", "Diagnostics", "Drought", "Geo", "GridCore", "Hotspots",
                "InstructionSets", "Sectors", "Solver", "Tables",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks",
            exclude: [
                "ArithmeticLimit", "Transfer/make_inputs.py", "Transfer/make_inputs_mclp.py",
            ], swiftSettings: settings),
        // The peak rate of what kernels compute with; entered as they are.
        .target(
            name: "ArithmeticLimit", path: "Benchmarks/ArithmeticLimit",
            swiftSettings: settings + avx2Flags),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        tests("GridCoreTests", ["GridCore"]),
        tests("CalendarTests", ["Calendar"]),
        tests("DiagnosticsTests", ["Diagnostics"]),
        tests(
            "DroughtTests",
            ["Calendar", "Diagnostics", "Drought", "GridCore", "InstructionSets"]),
        tests("TablesTests", ["Calendar", "Diagnostics", "GridCore", "Tables"]),
        tests("ProductsTests", ["Calendar", "Diagnostics", "Products"]),
        tests(
            "IncidentsTests",
            ["Calendar", "Diagnostics", "GridCore", "Incidents", "Products", "Tables"]),
        tests("HotspotsTests", ["Diagnostics", "GridCore", "Hotspots", "InstructionSets"]),
        tests("SectorsTests", ["Diagnostics", "Geo", "GridCore", "InstructionSets", "Sectors"]),
        tests(
            "PipelineTests",
            [
                "Calendar", "Diagnostics", "Drought", "Geo", "GridCore", "Hotspots", "Incidents",
                "InstructionSets", "Pipeline", "Products", "Sectors", "Tables", .product(name: "Logging", package: "swift-log"),
            ]),
        tests("GeoTests", ["Diagnostics", "Geo", "GridCore"]),
        tests("SolverTests", ["Diagnostics", "Solver"]),
        tests(
            "BasesTests",
            ["Bases", "Calendar", "Diagnostics", "Geo", "GridCore", "Sectors", "Solver", "Tables"]),
        tests(
            "StateTests",
            [
                "Calendar", "Diagnostics", "GridCore", "State", "Tables",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        tests("ReportTests", ["CCairo", "Diagnostics", "GridCore", "Report"]),
        // Drives the programs themselves, so they are built before these run.
        tests(
            "EndToEndTests",
            [
                "Diagnostics", "Geo", "GridCore", "jilaal", "jilaal-benchmarks",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
