import GridCore
import Hotspots

/// The hot spots of one night of a made-up country.
struct PlantedNight {
    static let radiusInMeters = 15_000.0
    /// The 5 % class and stricter.
    private static let minimumBin = 2

    let bins: [Significance: Grid<Int8>]
    let spots: [Significance: [HotspotRegion]]

    init(_ incidents: [PlacedIncident], in country: RandomCountry) throws {
        let units = try MassGrid(of: incidents, on: country.spec).units
        let map = try getisOrdGiStar(
            values: units, valid: country.valid, radiusInMeters: Self.radiusInMeters, threads: 1)
        var bins: [Significance: Grid<Int8>] = [:]
        var spots: [Significance: [HotspotRegion]] = [:]
        for significance in Significance.allCases {
            let p = try map.twoSidedP(
                significance, counts: units, valid: country.valid,
                radiusInMeters: Self.radiusInMeters, threads: 1)
            let own = try ConfidenceBins(of: map, twoSidedP: p).bins
            bins[significance] = own
            spots[significance] =
                try hotspotRegions(bins: own, z: map.z, minimumBin: Self.minimumBin).regions
        }
        self.bins = bins
        self.spots = spots
    }

    func isHot(_ cell: CellIndex, _ significance: Significance) -> Bool {
        (bins[significance]?[cell] ?? 0) >= Self.minimumBin
    }
}

/// Clusters planted into a country, on a background of chance.
struct PlantedClusters {
    struct Cluster {
        var center: CellIndex
        var radiusInMeters: Double
        /// Incidents on top of the background.
        var strength: Int
        var cells: [CellIndex]

        func isNear(_ cell: CellIndex) -> Bool {
            let reach =
                (radiusInMeters + PlantedNight.radiusInMeters) / RandomCountry.cellInMeters
            return Double(RandomCountry.squaredCells(center, cell)) <= reach * reach
        }
    }

    static let strengths = [3, 6, 12, 25]
    static let radii = [7500.0, 15_000, 30_000]

    let clusters: [Cluster]
    let incidents: [PlacedIncident]

    /// Three clusters more than 100 km apart; strengths and radii take turns
    /// with the country's number.
    init(in country: RandomCountry, seed: UInt64, number: Int) {
        var random = CounterRandom(seed: seed, stream: UInt64(number), substream: 1)
        var clusters: [Cluster] = []
        for turn in 0..<60 where clusters.count < 3 {
            let center = country.randomCell(&random)
            guard clusters.allSatisfy({ RandomCountry.squaredCells($0.center, center) > 400 })
            else { continue }
            let kind = number * 3 + clusters.count
            let radius = Self.radii[(kind / Self.strengths.count + turn) % Self.radii.count]
            let reach = radius / RandomCountry.cellInMeters
            clusters.append(
                Cluster(
                    center: center, radiusInMeters: radius,
                    strength: Self.strengths[kind % Self.strengths.count],
                    cells: country.cells.filter {
                        Double(RandomCountry.squaredCells(center, $0)) <= reach * reach
                    }))
        }
        // 30...600, each size as likely as its double.
        var background = 30.0
        for _ in 0..<Int(random.nextUnit() * 18) { background *= 1.18 }
        var incidents = country.scattered(Int(background), &random)
        for cluster in clusters {
            for _ in 0..<cluster.strength {
                let cell = cluster.cells[Int(random.nextUnit() * Double(cluster.cells.count))]
                incidents.append(country.incident(in: cell, &random))
            }
        }
        self.clusters = clusters
        self.incidents = incidents
    }
}
