import Foundation
import Geo
import TestSupport

/// A layer in a file of its own with the given text.
func temporaryLayer(_ text: String, name: String = "layer.geojson") throws -> VectorSource {
    let url = try TestPaths.temporaryDirectory().appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return try VectorSource(path: url.path, writtenAs: name)
}

/// The text of a GeoJSON file of features.
func collection(_ features: String...) -> String {
    #"{"type": "FeatureCollection", "features": ["# + features.joined(separator: ",") + "]}"
}

/// The text of a GeoJSON feature with an identifier.
func feature(_ code: String, _ geometry: String) -> String {
    #"{"type": "Feature", "properties": {"code": "\#(code)"}, "geometry": \#(geometry)}"#
}

/// The text of a GeoJSON polygon.
func polygon(_ rings: String...) -> String {
    #"{"type": "Polygon", "coordinates": ["# + rings.joined(separator: ",") + "]}"
}

/// A folder of its own with some of the files of the shapefile fixture.
func shapefileCopy(endings: [String] = ["shp", "shx", "dbf", "cpg", "prj"]) throws -> URL {
    let folder = try TestPaths.temporaryDirectory()
    for ending in endings {
        try FileManager.default.copyItem(
            at: TestPaths.fixture("vector/zones_utm38n.\(ending)"),
            to: folder.appendingPathComponent("zones.\(ending)"))
    }
    return folder
}

func openShapefile(in folder: URL) throws -> VectorSource {
    try VectorSource(
        path: folder.appendingPathComponent("zones.shp").path, writtenAs: "zones.shp")
}
