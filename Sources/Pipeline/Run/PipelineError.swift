import Diagnostics

/// What can go wrong between inputs that are fine one by one.
public enum PipelineFailureKind: String, FailureKind {
    /// No composite near enough to the as-of date.
    case noDataForDate = "as-of-without-data"
    case noDateInName = "no-date-in-name"
    case duplicateDate = "duplicate-date"
    case irregularDates = "irregular-dates"
    /// A raster of a stack has more bands than dates.
    case wrongBandCount = "wrong-band-count"
    /// A raster of a stack stores another type of number than the first.
    case mixedTypes = "mixed-types"
    /// A raster states a nodata number that nobody else knows of.
    case mixedNodata = "mixed-nodata"
    /// A raster states another scale or offset than the first.
    case mixedScales = "mixed-scales"
    /// A raster is not of the product that the pipeline file names.
    case notTheProduct = "not-the-product"
    /// Longitudes run from 0 to 360, or across the antimeridian.
    case longitudesBeyond180 = "longitudes-beyond-180"
    case missingQuality = "missing-quality-raster"
    case overlappingZones = "overlapping-zones"
    case duplicateIdentifier = "duplicate-identifier"
    case missingColumn = "missing-column"
    case missingValue = "missing-value"
    /// A cell of a table that is no number, date or word of those expected.
    case badValue = "bad-value"
    /// A class of roads, rivers or land that the table of speeds does not
    /// have.
    case unknownClass = "unknown-class"
    /// People given per square kilometre where counts are expected.
    case densityNotCounts = "density-not-counts"
    /// Land, roads and rivers that let nobody pass anywhere.
    case allImpassable = "all-impassable"
    /// A base outside the grid of travel.
    case outsideGrid = "outside-grid"
    /// A base, hub or sector that a command names and nothing knows.
    case unknownName = "unknown-name"
    case wrongGeometry = "wrong-geometry"
    case noCoordinate = "no-coordinate"
    /// A climatology of another grid, rule or period.
    case climatologyMismatch = "climatology-mismatch"
    /// Files of a climatology that are not what its manifest says.
    case climatologyDamaged = "climatology-damaged"
    /// A mask holds a number that is no share of a cell.
    case notAShare = "not-a-share"
    case negativePeople = "negative-people"
    case notEnoughMemory = "not-enough-memory"
    case nothingToCompute = "nothing-to-compute"
    /// A file was written to while it was read.
    case inputChanged = "input-changed"
    case outsideRaster = "position-outside-raster"
    /// JILAAL_KERNELS names what this processor does not run.
    case noSuchKernels = "no-such-kernels"
    /// A file of the reference vectors is not there.
    case missingVectors = "missing-vectors"
    /// Reference vectors that are not what they were.
    case vectorsDamaged = "vectors-damaged"
    /// A command needs a section that the pipeline file does not have.
    case missingSection = "missing-section"
    /// A folder with runs of all stages, asked to take a part of one.
    case fullNights = "full-nights"
    case unexpected

    public var code: String { rawValue }

    public var exit: ExitStatus {
        switch self {
        case .unexpected: .bug
        case .inputChanged: .temporary
        case .noSuchKernels, .unknownName, .fullNights: .usage
        case .missingSection: .badConfiguration
        case .missingVectors: .inputMissing
        default: .dataRefused
        }
    }
}

public typealias PipelineError = Failure<PipelineFailureKind>
