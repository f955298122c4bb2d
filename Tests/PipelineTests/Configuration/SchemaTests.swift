import Diagnostics
import Tables
import TestSupport
import Testing

@testable import Pipeline

@Suite struct SchemaTests {
    private let schema = PipelineSchema.json()

    private func value(_ text: String) throws -> JSONValue {
        var reader = YAMLReader(file: "p.yml")
        let root = reader.read(Array(text.utf8))
        return JSONValue(try #require(root, "\(reader.problems)"))
    }

    @Test(
        "The files under test are valid, as written and in canonical form",
        arguments: ["minimal.yaml", "complete.yaml", "mapped.yaml"])
    func filesAreValid(_ name: String) throws {
        let text = try PipelineText(fixture: name)
        #expect(SchemaValidator.faults(of: try value(text.text), under: schema) == [])
        let canonical = try text.read().canonicalParameters
        #expect(SchemaValidator.faults(of: canonical, under: schema) == [])
    }

    @Test func `Every key that a reader asks for is in the schema, and the other way round`() throws
    {
        // All sections but those of `mapped.yaml` are in `complete.yaml`.
        var asked: Set<String> = []
        for name in ["complete.yaml", "mapped.yaml"] {
            var reader = YAMLReader(file: name)
            let node = reader.read(Array(try PipelineText(fixture: name).text.utf8))
            let root = try #require(node)
            let context = ReadingContext(
                file: name,
                paths: PathRules(
                    folder: "/pipelines", environment: PipelineText.environment,
                    allowedVariables: [PathRules.dataVariable]),
                products: [])
            _ = PipelineConfiguration(
                SectionReader(ReadingSite(context: context, path: "", node: root)))
            #expect(context.problems.isEmpty)
            asked.formUnion(context.keysRead)
        }
        #expect(asked == Self.described)
    }

    @Test func `Every section of the schema is one of the described ones`() {
        var objects = 0
        func visit(_ schema: JSONValue) {
            if let properties = schema["properties"]?.members, schema["type"] == "object" {
                objects += 1
                #expect(
                    Self.propertyLists.contains(properties.map(\.name)), "\(properties.map(\.name))"
                )
                #expect(schema["additionalProperties"] == false)
                for property in properties {
                    #expect(
                        property.value["description"]?.string?.isEmpty == false, "\(property.name)")
                    visit(property.value)
                }
            }
            if let items = schema["items"] { visit(items) }
            for branch in schema["anyOf"]?.elements ?? [] { visit(branch) }
        }
        visit(schema)
        // Zones stand three times, context layers twice, stacks with their
        // quality and its bits three times, lines of travel twice.
        #expect(objects == Self.propertyLists.count + 3 + 2 * 3 + 1)
    }

    @Test func `No section describes a key twice`() {
        for names in Self.propertyLists { #expect(Set(names).count == names.count) }
    }

    @Test(
        "The schema refuses the bad files but for what a schema cannot state",
        arguments: BadFileTests.keys + BadValueTests.values + BadValueTests.contradictions)
    func schemaRefusesBadFiles(_ bad: BadFile) throws {
        let beyondSchemas: Set = [
            // Calendars, sums and comparisons.
            "no such day", "a bad date in a list", "a date listed twice", "an empty range",
            "a baseline that ends before it begins", "a short baseline", "a radius below one cell",
            "a value that the bits cannot hold", "best quality that is not accepted", "a vegetation product as rainfall", "a field of quality that the product lacks",
            "a value that the field lacks", "fields of two quality layers",
            "fields by name of a custom product", "a product of uncertain scale", "a column of latitude only",
            "an empty name", "a relation without drought", "a period of one step",
            "bands out of order", "a role that no layer has", "limits out of order",
            "a limit that is not one of them", "a travel time of nothing", "weights of nothing",
            "phases out of order",
        ]
        var reader = YAMLReader(file: "p.yml")
        guard let root = reader.read(Array(bad.text.utf8)), reader.problems.isEmpty else { return }
        let faults = SchemaValidator.faults(of: JSONValue(root), under: schema)
        #expect(faults.isEmpty == beyondSchemas.contains(bad.rule), "\(faults)")
    }

    @Test func `The schema has the same bytes each time`() {
        #expect(PipelineSchema.json().utf8(.pretty) == schema.utf8(.pretty))
        #expect(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["required"] == ["version", "name"])
    }

    private static func names<Section: ConfigurationSection>(
        _ section: Section.Type
    ) -> (section: String, keys: [String]) {
        ("\(section)", Section.keys.names)
    }

    private static let sections = [
        names(PipelineConfiguration.self), names(ZoneConfiguration.self),
        names(SettlementConfiguration.self), names(ContextLayerConfiguration.self),
        names(DroughtConfiguration.self), names(RasterStackConfiguration.self),
        names(QualityConfiguration.self), names(QualityBitsConfiguration.self),
        names(IncidentsConfiguration.self), names(IncidentSourceConfiguration.self),
        names(IncidentColumnsConfiguration.self), names(HotspotsConfiguration.self),
        names(DensityConfiguration.self), names(GiStarConfiguration.self),
        names(BasesConfiguration.self), names(MasksConfiguration.self),
        names(MaskLayerConfiguration.self), names(PeopleConfiguration.self),
        names(IndicatorsConfiguration.self), names(SmoothingConfiguration.self),
        names(StandardizedPrecipitationConfiguration.self), names(BreaksConfiguration.self),
        names(TrendConfiguration.self), names(DroughtRunsConfiguration.self),
        names(StressConfiguration.self), names(SeasonConfiguration.self),
        names(RobustnessConfiguration.self), names(LocalMoranConfiguration.self),
        names(CubeConfiguration.self), names(ScanConfiguration.self),
        names(NearRepeatConfiguration.self), names(RelationConfiguration.self),
        names(PopulationConfiguration.self), names(TravelConfiguration.self),
        names(TravelLinesConfiguration.self), names(SpeedFactorConfiguration.self),
        names(CoverageConfiguration.self), names(TransferConfiguration.self),
        names(GatesConfiguration.self), names(WeightsConfiguration.self),
        names(ScheduleConfiguration.self), names(PhaseConfiguration.self),
    ]
    private static let propertyLists = sections.map(\.keys)
    private static let described = Set(
        sections.flatMap { s in s.keys.map { "\(s.section).\($0)" } })
}
