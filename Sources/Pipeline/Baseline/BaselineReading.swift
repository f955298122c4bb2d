import Calendar
import Drought
import Geo
import Glibc
import GridCore

/// Periods of a climatology that are what the stack would give, held for
/// reading: no update changes them as long as this lives.
final class BaselineReading: Sendable {
    private let lock: BaselineLock
    /// Paths by period of the year, in the order of `BaselineFile`.
    private let files: [Int: [String]]

    private init(_ lock: BaselineLock, files: [Int: [String]]) {
        self.lock = lock
        self.files = files
    }

    /// Whether the period of the year needs no reading of the archive.
    func has(slot: Int) -> Bool { files[slot] != nil }

    /// Reads the climatology of a tile.
    ///
    /// - Throws: `GeoError` when a file cannot be read.
    func read(
        slot: Int, _ tile: CellWindow, into state: ClimatologyState, pool: RasterPool
    ) throws {
        try state.read(files[slot] ?? [], tile, pool: pool)
    }

    /// What a night gets from a climatology.
    struct Offer {
        /// nil when no period of the night can be used.
        var reading: BaselineReading?
        /// Why it is not used, or not for all periods; nil when it is, or when
        /// nobody asked for one.
        var note: String?
    }

    /// Compares the climatology in a folder with the files that it should
    /// hold, by content, and offers the periods of `prepared` that are right.
    ///
    /// The night's numbers are the same bits either way; only the time
    /// differs.
    ///
    /// - Throws: what `digests` throws for a file of the stack.
    static func offer(
        _ location: BaselineLocation, for prepared: PreparedDrought, threads: Int,
        digests: @escaping DigestReader
    ) throws -> Offer {
        let folder = location.folder
        guard FileStatus(of: folder.path + "/" + BaselineManifest.name, in: AT_FDCWD) != nil else {
            return Offer(
                note: location.isConfigured
                    ? "there is no climatology in \(folder.written); run jilaal baseline build"
                    : nil)
        }
        let lock: BaselineLock
        let manifest: BaselineManifest
        do {
            let directory = try Descriptor(
                opening: folder.path, flags: O_RDONLY | O_DIRECTORY, kind: .unreadable,
                shownAs: folder.written)
            lock = try BaselineLock(.reading, in: directory, shownAs: folder.written)
            guard let found = try BaselineManifest.read(in: folder) else { return Offer() }
            manifest = found
        } catch {
            return Offer(note: "the climatology is not used: \(error)")
        }
        let terms = BaselineTerms(prepared.stack)
        if let difference = manifest.terms.difference(from: terms) {
            return Offer(
                note: "the climatology in \(folder.written) is not used: it has another "
                    + "\(difference); run jilaal baseline build")
        }
        let inputs = try BaselineInputs(
            prepared.stack, baseline: prepared.baseline,
            wanted: Set(prepared.plan.slots.map(\.index)), threads: threads, digests: digests)
        var files: [Int: [String]] = [:]
        var faults: [String] = []
        for slot in inputs.slots {
            let state = BaselineState(of: slot, in: manifest, folder: folder, digests: digests)
            if case .current(let kept) = state {
                files[slot.index] = BaselineFile.allCases.map { kept.file($0, in: folder).path }
            } else {
                faults.append(
                    "climatology of \(prepared.stack.scheme.label(ofSlot: slot.index)) "
                        + state.summary)
            }
        }
        return Offer(
            reading: files.isEmpty ? nil : BaselineReading(lock, files: files),
            note: faults.first.map { first in
                let others = faults.count - 1
                let more =
                    others == 0 ? "" : ", and so \(others) other period\(others == 1 ? "" : "s")"
                return first + more + "; run jilaal baseline update"
            })
    }
}

/// Where the climatology of a pipeline is.
struct BaselineLocation: Hashable, Sendable {
    var folder: ConfiguredPath
    /// Named in the pipeline file, so that its absence is worth a note.
    var isConfigured: Bool

    /// In the output folder unless the pipeline file names another place.
    init?(_ configuration: PipelineConfiguration, output: String?) {
        if let folder = configuration.drought?.climatology {
            self.folder = folder
            isConfigured = true
            return
        }
        guard let output else { return nil }
        folder = ConfiguredPath(written: output + "/baseline", path: output + "/baseline")
        isConfigured = false
    }
}

/// How a period of a climatology stands to the files that it should hold.
enum BaselineState: Sendable {
    case current(BaselineManifest.Slot)
    case absent
    case damaged(String)
    /// Whole, but of other composites.
    case outdated(BaselineManifest.Slot, BaselineDifference)

    init(
        of slot: BaselineInputs.Slot, in manifest: BaselineManifest?, folder: ConfiguredPath,
        digests: DigestReader
    ) {
        guard let kept = manifest?.slot(slot.index) else {
            self = .absent
            return
        }
        if let damage = kept.damage(in: folder, digests: digests) {
            self = .damaged(damage)
            return
        }
        let difference = BaselineDifference(from: kept.contributions, to: slot.contributions)
        guard difference.isEmpty else {
            self = .outdated(kept, difference)
            return
        }
        // Same composites under another key: the manifest was edited.
        self =
            kept.key == slot.key
            ? .current(kept) : .damaged("its key in the manifest is not that of its composites")
    }

    /// Such as `is not current: ndvi/b.tif was revised`.
    var summary: String {
        switch self {
        case .current: "is current"
        case .absent: "is not there"
        case .damaged(let why): "is damaged: \(why)"
        case .outdated(_, let difference): "is not current: \(difference.summary)"
        }
    }
}
