/// A tile of the sinusoidal grid of MODIS and VIIRS: 36 x 18 tiles of ten
/// degrees on a sphere of 6,371,007.181 m (Wolfe, Roy and Vermote 1998).
public struct SinusoidalTile: Hashable, Sendable {
    /// From the west, 0...35.
    public let horizontal: Int
    /// From the north, 0...17.
    public let vertical: Int

    /// Edge of a tile, as the producers' own metadata round it.
    public static let edgeInMeters = 1_111_950.519667
    /// The projection, as GDAL reads it from the HDF4 files: so grids of MODIS
    /// and VIIRS are the same to every comparison.
    public static let projection =
        #"PROJCRS["unnamed",BASEGEOGCRS["Unknown datum based upon the custom spheroid","#
        + #"DATUM["Not specified (based on custom spheroid)",ELLIPSOID["Custom spheroid","#
        + #"6371007.181,0,LENGTHUNIT["metre",1,ID["EPSG",9001]]]],PRIMEM["Greenwich",0,"#
        + #"ANGLEUNIT["degree",0.0174532925199433,ID["EPSG",9122]]]],"#
        + #"CONVERSION["Sinusoidal",METHOD["Sinusoidal"],"#
        + #"PARAMETER["Longitude of natural origin",0,ANGLEUNIT["degree","#
        + #"0.0174532925199433],ID["EPSG",8802]],PARAMETER["False easting",0,"#
        + #"LENGTHUNIT["metre",1],ID["EPSG",8806]],PARAMETER["False northing",0,"#
        + #"LENGTHUNIT["metre",1],ID["EPSG",8807]]],CS[Cartesian,2],AXIS["(E)",east,"#
        + #"ORDER[1],LENGTHUNIT["Meter",1]],AXIS["(N)",north,ORDER[2],LENGTHUNIT["Meter","#
        + #"1]]]"#

    public init?(horizontal: Int, vertical: Int) {
        guard (0..<36).contains(horizontal), (0..<18).contains(vertical) else { return nil }
        self.horizontal = horizontal
        self.vertical = vertical
    }

    /// The tile that a file's name has as `.hXXvYY.`; nil when it has none.
    public init?(fileName: String) {
        for part in fileName.split(separator: ".") {
            let text = Array(part.utf8)
            guard text.count == 6, text[0] == UInt8(ascii: "h"), text[3] == UInt8(ascii: "v"),
                let horizontal = Int(part.dropFirst().prefix(2)), let vertical = Int(part.suffix(2)),
                let tile = SinusoidalTile(horizontal: horizontal, vertical: vertical)
            else { continue }
            self = tile
            return
        }
        return nil
    }

    /// Western edge.
    public var westInMeters: Double { Double(horizontal - 18) * Self.edgeInMeters }
    /// Northern edge.
    public var northInMeters: Double { Double(9 - vertical) * Self.edgeInMeters }
}
