import GridCore
import Hotspots
import Tables

/// What one rule of significance found of the clusters of a country.
struct PlantedScore {
    struct Find {
        var strength: Int
        var radiusInMeters: Double
        var cells: Int
        var hotCells: Int
    }

    let finds: [Find]
    let hotCells: Int
    /// Hot cells further from every cluster than the radius of Gi*.
    let falseCells: Int
    /// Hot spots without any cell near a cluster.
    let falseSpots: Int

    init(_ truth: PlantedClusters, _ night: PlantedNight, _ significance: Significance) {
        finds = truth.clusters.map { cluster in
            Find(
                strength: cluster.strength, radiusInMeters: cluster.radiusInMeters,
                cells: cluster.cells.count,
                hotCells: cluster.cells.count { night.isHot($0, significance) })
        }
        let spots = night.spots[significance] ?? []
        let far = spots.map { spot in
            spot.cells.count { cell in !truth.clusters.contains { $0.isNear(cell) } }
        }
        hotCells = spots.reduce(0) { $0 + $1.cells.count }
        falseCells = far.reduce(0, +)
        falseSpots = zip(spots, far).count { $0.cells.count == $1 }
    }

    static func json(_ scores: [PlantedScore]) -> JSONValue {
        let finds = scores.flatMap(\.finds)
        var rows: [JSONValue] = []
        for strength in PlantedClusters.strengths {
            for radius in PlantedClusters.radii {
                let own = finds.filter { $0.strength == strength && $0.radiusInMeters == radius }
                rows.append([
                    "strength": .integer(strength), "radius_m": .number(radius),
                    "clusters": .integer(own.count),
                    "recall_clusters": share(own.count { $0.hotCells > 0 }, of: own.count),
                    "recall_cells": share(
                        own.reduce(0) { $0 + $1.hotCells }, of: own.reduce(0) { $0 + $1.cells }),
                ])
            }
        }
        let hot = scores.reduce(0) { $0 + $1.hotCells }
        let wrong = scores.reduce(0) { $0 + $1.falseCells }
        return [
            "clusters": .array(rows),
            "false_spots_per_map": .rounded(
                Double(scores.reduce(0) { $0 + $1.falseSpots }) / Double(max(1, scores.count)),
                decimals: 3),
            "false_share_of_hot_cells": share(wrong, of: hot),
        ]
    }

    private static func share(_ part: Int, of whole: Int) -> JSONValue {
        whole == 0 ? .null : .rounded(Double(part) / Double(whole), decimals: 3)
    }
}

/// How often the 5 % class fires on nights of chance.
struct ChanceRate {
    let events: Int
    let nights: Int
    /// Nights with any hot spot.
    let fired: [Significance: Int]
    /// The sizes of all hot spots, ascending.
    let sizes: [Significance: [Int]]

    init(events: Int, nights: [[Significance: [HotspotRegion]]]) {
        self.events = events
        self.nights = nights.count
        var fired: [Significance: Int] = [:]
        var sizes: [Significance: [Int]] = [:]
        for significance in Significance.allCases {
            fired[significance] = nights.count { $0[significance]?.isEmpty == false }
            sizes[significance] =
                nights.flatMap { $0[significance]?.map(\.cells.count) ?? [] }.sorted()
        }
        self.fired = fired
        self.sizes = sizes
    }

    var json: JSONValue {
        .object(
            [.init("events", .integer(events)), .init("nights", .integer(nights))]
                + Significance.allCases.map { .init($0.rawValue, json(of: $0)) })
    }

    private func json(of significance: Significance) -> JSONValue {
        let count = fired[significance] ?? 0
        let own = sizes[significance] ?? []
        let bounds = interval(count)
        let cellArea = RandomCountry.cellInMeters * RandomCountry.cellInMeters
            / squareMetersPerSquareKilometer
        let mean = Double(own.reduce(0, +)) / Double(max(1, own.count))
        return [
            "nights_fired": .integer(count),
            "rate": .rounded(Double(count) / Double(max(1, nights)), decimals: 4),
            "rate_95_low": .rounded(bounds.lowerBound, decimals: 4),
            "rate_95_high": .rounded(bounds.upperBound, decimals: 4),
            "false_spots_per_map": .rounded(
                Double(own.count) / Double(max(1, nights)), decimals: 3),
            "mean_cells": .rounded(mean, decimals: 1),
            "mean_km2": .rounded(mean * cellArea, decimals: 0),
            "largest_cells": .integer(own.last ?? 0),
        ]
    }

    /// The exact interval of Clopper and Pearson (1934), by halving.
    private func interval(_ count: Int) -> ClosedRange<Double> {
        let steps = 1_000_000
        func first(where isEnough: (Int) -> Bool) -> Double {
            var (low, high) = (0, steps)
            while low < high {
                let middle = (low + high) / 2
                if isEnough(middle) { high = middle } else { low = middle + 1 }
            }
            return Double(low) / Double(steps)
        }
        func tail(_ part: Int) -> BinomialTail {
            BinomialTail(trials: Double(nights), part: part, of: steps)
        }
        let low = count == 0 ? 0 : first { tail($0).orMore(Double(count)) >= 0.025 }
        let high = count == nights ? 1 : first { tail($0).orFewer(Double(count)) <= 0.025 }
        return low...max(low, high)
    }
}
