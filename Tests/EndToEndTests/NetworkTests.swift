import Foundation
import TestSupport
import Testing

/// Nothing that a run reads makes it open a connection.
@Suite(.enabled(if: ConnectionTrace.isAvailable, "strace is missing or not allowed to trace"))
struct NetworkTests {
    /// An input that would fetch something, and how validation ends.
    struct Lure: Sendable, CustomTestStringConvertible {
        var name: String
        var exitCode: Int32
        var make: @Sendable (ChangedNights) throws -> Void
        var testDescription: String { name }
    }

    /// Nobody listens there; a connection would be tried all the same.
    private static let address = "http://127.0.0.1:9"

    private static func sectors(_ words: String, _ exitCode: Int32, _ line: String) -> Lure {
        Lure(name: words, exitCode: exitCode) {
            try $0.replace(
                "sectors: { file: sectors.geojson,", with: "sectors: { \(line),", in: "pipeline.yaml")
        }
    }

    private static func rasters(_ words: String, _ exitCode: Int32, _ files: String) -> Lure {
        Lure(name: words, exitCode: exitCode) {
            try $0.replace("files: \"ndvi/*.tif\"", with: "files: \(files)", in: "pipeline.yaml")
        }
    }

    private static func raster(
        _ words: String, _ exitCode: Int32, layer: String? = nil, _ text: String
    ) -> Lure {
        Lure(name: words, exitCode: exitCode) { nights in
            try Data(text.utf8).write(to: nights.file("ndvi/NDVI_2018337.tif"))
            if let layer {
                try nights.replace(
                    "product: custom", with: "product: custom\n    layer: '\(layer)'",
                    in: "pipeline.yaml")
            }
        }
    }

    static let lures: [Lure] = [
        rasters("rasters at an address", 65, "\"\(address)/*.tif\""),
        rasters("rasters of a virtual file system", 65, "\"/vsicurl/\(address)/*.tif\""),
        rasters("rasters behind another virtual one", 65, "\"//vsizip//vsicurl/\(address)/a.zip/*\""),
        rasters("a subdataset at an address", 65, "'NETCDF:\"\(address)/a.nc\":ndvi'"),
        sectors("sectors at an address", 65, "file: \"\(address)/a.geojson\""),
        sectors("a CRS at an address", 65, "crs: \"\(address)/crs\", file: sectors.geojson"),
        sectors("a CRS of PROJ", 65, "crs: \"+init=\(address)/a:1\", file: sectors.geojson"),
        sectors(
            "a CRS with a grid at an address", 2,
            "crs: '\(boundCRS)', file: sectors.geojson"),
        raster(
            "a VRT that is called a TIFF", 2,
            """
            <VRTDataset rasterXSize="12" rasterYSize="10"><VRTRasterBand dataType="Int16" band="1">\
            <SimpleSource><SourceFilename>/vsicurl/\(address)/a.tif</SourceFilename></SimpleSource>\
            </VRTRasterBand></VRTDataset>
            """),
        raster(
            "a description of a map service", 2,
            "<GDAL_WMS><Service name=\"WMS\"><ServerUrl>\(address)</ServerUrl></Service></GDAL_WMS>"),
        raster("an address as a raster", 2, "\(address)/a.tif"),
        raster("a layer at an address", 2, layer: "HDF5:\"\(address)/a.h5\"://ndvi", "no raster"),
        Lure(name: "a GeoJSON whose CRS is at an address", exitCode: 2) {
            try $0.replace(
                "\"FeatureCollection\",",
                with: "\"FeatureCollection\", \"crs\": {\"type\": \"link\", \"properties\": "
                    + "{\"href\": \"\(address)/crs\"}},",
                in: "sectors.geojson")
        },
        Lure(name: "a view that asks a geocoder", exitCode: 2) { nights in
            try FileManager.default.copyItem(
                at: TestPaths.fixture("bad/sectors_geocoding_view.gpkg"),
                to: nights.file("sectors.gpkg"))
            try nights.replace("sectors.geojson", with: "sectors.gpkg", in: "pipeline.yaml")
        },
        Lure(name: "the layer of a feature service", exitCode: 2) {
            try Data("{\"type\": \"FeatureCollection\", \"exceededTransferLimit\": true, \"features\": []}".utf8)
                .write(to: $0.file("sectors.geojson"))
        },
    ]

    /// WGS 84 by way of a grid that only a server has.
    private static let boundCRS = """
        BOUNDCRS[SOURCECRS[GEOGCRS["a",DATUM["b",ELLIPSOID["c",6378137,298]],CS[ellipsoidal,2],\
        AXIS["latitude",north],AXIS["longitude",east],UNIT["degree",0.0174532925199433]]],\
        TARGETCRS[GEOGCRS["WGS 84",DATUM["World Geodetic System 1984",\
        ELLIPSOID["WGS 84",6378137,298.257223563]],CS[ellipsoidal,2],AXIS["latitude",north],\
        AXIS["longitude",east],UNIT["degree",0.0174532925199433],ID["EPSG",4326]]],\
        ABRIDGEDTRANSFORMATION["d",METHOD["NTv2",ID["EPSG",9615]],\
        PARAMETERFILE["Latitude and longitude difference file","\(address)/a.gsb"]]]
        """

    @Test("A whole night opens no connection")
    func sample() throws {
        _ = try SharedRuns.korsavel.get()
        let log = try #require(SharedRuns.korsavelConnections)
        #expect(try ConnectionTrace.connections(in: log) == [])
    }

    @Test("An input that would fetch something is refused and opens no connection", arguments: lures)
    func lure(_ lure: Lure) throws {
        let nights = try ChangedNights.small()
        try lure.make(nights)
        let log = Scratch.file()
        let process = try JilaalProcess.run(
            ["validate", "pipeline.yaml"], in: nights.inputs, trace: log)
        #expect(process.exitCode == lure.exitCode, "\(process.standardError)")
        #expect(!process.errors.isEmpty)
        #expect(try ConnectionTrace.connections(in: log) == [])
    }

    @Test("A connection that is tried is seen")
    func control() throws {
        let log = Scratch.file()
        _ = try JilaalProcess.run(
            ConnectionTrace.program,
            ConnectionTrace.options(log) + ["/bin/bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/9"])
        #expect(try ConnectionTrace.connections(in: log).count == 1)
    }
}
