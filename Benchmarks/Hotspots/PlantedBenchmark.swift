import ArgumentParser
import GridCore
import Hotspots
import Tables

/// Hot spots of made-up countries against the truth that was planted, and of
/// nights of chance, on which there is none.
struct PlantedBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "planted",
        abstract: "Recall and false alarms of hot spots; fails when chance fires too often.")

    @Option(help: "Countries.") var countries = 200
    @Option(help: "Seed of all random numbers.") var seed: UInt64 = 20_260_101
    @Option(help: "Share of incidents known to their province only.") var coarse = 0.2
    @Option(help: "Threads.") var threads = 2

    private static let eventCounts = [5, 10, 20, 50, 100, 200, 500, 1000, 2000]
    /// The share of nights on which the 5 % class may fire.
    private static let limit = (part: 5, whole: 100)

    func run() throws {
        let countries = try mapInParallel(count: countries, threads: threads) { _, i in
            try RandomCountry(seed: seed, number: i, coarseShare: coarse)
        }
        let planted = try mapInParallel(count: countries.count, threads: threads) { _, i in
            let truth = PlantedClusters(in: countries[i], seed: seed, number: i)
            let night = try PlantedNight(truth.incidents, in: countries[i])
            return Significance.allCases.map { PlantedScore(truth, night, $0) }
        }
        let chance = try Self.eventCounts.map { events in
            let nights = try mapInParallel(count: countries.count, threads: threads) { _, i in
                var random = CounterRandom(
                    seed: seed, stream: UInt64(i), substream: UInt32(events + 1000))
                return try PlantedNight(countries[i].scattered(events, &random), in: countries[i])
                    .spots
            }
            return ChanceRate(events: events, nights: nights)
        }
        let cells = countries.map(\.cells.count)
        report(
            "planted",
            [
                .init("countries", .integer(countries.count)), .init("coarse", .number(coarse)),
                .init("fewest_cells", .integer(cells.min() ?? 0)),
                .init("most_cells", .integer(cells.max() ?? 0)),
                .init(
                    "planted",
                    .object(
                        Significance.allCases.enumerated().map { index, significance in
                            .init(
                                significance.rawValue,
                                PlantedScore.json(planted.map { $0[index] }))
                        })),
                .init("chance", .array(chance.map(\.json))),
            ])
        try check(chance)
    }

    /// Fails when the guarded rate is above the limit by more than chance
    /// would have it once in a thousand times.
    private func check(_ chance: [ChanceRate]) throws {
        let fired = chance.reduce(0) { $0 + ($1.fired[.guarded] ?? 0) }
        let nights = chance.reduce(0) { $0 + $1.nights }
        let all = BinomialTail(
            trials: Double(nights), part: Self.limit.part, of: Self.limit.whole
        ).orMore(Double(fired))
        let worst = chance.map { rate in
            BinomialTail(
                trials: Double(rate.nights), part: Self.limit.part, of: Self.limit.whole
            ).orMore(Double(rate.fired[.guarded] ?? 0))
        }.min() ?? 1
        guard all >= 0.001, worst * Double(chance.count) >= 0.001 else { throw ExitCode.failure }
    }
}
