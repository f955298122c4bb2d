import Sectors

/// How the values of the as-of composite are spread over a zone.
struct ZoneDistribution: Sendable, Codable {
    /// By 0.001.
    var ndvi = WeightedHistogram(binsPerUnit: 1000, limits: -1000...1000)
    /// By 0.1 percentage points.
    var vci = WeightedHistogram(binsPerUnit: 10, limits: -1000...2000)
    /// By 0.01 standard deviations.
    var zscore = WeightedHistogram(binsPerUnit: 100, limits: -1000...1000)
    /// People by class code, 0 for cells without a class; nil without a
    /// raster of people.
    var people: ClassAreaAccumulator?

    mutating func merge(_ other: ZoneDistribution) {
        ndvi.merge(other.ndvi)
        vci.merge(other.vci)
        zscore.merge(other.zscore)
        if let others = other.people {
            var sum = people ?? ClassAreaAccumulator()
            sum.merge(others)
            people = sum
        }
    }

    var medians: ZoneMedians {
        ZoneMedians(ndvi: ndvi.median, vci: vci.median, zscore: zscore.median, people: people)
    }
}

/// What tables say of a zone beside its means.
struct ZoneMedians: Sendable, Codable {
    var ndvi: Double?
    var vci: Double?
    var zscore: Double?
    var people: ClassAreaAccumulator?
}
