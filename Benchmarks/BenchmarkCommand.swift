import ArgumentParser

/// Measurements of Jilaal against its limits and peers. Build it optimised:
///
///     swift build -c release --product jilaal-benchmarks
@main
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jilaal-benchmarks",
        abstract: "Measure and strain kernels, readers and stages; prints JSON.",
        subcommands: [
            VegetationIndexBenchmark.self, ArchiveIndexBenchmark.self, StackBenchmark.self,
            MakeStack.self, NightBenchmark.self, Soak.self, Corrupt.self, ReadCorrupted.self,
            WhittakerBenchmark.self, DroughtStateBenchmark.self, PrecipitationIndexBenchmark.self,
            TrendBenchmark.self, PercentileBenchmark.self, BreaksBenchmark.self,
            LimitsBenchmark.self, DensityBenchmark.self, DensityScaling.self,
            PlantedBenchmark.self, GiStarBenchmark.self, CubeBenchmark.self,
            NightlyUpdateBenchmark.self, HotspotCostBenchmark.self, LocalMoranBenchmark.self,
            ScanBenchmark.self, ScanCost.self, LocationBenchmark.self, ScheduleBenchmark.self,
            TravelBenchmark.self, ZonalBenchmark.self,
        ])
}
