import Calendar
import Diagnostics
import Drought
import Geo
import GridCore
import Tables

/// The climatology of a pipeline as a product of its own.
public struct BaselineJob: Sendable {
    private let configuration: DroughtConfiguration
    private let location: BaselineLocation
    private let threads: Int
    private let digests: DigestReader

    /// - Parameters:
    ///   - output: folder of the runs; the climatology is in `baseline` below
    ///     it unless the pipeline file names another place.
    ///   - digests: gives the hashes of the rasters.
    /// - Throws: `PipelineError` when the pipeline has no drought section, or
    ///   nothing says where the climatology is.
    public init(
        file: PipelineFile, output: String?, threads: Int,
        digests: @escaping DigestReader = DigestMemo().reader
    ) throws {
        guard let configuration = file.configuration.drought else {
            throw PipelineError(
                .nothingToCompute, at: Place(file: file.name),
                "has no drought section, so there is no climatology",
                mend: "Add drought: to the pipeline file")
        }
        guard
            let location = BaselineLocation(
                file.configuration, output: output ?? file.configuration.output?.path)
        else {
            throw PipelineError(
                .nothingToCompute, at: Place(file: file.name),
                "nothing says where the climatology is",
                mend: "Give --output DIR, or write output: or drought.climatology: in the file")
        }
        self.configuration = configuration
        self.location = location
        self.threads = max(1, threads)
        self.digests = digests
    }

    /// What happened to a period.
    public struct Change: Hashable, Sendable {
        public enum Kind: String, Sendable {
            /// Nothing to do.
            case kept
            /// New composites were added without reading the archive.
            case extended
            /// Made from all its files.
            case rebuilt
            /// Has no composite any more.
            case removed
        }
        /// From 1.
        public var period: Int
        public var label: String
        public var kind: Kind
        /// Composites that were read.
        public var composites: Int
        /// Why; empty when kept.
        public var reason: String
    }

    /// Makes every period from the archive.
    ///
    /// - Throws: `FailureList` of the faults of the rasters; `PublishError`,
    ///   `GeoError` when something cannot be read or written; `Interrupted`
    ///   when a signal asked to stop. Periods that are done then stay done.
    public func build(progress: (Change) -> Void = { _ in }) throws -> [Change] {
        try run(anew: true, progress)
    }

    /// Makes the periods whose files changed, adding what was only added.
    ///
    /// - Throws: as `build`; `PipelineError` of kind `climatologyMismatch`
    ///   when the product is one of another grid or rule: it may be that of
    ///   another pipeline, so that it is not written over.
    public func update(progress: (Change) -> Void = { _ in }) throws -> [Change] {
        try run(anew: false, progress)
    }

    private func run(anew: Bool, _ progress: (Change) -> Void) throws -> [Change] {
        let stack = try loadStack()
        let inputs = try BaselineInputs(
            stack, baseline: configuration.baseline, threads: threads, digests: digests)
        try checkCounts(inputs, stack)
        let store = try BaselineStore(location.folder)
        let old = anew ? nil : try oldManifest(inputs.terms)
        let computer = BaselineComputer(stack, terms: inputs.terms, threads: threads)
        defer { GDALRuntime.setCache(bytes: GDALRuntime.defaultCacheBytes) }
        var manifest = BaselineManifest(
            baseline: configuration.baseline, terms: inputs.terms, slots: old?.slots ?? [])
        var changes: [Change] = []
        func note(_ change: Change) {
            changes.append(change)
            progress(change)
        }
        for slot in inputs.slots {
            try Interruption.check()
            let state = BaselineState(
                of: slot, in: old, folder: location.folder, digests: freshDigest)
            let work = BaselineWork(slot, state, areIntegers: stack.fitsInt16, anew: anew)
            let kept =
                if case .keep(let kept) = work.step { kept } else {
                    try make(slot, work, computer, store)
                }
            manifest.replace(kept, contributions: slot.contributions)
            if work.kind != .kept { try store.write(manifest) }
            note(
                Change(
                    period: slot.index + 1, label: stack.scheme.label(ofSlot: slot.index),
                    kind: work.kind, composites: work.positions.count, reason: work.reason))
        }
        let wanted = Set(inputs.slots.map(\.index))
        for slot in manifest.slots where !wanted.contains(slot.index) {
            note(
                Change(
                    period: slot.index + 1, label: stack.scheme.label(ofSlot: slot.index),
                    kind: .removed, composites: 0, reason: "no composite is left of it"))
        }
        manifest.slots.removeAll { !wanted.contains($0.index) }
        if manifest != old || anew { try store.write(manifest) }
        try store.removeOthers(than: manifest)
        return changes
    }

    /// Computes a period aside and gives it its name.
    private func make(
        _ slot: BaselineInputs.Slot, _ work: BaselineWork, _ computer: BaselineComputer,
        _ store: borrowing BaselineStore
    ) throws -> BaselineManifest.Slot {
        let staged = try store.stage()
        let folder = location.folder
        let paths = BaselineFile.allCases.map { store.path(of: $0, in: staged) }
        func path(_ file: BaselineFile) -> String { folder.path + "/\(staged)/" + file.name }
        let old = work.base.map { base in { (file: BaselineFile) in base.file(file, in: folder).path } }
        let coverage = try computer.write(
            adding: work.positions, to: old, contributions: slot.contributions.count, path: path)
        let made = BaselineManifest.Slot(
            index: slot.index, key: slot.key, contributions: slot.contributions,
            coverage: coverage, files: try paths.map { try Digest(ofFileAt: $0) })
        try store.publish(staged, as: made)
        return made
    }

    /// Product files change under the same name, so that no memory of their
    /// digests is trusted while they are written.
    private var freshDigest: DigestReader { { try Digest(ofFileAt: $0.path) } }

    private func loadStack() throws -> RasterStack {
        var log = ProblemLog()
        let stack = RasterStackLoader(configuration).load(&log)
        try log.throwIfAny()
        guard let stack else {
            throw PipelineError(
                .nothingToCompute, at: Place(field: "drought.ndvi"), "there is no raster",
                mend: "Check drought.ndvi in the pipeline file")
        }
        return stack
    }

    private func checkCounts(_ inputs: BaselineInputs, _ stack: RasterStack) throws {
        guard let slot = inputs.slots.first(where: {
            $0.positions.count > ClimatologyState.mostSamples
        }) else { return }
        throw PipelineError(
            .climatologyMismatch, at: Place(field: "drought.baseline"),
            "the \(stack.scheme.label(ofSlot: slot.index)) has \(slot.positions.count) composites "
                + "(expected at most \(ClimatologyState.mostSamples))",
            mend: "Shorten the baseline")
    }

    /// The manifest to go on from; nil when there is none that can be read.
    private func oldManifest(_ terms: BaselineTerms) throws -> BaselineManifest? {
        let found: BaselineManifest?
        do {
            found = try BaselineManifest.read(in: location.folder)
        } catch let error as PipelineError where error.kind == .climatologyDamaged {
            // Nothing can be kept of it; every period is made anew.
            return nil
        }
        guard let found else { return nil }
        if let difference = found.terms.difference(from: terms) {
            throw PipelineError(
                .climatologyMismatch, at: Place(file: location.folder.written),
                "the climatology there has another \(difference)",
                mend: "Run jilaal baseline build to replace it, or name another folder in "
                    + "drought.climatology")
        }
        return found
    }

    /// How the product stands to the files that it should hold.
    ///
    /// - Throws: `FailureList` of the faults of the rasters, or
    ///   `PipelineError` of kind `climatologyDamaged`.
    public func show() throws -> BaselineReport {
        let stack = try loadStack()
        let inputs = try BaselineInputs(
            stack, baseline: configuration.baseline, threads: threads, digests: digests)
        let manifest = try BaselineManifest.read(in: location.folder)
        return BaselineReport(
            folder: location.folder, manifest: manifest, inputs: inputs, scheme: stack.scheme,
            baseline: configuration.baseline, digests: digests)
    }
}

extension BaselineManifest {
    /// Puts a period in its place, with the names that its files have now.
    fileprivate mutating func replace(
        _ slot: Slot, contributions: [BaselineContribution]
    ) {
        var slot = slot
        slot.contributions = contributions
        slots.removeAll { $0.index == slot.index }
        slots.insert(slot, at: slots.firstIndex { $0.index > slot.index } ?? slots.endIndex)
    }
}
