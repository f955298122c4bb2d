import Diagnostics
import Drought
import Geo
import GridCore
import Sectors

/// The layers of a mask, checked and ready to be read tile by tile.
struct PreparedMask: Sendable {
    enum Source: Sendable {
        case fraction(RasterReference, scale: Double, nodata: Double?)
        case classes(RasterReference, values: Set<Int>, nodata: Double?)
        /// Exact share of each cell.
        case polygons(CellCoverage)
    }

    var mask: LandMask
    /// One for each layer of `mask`.
    var sources: [Source]
}

/// A raster of people per cell.
struct PreparedPeople: Sendable {
    var raster: RasterReference
    var nodata: Double?
}

extension PreparedDrought {
    /// Checks masks and people against the grid of the stack.
    mutating func addLand(_ configuration: DroughtConfiguration, _ log: inout ProblemLog) {
        if let masks = configuration.masks {
            var sources: [PreparedMask.Source] = []
            for layer in masks.used {
                guard let source = source(of: layer, &log) else { continue }
                sources.append(source)
            }
            guard sources.count == masks.used.count else { return }
            mask = PreparedMask(
                mask: LandMask(layers: masks.used.map(\.layer), minimum: Float(masks.minimum)),
                sources: sources)
        }
        if let section = configuration.people,
            let (raster, nodata) = raster(section.file, &log)
        {
            people = PreparedPeople(raster: raster, nodata: nodata)
        }
    }

    private func source(
        of layer: MaskLayerConfiguration, _ log: inout ProblemLog
    ) -> PreparedMask.Source? {
        switch layer.source {
        case .fraction(let file, let scale):
            return raster(file, &log).map { .fraction($0, scale: scale, nodata: $1) }
        case .classes(let file, let values):
            return raster(file, &log).map { .classes($0, values: Set(values), nodata: $1) }
        case .polygons(let file):
            return areas(file, &log).map { .polygons(CellCoverage(of: $0, on: stack.spec)) }
        }
    }

    /// A raster on the grid of the stack; nil after a report.
    private func raster(
        _ file: ConfiguredPath, _ log: inout ProblemLog
    ) -> (RasterReference, nodata: Double?)? {
        let reference = RasterReference(name: file.written, path: file.path)
        guard let info = log.attempt({ try RasterSource(reference).info }),
            let found = log.attempt({ try info.gridSpec() })
        else { return nil }
        let place = Place(file: file.written)
        guard info.bands.count == 1 else {
            log.add(
                PipelineError(
                    .wrongBandCount, at: place, "has \(info.bands.count) bands (expected 1)",
                    mend: "Take the band out with gdal_translate -b"))
            return nil
        }
        guard found.isSameGrid(as: stack.spec) else {
            log.add(
                GeoError(
                    .mixedGrids, at: place,
                    "lies on another grid than the vegetation rasters (found \(found.summary), "
                        + "expected \(stack.spec.summary))",
                    mend: "Nothing is resampled here. Bring it to their grid: \(warpCommand(file))")
            )
            return nil
        }
        return (reference, info.bands[0].nodata)
    }

    /// How GDAL brings a raster to the grid of the stack.
    private func warpCommand(_ file: ConfiguredPath) -> String {
        let spec = stack.spec
        let box = spec.boundingBox
        let extent = [box.minX, box.minY, box.maxX, box.maxY].map { "\($0)" }.joined(separator: " ")
        let isLong = spec.crs.text.contains(" ") || spec.crs.text.contains("[")
        let crs = isLong ? "CRS-OF-THE-STACK" : spec.crs.text
        return "gdalwarp -t_srs \(crs) -te \(extent) -ts \(spec.shape.columns) \(spec.shape.rows) "
            + "-r average \(file.written) OUTPUT.tif (-r near for codes, -r sum for people)"
    }

    /// All areas of a file, in the coordinates of the stack.
    private func areas(_ file: ConfiguredPath, _ log: inout ProblemLog) -> MultiPolygon? {
        guard let layer = log.attempt({ try VectorSource.layer(of: file, named: nil, crs: nil) })
        else {
            return nil
        }
        let before = log.failures.count
        for problem in layer.problems { log.add(problem) }
        var zones: [Zone] = []
        for feature in layer.features {
            guard case .polygons(let area) = feature.geometry else {
                log.add(
                    PipelineError(
                        .wrongGeometry, at: Place(file: file.written, feature: feature.id),
                        "is not a polygon", mend: "Give areas, or remove the feature"))
                continue
            }
            zones.append(Zone(id: "", name: "", area: area, areaInSquareMeters: 0))
        }
        guard log.failures.count == before else { return nil }
        let set = ZoneSet(file: file.written, zones: zones, isApproximate: false)
        return log.attempt {
            MultiPolygon(try RasterZones.projected(set, to: stack.spec).flatMap(\.polygons))
        }
    }
}
