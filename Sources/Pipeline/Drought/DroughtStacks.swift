import Diagnostics
import Geo
import GridCore

/// The stacks of rasters of a `drought` section, all on one grid.
struct DroughtStacks: Sendable {
    var vegetation: RasterStack
    /// Land surface temperature; nil when the pipeline has none.
    var temperature: RasterStack?
    /// Rainfall; nil when the pipeline has none.
    var rain: RasterStack?

    init(vegetation: RasterStack, temperature: RasterStack? = nil, rain: RasterStack? = nil) {
        self.vegetation = vegetation
        self.temperature = temperature
        self.rain = rain
    }

    /// Loads every stack that the section has.
    ///
    /// - Returns: nil when problems were logged.
    init?(
        loading configuration: DroughtConfiguration, memory: InputMemory? = nil,
        nights: NightMemory? = nil, _ log: inout ProblemLog
    ) {
        let before = log.failures.count
        var loaded: [DroughtSection: RasterStack] = [:]
        for section in DroughtSection.allCases {
            guard let stack = configuration.stack(section) else { continue }
            loaded[section] = RasterStackLoader(
                stack, section, of: configuration, memory: memory, nights: nights
            ).load(&log)
        }
        if let vegetation = loaded[.ndvi] {
            for section in [DroughtSection.lst, .rain] {
                guard let other = loaded[section] else { continue }
                Self.checkGrid(of: other, section, against: vegetation, &log)
            }
        }
        guard log.failures.count == before, let vegetation = loaded[.ndvi] else { return nil }
        self.init(vegetation: vegetation, temperature: loaded[.lst], rain: loaded[.rain])
    }

    subscript(_ section: DroughtSection) -> RasterStack? {
        switch section {
        case .ndvi: vegetation
        case .lst: temperature
        case .rain: rain
        }
    }

    /// Every composite of every stack with the section that it is of.
    var composites: [(section: DroughtSection, composite: RasterStack.Composite)] {
        DroughtSection.allCases.flatMap { section in
            (self[section]?.composites ?? []).map { (section, $0) }
        }
    }

    /// Nothing is resampled: a stack on another grid has to be warped first.
    private static func checkGrid(
        of stack: RasterStack, _ section: DroughtSection, against vegetation: RasterStack,
        _ log: inout ProblemLog
    ) {
        let wanted = vegetation.spec
        guard !stack.spec.isSameGrid(as: wanted), let first = stack.composites.first else { return }
        let box = wanted.boundingBox
        let isCode = wanted.crs.text.hasPrefix("EPSG:")
        let model = vegetation.composites.first?.raster.name ?? ""
        let warp =
            (isCode ? "" : "gdalsrsinfo -o wkt2 \"\(model)\" > grid.wkt, then ")
            + "gdalwarp -t_srs \(isCode ? wanted.crs.text : "grid.wkt") "
            + "-te \(box.minX) \(box.minY) \(box.maxX) \(box.maxY) "
            + "-ts \(wanted.shape.columns) \(wanted.shape.rows) -r bilinear"
        log.add(
            GeoError(
                .mixedGrids, at: Place(file: first.raster.name),
                "the rasters of \(section.path) lie on another grid than those of "
                    + "\(DroughtSection.ndvi.path) (found \(stack.spec.summary), expected "
                    + "\(wanted.summary))",
                mend: "Nothing is resampled here. For each of its rasters: \(warp) "
                    + "-srcnodata FILL IN.tif OUT.tif"))
    }
}
