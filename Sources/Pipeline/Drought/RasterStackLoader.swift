import Calendar
import Diagnostics
import Geo
import GridCore
import Products

/// Finds, dates and checks the rasters of one stack of a pipeline's
/// `drought` section.
///
/// Everything that can be found wrong in one pass goes into the log.
struct RasterStackLoader {
    let configuration: RasterStackConfiguration
    let section: DroughtSection
    let profile: RasterProfile?
    let scheme: PeriodScheme
    /// Rasters that passed the checks before.
    let memory: InputMemory?
    /// Tells which rasters were known on a day; nil: all.
    let nights: NightMemory?

    /// Of the vegetation.
    init(
        _ drought: DroughtConfiguration, memory: InputMemory? = nil, nights: NightMemory? = nil
    ) {
        self.init(drought.ndvi, .ndvi, of: drought, memory: memory, nights: nights)
    }

    /// - Parameter configuration: that of `section` in `drought`.
    init(
        _ configuration: RasterStackConfiguration, _ section: DroughtSection,
        of drought: DroughtConfiguration, memory: InputMemory? = nil, nights: NightMemory? = nil
    ) {
        self.configuration = configuration
        self.section = section
        self.memory = memory
        self.nights = nights
        profile = RasterProfile.named(configuration.product)
        let shared = drought.periods.flatMap { PeriodScheme(rawValue: $0.rawValue) }
        let own = configuration.periods.flatMap { PeriodScheme(rawValue: $0.rawValue) }
        // `drought.periods` is that of the vegetation: another product keeps
        // its own.
        scheme =
            own ?? (section == .ndvi ? shared ?? profile?.periods : profile?.periods ?? shared)
            ?? .sixteenDay
    }

    /// The stack; nil when problems were logged that leave none.
    func load(_ log: inout ProblemLog) -> RasterStack? {
        let before = log.failures.count
        guard var composites = log.attempt({ try knownComposites() }) else { return nil }
        composites.sort { $0.date < $1.date }
        for (a, b) in zip(composites, composites.dropFirst()) where a.date == b.date {
            log.add(
                PipelineError(
                    .duplicateDate, at: place(of: b),
                    "the date \(b.date) is there twice (also in \(a.raster.name)"
                        + "\(configuration.file == nil ? "" : " band \(a.band)"))",
                    mend: "Keep one composite per date"))
        }
        attachQuality(&composites, &log)
        guard log.failures.count == before, let first = composites.first else { return nil }
        guard let info = log.attempt({ try RasterSource(first.raster).info }),
            let spec = log.attempt({ try info.gridSpec() })
        else { return nil }
        let expectation = StackExpectation(
            info, spec: spec, band: first.band, fill: configuration.fill ?? profile?.fill ?? [],
            isOneBand: configuration.file == nil,
            section: section.path)
        checkGrids(composites, against: expectation, &log)
        checkLongitudes(info, spec, &log)
        checkCRS(info, spec, &log)
        checkProduct(info, composites, &log)
        checkScale(info, &log)
        checkSpacing(composites.map(\.date), &log)
        guard log.failures.count == before else { return nil }
        return stack(composites, info, spec)
    }

    func place(of composite: RasterStack.Composite) -> Place {
        Place(
            file: composite.raster.name, band: configuration.file == nil ? nil : composite.band)
    }

    private func stack(
        _ composites: [RasterStack.Composite], _ info: RasterInfo, _ spec: GridSpec
    ) -> RasterStack {
        let band = info.bands[composites[0].band - 1]
        var fill = (configuration.fill ?? profile?.fill ?? []).map { Float($0) }
        if let nodata = band.nodata, !nodata.isNaN { fill.append(Float(nodata)) }
        var rule = StoredValueRule(fill: Array(Set(fill)).sorted())
        if let range = configuration.validRange ?? profile?.validRange {
            rule.validRange = Float(range.lowerBound)...Float(range.upperBound)
        }
        return RasterStack(
            composites: composites, spec: spec, scheme: scheme,
            fitsInt16: band.type == .int16 || band.type == .uint8,
            scale: configuration.scale ?? profile?.scale ?? band.scale ?? 1,
            offset: configuration.offset ?? profile?.offset ?? band.offset ?? 0, rule: rule,
            acceptedQuality: composites[0].quality == nil ? nil : acceptedQuality,
            bestQuality: composites[0].quality == nil ? nil : bestQuality, block: band.block,
            bandsPerBlock: info.bands.count,
            productTitle: profile?.title ?? "\(section.quantity.shortTitle) rasters \(written)",
            citation: profile?.citation ?? "")
    }

    /// The file or pattern as in the pipeline file.
    private var written: String { configuration.files?.written ?? configuration.file?.written ?? "" }

    // MARK: Finding and dating

    private func knownComposites() throws -> [RasterStack.Composite] {
        let composites = try datedComposites()
        return try nights?.known(composites, section.rasterNoun) ?? composites
    }

    private func datedComposites() throws -> [RasterStack.Composite] {
        switch configuration.source {
        case .files(let pattern): try composites(of: try pattern.files())
        case .file(let file): try composites(ofBandsIn: file)
        }
    }

    private func composites(of files: [ConfiguredPath]) throws -> [RasterStack.Composite] {
        let dates = try datesOfFiles(files.map(\.written), listing: configuration.dates)
        return zip(files, dates).map { file, date in
            RasterStack.Composite(date: date, raster: reference(file), band: 1, quality: nil)
        }
    }

    private func reference(_ file: ConfiguredPath) -> RasterReference {
        RasterReference(
            name: file.written, path: file.path,
            layer: configuration.layer ?? (file.isGeoTIFF ? nil : profile?.layer),
            crsOverride: configuration.crs.map { CRSIdentifier($0) },
            placement: file.isGeoTIFF ? nil : profile?.placement(ofFile: file.written))
    }

    private func composites(ofBandsIn file: ConfiguredPath) throws -> [RasterStack.Composite] {
        let raster = reference(file)
        let info = try RasterSource(raster).info
        let names = info.bands.map(\.description)
        let dates: [CalendarDate]
        if case .dates(let listed) = configuration.dates {
            guard listed.count == names.count else {
                throw PipelineError(
                    .noDateInName, at: Place(file: file.written),
                    "has \(names.count) bands but `dates` lists \(listed.count)",
                    mend: "List one date per band, in band order")
            }
            dates = listed
        } else {
            dates = try names.enumerated().map { index, name in
                guard let date = patterns.lazy.compactMap({ $0.date(in: name) }).first else {
                    throw PipelineError(
                        .noDateInName, at: Place(file: file.written, band: index + 1),
                        "the band description \"\(name)\" has no date (expected "
                            + patterns.map(\.description).joined(separator: " or ") + ")",
                        mend: "Give `dates`: a pattern of the descriptions or a list of dates")
                }
                return date
            }
        }
        return dates.enumerated().map { index, date in
            RasterStack.Composite(date: date, raster: raster, band: index + 1, quality: nil)
        }
    }

    /// Patterns to try on band descriptions.
    private var patterns: [DatePattern] {
        if case .pattern(let pattern) = configuration.dates {
            return [try? DatePattern(pattern)].compactMap { $0 }
        }
        return ["{yyyy}-{mm}-{dd}", "X{yyyy}.{mm}.{dd}"].compactMap { try? DatePattern($0) }
    }

    /// One date per file name.
    func datesOfFiles(_ names: [String], listing: DateListing?) throws -> [CalendarDate] {
        if case .dates(let listed) = listing {
            guard listed.count == names.count else {
                throw PipelineError(
                    .noDateInName, at: Place(file: names.first),
                    "\(names.count) files match but `dates` lists \(listed.count)",
                    mend: "List one date per file, in the order of their names, or give a pattern")
            }
            return listed
        }
        let text: String? = if case .pattern(let written) = listing { written } else { profile?.dates }
        guard let text, let pattern = try? DatePattern(text) else {
            throw PipelineError(
                .noDateInName, at: Place(field: "\(section.path).dates"),
                "nothing says how to read the date of a file",
                mend: "Add dates: \"NAME_{yyyy}{mm}{dd}.tif\"")
        }
        var failures: [any Diagnostic] = []
        let dates = names.compactMap { name -> CalendarDate? in
            let last = name.split(separator: "/").last.map(String.init) ?? name
            let date = pattern.date(in: last)
            if date == nil {
                failures.append(
                    PipelineError(
                        .noDateInName, at: Place(file: name),
                        "the name has no date where \"\(pattern)\" expects it",
                        mend: "Rename the file, or correct `dates` or the pattern of `files`"))
            }
            return date
        }
        guard failures.isEmpty else { throw FailureList(failures) }
        return dates
    }
}
