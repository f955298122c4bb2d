/// What stands around a picture of coverage or transfer.
public struct MapCaption: Hashable, Sendable {
    /// At most two lines.
    public var title: String
    /// Under the title: as-of date, season, time limit and profile.
    public var dateLine: String
    /// Text of a band over the picture, such as "SYNTHETIC DATA"; nil = none.
    public var banner: String?
    /// Lines at the foot.
    public var notes: [String]
    /// Last line: sources and version.
    public var source: String

    public init(
        title: String, dateLine: String, banner: String? = nil, notes: [String] = [],
        source: String = ""
    ) {
        self.title = title
        self.dateLine = dateLine
        self.banner = banner
        self.notes = notes
        self.source = source
    }
}

/// Who may see a picture, printed on it. Each kind of picture has one
/// edition, so that none can be labelled with the wrong one.
enum PictureEdition: Hashable, Sendable {
    case restricted
    case general

    /// The line under the date line.
    var line: String {
        switch self {
        case .restricted: "Restricted edition: carries positions of bases."
        case .general: "Public edition: sector aggregates only, rounded."
        }
    }

    /// The picture with the edition in a text chunk, for programs.
    func marking(_ png: [UInt8]) -> [UInt8] {
        PNGText.adding("Edition", self == .restricted ? "restricted" : "public", to: png)
    }

    var color: Color {
        switch self {
        case .restricted: Ink.hotspot
        case .general: Ink.quietText
        }
    }
}
