import GridCore
import Sectors

/// The zones of one tile, with the weight of its cells: their area, or what
/// a mask keeps of it.
struct TileZones {
    let zones: ZoneIndex
    let tile: CellWindow
    /// Share of each cell that is kept; nil without a mask.
    var shares: UnsafePointer<Float>?
    /// nil without a raster of people.
    var people: UnsafePointer<Float>?

    func composite(_ zone: Int, of layers: TileLayers) -> ZoneComposite {
        var result = ZoneComposite()
        add(layers.ndvi, zone, &result.ndvi)
        add(layers.vci, zone, &result.vci)
        add(layers.anomaly, zone, &result.anomaly)
        add(layers.percent, zone, &result.percent)
        add(layers.zscore, zone, &result.zscore)
        if let shares {
            zones.accumulate(
                window: tile, zone: zone, values: layers.classes, weights: shares, .shareOfArea,
                into: &result.classes)
        } else {
            zones.accumulate(
                window: tile, zone: zone, values: layers.classes, into: &result.classes)
        }
        add(layers.minimum, zone, &result.baseline.minimum)
        add(layers.mean, zone, &result.baseline.mean)
        add(layers.maximum, zone, &result.baseline.maximum)
        return result
    }

    func distribution(_ zone: Int, of layers: TileLayers) -> ZoneDistribution {
        var result = ZoneDistribution()
        add(layers.ndvi, zone, &result.ndvi)
        add(layers.vci, zone, &result.vci)
        add(layers.zscore, zone, &result.zscore)
        if let people {
            var found = ClassAreaAccumulator()
            zones.accumulate(
                window: tile, zone: zone, values: layers.classes, weights: people, .amount,
                into: &found)
            result.people = found
        }
        return result
    }

    private func add(
        _ values: UnsafePointer<Float>, _ zone: Int, _ sink: inout ZonalAccumulator
    ) {
        if let shares {
            zones.accumulate(
                window: tile, zone: zone, values: values, weights: shares, .shareOfArea,
                into: &sink)
        } else {
            zones.accumulate(window: tile, zone: zone, values: values, into: &sink)
        }
    }

    private func add(
        _ values: UnsafePointer<Float>, _ zone: Int, _ sink: inout WeightedHistogram
    ) {
        if let shares {
            zones.accumulate(
                window: tile, zone: zone, values: values, weights: shares, .shareOfArea,
                into: &sink)
        } else {
            zones.accumulate(window: tile, zone: zone, values: values, into: &sink)
        }
    }
}
