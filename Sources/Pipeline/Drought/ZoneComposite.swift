import Sectors

/// Zone statistics of one composite, with the climatology of its period of
/// the year.
struct ZoneComposite: Sendable, Codable {
    var ndvi = ZonalAccumulator()
    var vci = ZonalAccumulator()
    var anomaly = ZonalAccumulator()
    var percent = ZonalAccumulator()
    var zscore = ZonalAccumulator()
    var classes = ClassAreaAccumulator()
    var baseline = ZoneBaseline()

    mutating func merge(_ other: ZoneComposite) {
        ndvi.merge(other.ndvi)
        vci.merge(other.vci)
        anomaly.merge(other.anomaly)
        percent.merge(other.percent)
        zscore.merge(other.zscore)
        classes.merge(other.classes)
        baseline.merge(other.baseline)
    }
}

/// The baseline band of a zone in one period of the year: area means of the
/// cells' own baseline minimum, mean and maximum, and of their years.
///
/// Its edges are where every cell of the zone has a VCI of 0 or of 100. The
/// range of the zone's mean over the years lies inside: cells seldom have
/// their worst year together. Taken from the climatology of the cells, so
/// that a kept climatology gives the same band as the archive.
struct ZoneBaseline: Sendable, Codable {
    var minimum = ZonalAccumulator()
    var mean = ZonalAccumulator()
    var maximum = ZonalAccumulator()

    mutating func merge(_ other: ZoneBaseline) {
        minimum.merge(other.minimum)
        mean.merge(other.mean)
        maximum.merge(other.maximum)
    }
}
