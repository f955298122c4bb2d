import ArgumentParser
import Pipeline
import Tables

struct SchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the JSON Schema of the pipeline file.",
        discussion: """
            EXAMPLE
              jilaal schema > pipeline.schema.json
            and as first line of a pipeline file, for editors that know it:
              # yaml-language-server: $schema=pipeline.schema.json
            """)

    func run() throws {
        print(PipelineSchema.json().text(.pretty))
    }
}
