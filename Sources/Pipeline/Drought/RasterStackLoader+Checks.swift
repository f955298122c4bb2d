import Calendar
import Diagnostics
import Geo
import GridCore
import Products

extension RasterStackLoader {
    /// Every raster lies on the grid of the first, can be read to its last
    /// block, and so does its quality band.
    func checkGrids(
        _ composites: [RasterStack.Composite], against expectation: StackExpectation,
        _ log: inout ProblemLog
    ) {
        let spec = expectation.spec
        var opened: RasterSource?
        for composite in composites {
            let faults = log.failures.count
            if memory?.isChecked(composite.raster, band: composite.band, spec, expectation.text) != true {
                if opened?.reference != composite.raster {
                    opened = log.attempt { try RasterSource(composite.raster) }
                    guard let opened else { continue }
                    check(opened.info, against: spec, &log)
                }
                if let opened {
                    for problem in expectation.problems(of: opened.info, band: composite.band) {
                        log.add(problem)
                    }
                    checkLastCell(of: opened, band: composite.band, &log)
                }
                if log.failures.count == faults {
                    memory?.noteChecked(
                        composite.raster, band: composite.band, spec, expectation.text)
                }
            }
            guard let quality = composite.quality,
                memory?.isChecked(quality.raster, band: quality.band, spec) != true,
                let source = log.attempt({ try RasterSource(quality.raster) })
            else { continue }
            let before = log.failures.count
            check(source.info, against: spec, &log)
            checkLastCell(of: source, band: quality.band, &log)
            if log.failures.count == before {
                memory?.noteChecked(quality.raster, band: quality.band, spec)
            }
        }
    }

    private func check(_ info: RasterInfo, against spec: GridSpec, _ log: inout ProblemLog) {
        guard let found = log.attempt({ try info.gridSpec() }) else { return }
        guard found.isSameGrid(as: spec) else {
            log.add(
                GeoError(
                    .mixedGrids, at: Place(file: info.name),
                    "lies on another grid than the first raster (found \(found.summary), expected "
                        + "\(spec.summary))",
                    mend: "Keep rasters of one grid in a stack; nothing is resampled. gdalwarp -te "
                        + "-tr makes them alike"))
            return
        }
    }

    /// A truncated file opens well and lacks its last block.
    private func checkLastCell(
        of source: RasterSource, band: Int, _ log: inout ProblemLog
    ) {
        let shape = source.info.shape
        var cell: Float = 0
        _ = log.attempt {
            try source.read(
                band: band,
                window: CellWindow(
                    row: shape.rows - 1, column: shape.columns - 1, rows: 1, columns: 1),
                into: &cell)
        }
    }

    /// Sectors and incidents have longitudes from -180 to 180: a raster that
    /// counts them otherwise would meet none of them.
    func checkLongitudes(_ info: RasterInfo, _ spec: GridSpec, _ log: inout ProblemLog) {
        guard let reference = try? SpatialReference(spec.crs), reference.isGeographic else { return }
        let box = spec.boundingBox
        // Some products cover the globe with half a cell beyond it.
        let slack = spec.geotransform.cellWidth
        guard box.minX < -180 - slack || box.maxX > 180 + slack else { return }
        log.add(
            PipelineError(
                .longitudesBeyond180, at: Place(file: info.name),
                "its longitudes run from \(Self.degrees(box.minX)) to \(Self.degrees(box.maxX)) "
                    + "(expected -180 to 180)",
                mend: "Cut the rasters at 180 degrees and shift what lies beyond by 360: "
                    + "gdal_translate -projwin, then -a_ullr"))
    }

    /// A CRS that is not meant for the place of the raster, or is replaced.
    func checkCRS(_ info: RasterInfo, _ spec: GridSpec, _ log: inout ProblemLog) {
        let place = Place(file: info.name)
        if let override = configuration.crs {
            guard let stated = info.statedCRS, stated.text != override else { return }
            log.add(
                Warning(
                    "crs-overridden", at: place,
                    "the file says its CRS is \(describe(stated)); \(override) is used instead, as "
                        + "`crs` in the pipeline file says"))
            return
        }
        guard let reference = try? SpatialReference(spec.crs), let area = reference.areaOfUse,
            log.isClean, let center = try? CoordinateTransform(from: spec.crs, to: .wgs84)(
                spec.boundingBox.center),
            !area.contains(center)
        else { return }
        log.add(
            Warning(
                "crs-elsewhere", at: place,
                "the file says its CRS is \(describe(spec.crs)), which is made for longitudes "
                    + "\(area.west) to \(area.east) and latitudes \(area.south) to \(area.north), but "
                    + "the raster lies around \(Self.degrees(center.longitude)), "
                    + "\(Self.degrees(center.latitude)): the tag is "
                    + "probably wrong. It is used as it stands; write `crs: \"EPSG:4326\"` under "
                    + "\(section.path) to replace it"))
    }

    /// To the thousandth: enough to find a place by.
    private static func degrees(_ value: Double) -> Double { (value * 1000).rounded() / 1000 }

    private func describe(_ crs: CRSIdentifier) -> String {
        guard let reference = try? SpatialReference(crs) else { return "unknown" }
        return crs.text.hasPrefix("EPSG:") ? "\(reference.name) (\(crs))" : reference.name
    }

    /// A scale that the file states and the profile or pipeline file states
    /// otherwise.
    func checkScale(_ info: RasterInfo, _ log: inout ProblemLog) {
        guard let used = configuration.scale ?? profile?.scale,
            let stated = info.bands.first?.scale, stated != 1,
            // Some files state it in single precision.
            abs(stated - used) > 1e-6 * abs(used)
        else { return }
        let trap = profile?.caution ?? ""
        log.add(
            Warning(
                "scale-stated-twice", at: Place(file: info.name),
                "the file states a scale of \(stated), \(used) is used"
                    + (trap.isEmpty ? "" : " (\(trap))")))
    }

    /// The files are of the product that the pipeline file names.
    func checkProduct(
        _ info: RasterInfo, _ composites: [RasterStack.Composite], _ log: inout ProblemLog
    ) {
        guard let profile else { return }
        let place = Place(file: info.name)
        if configuration.layer == nil || configuration.layer == profile.layer {
            let check = ProfileCheck(profile, configuration)
            for difference in check.differences(in: info, band: composites[0].band) {
                let text = "\(difference), so it is not as \(profile.id) is known"
                if check.isOriginal(info) {
                    log.add(
                        PipelineError(
                            .notTheProduct, at: place, text,
                            mend: "Name the product of the files (jilaal inspect tells it), or state under "
                                + "\(section.path) what differs"))
                } else {
                    log.add(Warning("unlike-the-product", at: place, text))
                }
            }
        }
        checkNames(composites, of: profile, &log)
        if !profile.isCheckedAgainstRealFile {
            log.add(
                Warning(
                    "unchecked-product", at: Place(field: "\(section.path).product"),
                    "what is known of \(profile.id) rests on documents: it has not yet been compared "
                        + "with a file of the producer. Compare some values by hand"))
        }
    }

    /// Files whose names are those of another product.
    private func checkNames(
        _ composites: [RasterStack.Composite], of profile: RasterProfile, _ log: inout ProblemLog
    ) {
        let known = [profile.id] + profile.combines
        let others = composites.compactMap { composite -> (name: String, id: String)? in
            let name = ConfiguredPattern.split(composite.raster.name).name
            let ids = RasterProfile.allMatching(fileName: name).map(\.id)
            guard let first = ids.first, !ids.contains(where: known.contains) else { return nil }
            return (composite.raster.name, first)
        }
        guard let first = others.first else { return }
        let both = RasterProfile.all.first {
            $0.combines.contains(profile.id) && $0.combines.contains(first.id)
        }
        log.add(
            Warning(
                "other-product", at: Place(file: first.name),
                "\(others.count) of \(composites.count) files are named like \(first.id), and the "
                    + "pipeline file says \(profile.id)"
                    + (both.map { ". \($0.id) is both in one archive" } ?? "")))
    }

    /// Composites that are not spaced as their periods are.
    func checkSpacing(_ dates: [CalendarDate], _ log: inout ProblemLog) {
        guard configuration.irregularDates != .accept else { return }
        let nominal: Int? =
            switch scheme {
            case .eightDay: 8
            case .sixteenDay: 16
            default: nil
            }
        let phase = profile?.phaseInDays ?? 0
        func begin(_ date: CalendarDate) -> CalendarDate {
            scheme.period(containing: date).first.adding(days: phase)
        }
        let offset = dates.filter { begin($0) != $0 }
        var texts: [String] = []
        if let first = offset.first {
            texts.append(
                "\(offset.count) of \(dates.count) composites do not begin with a period of the "
                    + "year (first: \(first), expected \(begin(first)))")
        }
        if let nominal {
            let odd = zip(dates, dates.dropFirst()).filter { $1.days(since: $0) != nominal }
            if let (a, b) = odd.first {
                let yearEnds = odd.count { $0.year != $1.year && $1.days(since: $0) < nominal }
                texts.append(
                    "\(odd.count) of \(dates.count - 1) intervals are not \(nominal) days (first: "
                        + "\(b.days(since: a)) days from \(a) to \(b); \(yearEnds) at year-ends); "
                        + "periods are counted from 1 January of each year")
            }
        } else {
            let missing = zip(dates, dates.dropFirst()).filter { a, b in
                scheme.period(containing: a).last.adding(days: 1)
                    < scheme.period(containing: b).first
            }
            if let (a, b) = missing.first {
                texts.append(
                    "\(missing.count) gaps between composites (first: nothing between \(a) and \(b))")
            }
        }
        guard !texts.isEmpty else { return }
        let place = Place(file: configuration.file?.written ?? configuration.files?.written)
        if configuration.irregularDates == .refuse {
            log.add(
                PipelineError(
                    .irregularDates, at: place, texts.joined(separator: "; "),
                    mend: "Correct `periods` or the dates, or write `irregular_dates: accept`"))
        } else {
            log.add(
                Warning(
                    "irregular-dates", at: place,
                    texts.joined(separator: "; ")
                        + ". Write `irregular_dates: accept` under \(section.path) if that is right, or "
                        + "give `dates` or `periods`"))
        }
    }
}

extension GridSpec {
    /// Whether two grids have the same cells, up to a millionth of one.
    func isSameGrid(as other: GridSpec) -> Bool {
        guard shape == other.shape else { return false }
        let a = geotransform
        let b = other.geotransform
        let tolerance = 1e-6 * abs(a.cellWidth)
        let near =
            abs(a.originX - b.originX) <= tolerance && abs(a.originY - b.originY) <= tolerance
            && abs(a.cellWidth - b.cellWidth) * Double(shape.columns) <= tolerance
            && abs(a.cellHeight - b.cellHeight) * Double(shape.rows) <= tolerance
        guard near else { return false }
        guard crs != other.crs else { return true }
        guard let mine = try? SpatialReference(crs), let theirs = try? SpatialReference(other.crs)
        else { return false }
        return mine.isSame(as: theirs)
    }

    /// For messages: `4000 x 4000 cells of 0.05 from (41.9, 0.1), EPSG:4326`.
    var summary: String {
        let name = crs.text.hasPrefix("EPSG:") ? crs.text : "its own CRS"
        return "\(shape.rows) x \(shape.columns) cells of \(geotransform.cellWidth) from "
            + "(\(geotransform.originX), \(geotransform.originY)), \(name)"
    }
}
