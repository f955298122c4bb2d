import Calendar

/// What a satellite product's files hold, as its producer documents it.
///
/// A profile is one quantity in one layer; a product with several layers has
/// several profiles. Profiles are checked against a file, never guessed from
/// it.
public struct RasterProfile: Sendable, Hashable {
    /// Name in the pipeline file, such as `mod13a2`.
    public let id: String
    public let title: String
    /// What its values measure.
    public var quantity = Quantity.ndvi
    /// Beginnings of file names that the producer uses.
    public let filePrefixes: [String]
    /// What the name holds besides, where a product has a file for each layer.
    public var fileMark: String?
    /// Driver that reads the original files; nil for plain rasters.
    public var driver: String?
    /// The layer of a container file; nil for plain rasters. A GeoTIFF is the
    /// layer itself.
    public var layer: String?
    /// Pattern of the composite's first day in the original file names.
    public var dates: String?
    /// `value = stored * scale + offset`.
    public let scale: Double
    public var offset = 0.0
    /// Stored numbers that mean 'no value'.
    public var fill: [Double] = []
    /// Stored numbers that are values.
    public let validRange: ClosedRange<Double>
    public let periods: PeriodScheme
    /// Days by which composites begin after the periods of `periods`: Aqua
    /// composites begin eight days after those of Terra.
    public var phaseInDays = 0
    /// The layers that grade pixels, by named fields of bits.
    public var qualityLayers: [QualityLayer] = []
    /// What a pixel must be to be used, where the pipeline file says nothing;
    /// of one quality layer.
    public var keep: [QualityRequirement] = []
    /// The layer with the day of the year that a pixel was seen on.
    public var dayOfYearLayer: String?
    /// What an original file states of its numbers; nil: nothing is known.
    public var stored: StoredForm?
    /// Where the cells lie, for original files that do not say it.
    public var placement: Placement?
    /// Whether the scale is not documented well enough to be used unless the
    /// pipeline file states it.
    public var needsStatedScale = false
    /// Ids of the profiles whose files one archive of this profile mixes.
    public var combines: [String] = []
    /// Whether the profile was compared with a file of the producer; else it
    /// rests on documents and on files made after them.
    public var isCheckedAgainstRealFile = false
    /// Trap to be told to the user; empty when there is none.
    public var caution = ""
    /// How the producer asks to be cited.
    public let citation: String

    /// What an original file states of its numbers.
    public struct StoredForm: Sendable, Hashable {
        /// Names of the types in which producers store the layer, as GDAL
        /// calls them, such as `Int16`.
        public let types: [String]
        /// The number in the file's scale attribute, which need not be the
        /// scale; nil: the file has none, or it is not known.
        public var scaleAttribute: Double?
        /// Width of a cell in the unit of the grid; nil: several are made.
        public var cellWidth: Double?
    }

    /// Where the cells of a product lie.
    public enum Placement: Sendable, Hashable {
        /// A tile hXXvYY of the sinusoidal grid of MODIS and VIIRS with so many
        /// cells a side; the file's name says which.
        case sinusoidalTile(cells: Int)
        /// A grid in longitude and latitude (WGS 84) from its upper left corner.
        case geographic(west: Double, north: Double, cell: Double, rows: Int, columns: Int)
    }

    /// All profiles, in the order in which they are listed.
    public static let all: [RasterProfile] =
        modisVegetation + modisTemperature + viirsVegetation + expedited + copernicus + gimms
        + chirps + vegetationHealth

    /// The profile for a name in the pipeline file; `custom` has none.
    public static func named(_ id: String) -> RasterProfile? {
        all.first { $0.id == id }
    }

    /// The profile that a file name begins like; nil when none does.
    public static func matching(fileName: String) -> RasterProfile? {
        allMatching(fileName: fileName).first
    }

    /// The profiles whose files are named so: more than one where names do
    /// not tell products apart, or a file has several layers.
    public static func allMatching(fileName: String) -> [RasterProfile] {
        let name = fileName.lowercased()
        let alike = all.filter { profile in
            profile.combines.isEmpty
                && profile.filePrefixes.contains { name.hasPrefix($0.lowercased()) }
        }
        let marked = alike.filter { profile in
            profile.fileMark.map { name.contains($0.lowercased()) } ?? true
        }
        // One file of a layer each is named after it.
        let named = marked.filter { profile in
            profile.fileMark != nil && profile.layer.map { name.contains(".\($0.lowercased()).") } ?? false
        }
        if !named.isEmpty { return named }
        // A name that was changed behind its beginning still tells the product.
        let dated = marked.filter { $0.date(ofFile: fileName) != nil }
        return dated.isEmpty ? marked : dated
    }

    /// The first day of the composite by the file's name; nil when the name
    /// is not one of the producer's.
    public func date(ofFile name: String) -> CalendarDate? {
        guard let dates, let pattern = try? DatePattern(dates) else { return nil }
        return pattern.date(in: name)
    }
}
