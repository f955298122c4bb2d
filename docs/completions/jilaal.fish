function __jilaal_should_offer_completions_for_flags_or_options -a expected_commands
    set -l non_repeating_flags_or_options $argv[2..]
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __jilaal_parse_tokens
    test "$commands" = "$expected_commands"; and return $non_repeating_flags_or_options_absent
end

function __jilaal_should_offer_completions_for_positional -a expected_commands positional_index_comparison expected_positional_index
    set -l non_repeating_flags_or_options
    set -l non_repeating_flags_or_options_absent 0
    set -l positional_index 0
    set -l commands
    __jilaal_parse_tokens
    test "$commands" = "$expected_commands" -a \( "$positional_index" "$positional_index_comparison" "$expected_positional_index" \)
end

function __jilaal_parse_tokens -S
    set -l unparsed_tokens (__jilaal_tokens -pc)
    switch $unparsed_tokens[1]
    case 'jilaal'
        __jilaal_parse_subcommand 0 'version' 'h/help'
        switch $unparsed_tokens[1]
        case 'run'
            __jilaal_parse_subcommand 1 'as-of=' 'o/output=' 'as-known-on=' 'threads=' 'force' 'keep=' 'log-format=' 'q/quiet' 'v/verbose' 'json' 'version' 'h/help'
        case 'drought'
            __jilaal_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'compute'
                __jilaal_parse_subcommand 1 'product=' 'baseline=' 'o/output=' 'indicators=' 'smooth' 'parity=' 'as-of=' 'periods=' 'minimum-years=' 'classes=' 'layer=' 'dates=' 'scale=' 'offset=' 'fill=+' 'crs=' 'lst=' 'lst-product=' 'rain=' 'rain-product=' 'zones=' 'zone-id=' 'explain=' 'pixel' 'print-pipeline' 'threads=' 'log-format=' 'q/quiet' 'v/verbose' 'json' 'version' 'h/help'
            case 'selftest'
                __jilaal_parse_subcommand 0 'vectors=' 'profile=+' 'json' 'version' 'h/help'
            end
        case 'hotspots'
            __jilaal_parse_subcommand 1 'source=' 'columns=' 'zones=' 'zone-id=' 'o/output=' 'as-of=' 'preset=' 'precision=' 'window=' 'cell=' 'radius=' 'density-radius=' 'half-life=' 'edge=' 'adaptive' 'bandwidth=' 'weight=' 'correction=' 'significance=' 'confidence=' 'with=' 'step=' 'steps=' 'explain=' 'since=' 'print-pipeline' 'threads=' 'log-format=' 'q/quiet' 'v/verbose' 'json' 'version' 'h/help'
        case 'coverage'
            __jilaal_parse_subcommand 1 'as-of=' 'o/output=' 'edition=' 'threads=' 'log-format=' 'q/quiet' 'v/verbose' 'json' 'version' 'h/help'
        case 'transfer'
            __jilaal_parse_subcommand 1 'as-of=' 'o/output=' 'edition=' 'threads=' 'log-format=' 'q/quiet' 'v/verbose' 'json' 'version' 'h/help'
        case 'what-if'
            __jilaal_parse_subcommand 1 'as-of=' 'close=' 'open=+' 'edition=' 'runs=' 'o/output=' 'threads=' 'log-format=' 'q/quiet' 'v/verbose' 'json' 'version' 'h/help'
        case 'check-plan'
            __jilaal_parse_subcommand 1 'json' 'version' 'h/help'
        case 'series'
            __jilaal_parse_subcommand 1 'date-column=' 'value-column=+' 'where=+' 'dates=' 'scale=' 'fill=+' 'frequency=' 'method=' 'start=' 'end=' 'baseline=' 'minimum-years=' 'order=' 'trend' 'no-trend' 'select' 'no-select' 'window=' 'level=' 'mean' 'smooth' 'lambda=' 'asymmetry=' 'maximum-gap=' 'plot=' 'map=' 'version' 'h/help'
        case 'plan'
            __jilaal_parse_subcommand 1 'as-of=' 'o/output=' 'as-known-on=' 'threads=' 'json' 'version' 'h/help'
        case 'runs'
            __jilaal_parse_subcommand 1 'limit=' 'json' 'version' 'h/help'
        case 'diff'
            __jilaal_parse_subcommand 2 'json' 'version' 'h/help'
        case 'verify'
            __jilaal_parse_subcommand 1 'threads=' 'json' 'version' 'h/help'
        case 'prune'
            __jilaal_parse_subcommand 1 'keep=' 'dry-run' 'threads=' 'json' 'version' 'h/help'
        case 'events'
            __jilaal_parse_subcommand 2 'json' 'version' 'h/help'
        case 'doctor'
            __jilaal_parse_subcommand 1 'o/output=' 'json' 'version' 'h/help'
        case 'validate'
            __jilaal_parse_subcommand 1 'as-of=' 'json' 'version' 'h/help'
        case 'baseline'
            __jilaal_parse_subcommand 0 'version' 'h/help'
            switch $unparsed_tokens[1]
            case 'build'
                __jilaal_parse_subcommand 1 'o/output=' 'threads=' 'log-format=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'update'
                __jilaal_parse_subcommand 1 'o/output=' 'threads=' 'log-format=' 'q/quiet' 'v/verbose' 'version' 'h/help'
            case 'show'
                __jilaal_parse_subcommand 1 'o/output=' 'threads=' 'json' 'version' 'h/help'
            end
        case 'inspect'
            __jilaal_parse_subcommand 1 'version' 'h/help'
        case 'zonal'
            __jilaal_parse_subcommand 2 'zone-id=' 'statistics=' 'band=' 'weights=' 'unit=' 'quantile-rule=' 'o/output=' 'threads=' 'json' 'version' 'h/help'
        case 'schema'
            __jilaal_parse_subcommand 0 'version' 'h/help'
        case 'help'
            __jilaal_parse_subcommand -r 1 'version'
        end
    end
end

function __jilaal_tokens
    if test (string split -m 1 -f 1 -- . "$FISH_VERSION") -gt 3
        commandline --tokens-raw $argv
    else
        commandline -o $argv
    end
end

function __jilaal_parse_subcommand -S -a positional_count
    argparse -s r -- $argv
    set -l option_specs $argv[2..]
    set -l is_repeating_positional $_flag_r
    set -el _flag_r
    set -a commands $unparsed_tokens[1]
    set positional_index 0
    while true
        set -e unparsed_tokens[1]
        argparse -sn "$commands" $option_specs -- $unparsed_tokens 2> /dev/null
        set unparsed_tokens $argv
        set positional_index (math $positional_index + 1)
        for non_repeating_flag_or_option in $non_repeating_flags_or_options
            if set -ql "_flag_$(string replace -a - _ -- $non_repeating_flag_or_option)"
                set non_repeating_flags_or_options_absent 1
                break
            end
        end
        test (count $unparsed_tokens) -eq 0 -o \( -z "$is_repeating_positional" -a "$positional_index" -gt "$positional_count" \) && break
    end
end

function __jilaal_complete_directories
    set -l token (commandline -t)
    string match -- '*/' $token
    set -l subdirs $token*/
    printf %s\n $subdirs
end

function __jilaal_custom_completion
    set -x SAP_SHELL fish
    set -x SAP_SHELL_VERSION $FISH_VERSION
    set -l tokens (__jilaal_tokens -p)
    if test -z "$(__jilaal_tokens -t)"
        set -l index (count (__jilaal_tokens -pc))
        set tokens $tokens[..$index] \'\' $tokens[(math $index + 1)..]
    end
    command $tokens[1] $argv $tokens
end

complete -c 'jilaal' -f
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'run' -d 'Run the stages of a pipeline and publish the results.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'drought' -d 'Compute drought indicators from a folder of rasters, without a pipeline file.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'hotspots' -d 'Compute hotspots of violence from a table of events, without a pipeline file.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'coverage' -d 'Say who the bases reach, how fast, and who is not reached.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'transfer' -d 'Say which bases can be handed over, kept or closed, why, and in which order.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'what-if' -d 'Say what people lose if bases close, and gain if one opens.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'check-plan' -d 'Check a phased schedule against its rules, without any solver.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'series' -d 'Breaks, VCI, z-score or smooth curves of a table or a small raster.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'plan' -d 'Say which stages a run would compute, and why, without running.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'runs' -d 'List the runs of an output folder, newest first, with outcome and duration.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'diff' -d 'Say what changed between two published runs, and why.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'verify' -d 'Check every file of a published run against its manifest.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'prune' -d 'Remove the oldest published runs of an output folder.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'events' -d 'Show what was known of an event, and when its source revised it.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'doctor' -d 'Check libraries, memory, disk, permissions and the output folder.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'validate' -d 'Check a pipeline file and every input, and list all problems at once.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'baseline' -d 'Keep the climatology of a pipeline, so that a night need not read its archive.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'inspect' -d 'Say what a raster, table or layer is, and which profile it matches.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'zonal' -d 'Statistics of any raster in any zones, with the exact share of every cell.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'schema' -d 'Print the JSON Schema of the pipeline file.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal" -eq 1' -fa 'help' -d 'Show subcommand help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal run" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" as-of' -l 'as-of' -d 'The night to look back from, such as 2010-12-03; wins over as_of of the file.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" o output' -l 'output' -s 'o' -d 'Folder to publish into; wins over output of the file.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" as-known-on' -l 'as-known-on' -d 'Read inputs as the runs of the output folder knew them at the end of that day (UTC). Such a run does not become the latest.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" force' -l 'force' -d 'Compute every stage and publish, whatever is kept of earlier nights.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" keep' -l 'keep' -d 'After publishing, remove the oldest runs but this many; see prune.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" json' -l 'json' -d 'Print one JSON object, also when the run fails.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal run" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal drought" -eq 1' -fa 'compute' -d 'Compute drought indicators from a folder of rasters (the default).'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal drought" -eq 1' -fa 'selftest' -d 'Compare the drought indicators with reference numbers, by whose conventions you like.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal drought compute" -eq 1' -fa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" product' -l 'product' -d 'Profile of the NDVI product (see jilaal inspect), or custom.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" baseline' -l 'baseline' -d 'Years of the climatology.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" o output' -l 'output' -s 'o' -d 'Folder to publish into.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" indicators' -l 'indicators' -d 'Indicators of whole series, with commas between: vci, anomaly, percent, zscore, percentile, vci1m, vci3m, tci, vhi, asi, spi, trend, breaks, runs, combined.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" smooth' -l 'smooth' -d 'Compute them from smoothed series (Whittaker, lambda by V-curve).'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" parity' -l 'parity' -d 'Conventions of a peer: ndma, fao-asis, climate-indices, r-bfast.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" as-of' -l 'as-of' -d 'The day to look back from; default: the newest composite.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" periods' -l 'periods' -d 'Periods of the year: dekad, pentad, 8-day, 16-day, half-month, month.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" minimum-years' -l 'minimum-years' -d 'Fewer valid years make a cell nodata.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" classes' -l 'classes' -d 'Classes of VCI: kogan or ndma.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" layer' -l 'layer' -d 'Subdataset of the rasters.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" dates' -l 'dates' -d 'Pattern of dates in file names or band names.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" scale' -l 'scale' -d 'value = stored * scale + offset.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" offset' -l 'offset' -d 'value = stored * scale + offset.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute"' -l 'fill' -d 'Stored value that means nodata; may be given several times.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" crs' -l 'crs' -d 'In place of a wrong or missing CRS: EPSG:4326.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" lst' -l 'lst' -d 'Land surface temperature rasters.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" lst-product' -l 'lst-product' -d 'Their product.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" rain' -l 'rain' -d 'Rainfall rasters.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" rain-product' -l 'rain-product' -d 'Their product.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" zones' -l 'zones' -d 'Polygons to sum over; default: the whole area.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" zone-id' -l 'zone-id' -d 'Attribute that identifies them.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" explain' -l 'explain' -d 'Print all about one cell instead.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" pixel' -l 'pixel' -d 'With --explain: column and row instead of longitude and latitude.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" print-pipeline' -l 'print-pipeline' -d 'Print the pipeline file that the flags amount to, and stop.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" json' -l 'json' -d 'Print one JSON object, also when the run fails.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought compute" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought selftest" vectors' -l 'vectors' -d 'Folder of the vectors; default: Tests/Fixtures/drought of the source that the working directory or the program is in.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought selftest"' -l 'profile' -d 'Conventions to replay, may be given several times; default: all of jilaal, ndma, fao-asis, climate-indices, r-bfast.' -rfka 'jilaal ndma fao-asis climate-indices r-bfast'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought selftest" json' -l 'json' -d 'Print one JSON object.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought selftest" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal drought selftest" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal hotspots" -eq 1' -F
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" source' -l 'source' -d 'Layout of the table: acled, ucdp-ged or mapped; default: by its columns.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" columns' -l 'columns' -d 'What is in which column of a table of one\'s own: date=day,longitude=x,latitude=y.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" zones' -l 'zones' -d 'Polygons to sum over and compare within; default: a rectangle around the events.' -rF
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" zone-id' -l 'zone-id' -d 'Attribute that identifies them.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" o output' -l 'output' -s 'o' -d 'Folder to publish into.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" as-of' -l 'as-of' -d 'The day to look back from; default: the newest event.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" preset' -l 'preset' -d 'Which events: political-violence, civilian, lethal, all and others.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" precision' -l 'precision' -d 'Events of coarse place or time: keep, drop or spread.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" window' -l 'window' -d 'Days up to the as-of date, such as "90 days".' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" cell' -l 'cell' -d 'Edge of a cell, such as "5 km".' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" radius' -l 'radius' -d 'Cells up to this distance are neighbours.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" density-radius' -l 'density-radius' -d 'Radius of the density\'s kernel.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" half-life' -l 'half-life' -d 'Age at which an event counts half in the density.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" edge' -l 'edge' -d 'Correction of the density at the area\'s edge: none, uniform or diggle.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" adaptive' -l 'adaptive' -d 'Density with shorter radii where events are dense.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" bandwidth' -l 'bandwidth' -d 'Radius of the density by a rule: fixed, scott, silverman or arcgis.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" weight' -l 'weight' -d 'What an event counts: events, fatalities, log-fatalities, capped-fatalities.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" correction' -l 'correction' -d 'Correction for many cells: bh, by, bonferroni or none.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" significance' -l 'significance' -d 'Which p-values are judged: guarded or normal.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" confidence' -l 'confidence' -d 'Least confidence of a hotspot: 90, 95 or 99.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" with' -l 'with' -d 'More to compute, with commas between: robustness, moran, cube, scan, near_repeat.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" step' -l 'step' -d 'Step of the cube, such as "1 month".' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" steps' -l 'steps' -d 'Steps of the cube.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" explain' -l 'explain' -d 'Print all about one hotspot or place instead.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" since' -l 'since' -d 'With --explain: what changed since the night of that day, as the runs in --output knew it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" print-pipeline' -l 'print-pipeline' -d 'Print the pipeline file that the flags amount to, and stop.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" json' -l 'json' -d 'Print one JSON object, also when the run fails.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal hotspots" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal coverage" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" as-of' -l 'as-of' -d 'The night to look back from, such as 2010-12-03; wins over as_of of the file.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" o output' -l 'output' -s 'o' -d 'Folder to publish into, of its own.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" edition' -l 'edition' -d 'Who the outputs may be given to, public or restricted; wins over the file.' -rfka 'public restricted'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" json' -l 'json' -d 'Print one JSON object, also when the run fails.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal coverage" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal transfer" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" as-of' -l 'as-of' -d 'The night to look back from, such as 2010-12-03; wins over as_of of the file.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" o output' -l 'output' -s 'o' -d 'Folder to publish into, of its own.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" edition' -l 'edition' -d 'Who the outputs may be given to, public or restricted; wins over the file.' -rfka 'public restricted'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" json' -l 'json' -d 'Print one JSON object, also when the run fails.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal transfer" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal what-if" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" as-of' -l 'as-of' -d 'The night to look back from, such as 2010-12-03; wins over as_of of the file.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" close' -l 'close' -d 'Bases to close: identifiers, names or aliases, with commas between.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if"' -l 'open' -d 'A place to open a base at; may be given again.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" edition' -l 'edition' -d 'Who the result may be given to, public or restricted; wins over the file.' -rfka 'public restricted'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" runs' -l 'runs' -d 'Folder of the nightly runs, for kept stages.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" o output' -l 'output' -s 'o' -d 'Folder to write into; must not be there yet.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" json' -l 'json' -d 'Print one JSON object, also when the command fails.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal what-if" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal check-plan" -eq 1' -fa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'json\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal check-plan" json' -l 'json' -d 'Print one JSON object.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal check-plan" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal check-plan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal series" -eq 1' -F
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" date-column' -l 'date-column' -d 'Column of decimal years or dates.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series"' -l 'value-column' -d 'Column of values; may be given several times.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series"' -l 'where' -d 'Only lines with this text in this column; may be given several times.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" dates' -l 'dates' -d 'Pattern of the names of a raster\'s bands.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" scale' -l 'scale' -d 'What a stored number is multiplied by.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series"' -l 'fill' -d 'Stored value that means nodata; may be given several times.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" frequency' -l 'frequency' -d 'Steps in a year.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" method' -l 'method' -d 'breaks, vci, zscore or smooth.' -rfka 'breaks vci zscore smooth'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" start' -l 'start' -d 'Decimal year from which on is monitored or printed.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" end' -l 'end' -d 'Decimal year up to which is printed; default: the end.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" baseline' -l 'baseline' -d 'Years of the climatology.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" minimum-years' -l 'minimum-years' -d 'Steps with fewer years of the baseline get no index.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" order' -l 'order' -d 'Harmonics of the season.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" trend' -l 'trend' -d 'A linear trend in the model.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" no-trend' -l 'no-trend' -d 'A linear trend in the model.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" select' -l 'select' -d 'Select the stable history.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" no-select' -l 'no-select' -d 'Select the stable history.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" window' -l 'window' -d 'Window of the moving sums: 0.25, 0.5 or 1.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" level' -l 'level' -d 'Level of significance: 0.01 or 0.05.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" mean' -l 'mean' -d 'Add the mean of all series.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" smooth' -l 'smooth' -d 'Smooth the series first (Whittaker, lambda by V-curve).'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" lambda' -l 'lambda' -d 'Smooth with this lambda for all series, 1e-4 to 1e8.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" asymmetry' -l 'asymmetry' -d 'Smooth with this weight of values above the curve, 0.5 to 0.99; 1 less it below.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" maximum-gap' -l 'maximum-gap' -d 'Gaps of more steps stay without value.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" plot' -l 'plot' -d 'Write a plot of the last series (SVG).' -rF
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" map' -l 'map' -d 'Write maps of a raster\'s cells (SVG).' -rF
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal series" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal plan" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal plan" as-of' -l 'as-of' -d 'The night to look back from, such as 2010-12-03; wins over as_of of the file.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal plan" o output' -l 'output' -s 'o' -d 'Folder that the run would publish into; wins over output of the file.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal plan" as-known-on' -l 'as-known-on' -d 'Read inputs as the runs of the output folder knew them at the end of that day (UTC). Such a run does not become the latest.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal plan" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal plan" json' -l 'json' -d 'Print one JSON object.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal plan" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal plan" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal runs" -eq 1' -fa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal runs" limit' -l 'limit' -d 'List at most so many.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal runs" json' -l 'json' -d 'Print one JSON document.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal runs" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal runs" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal diff" -eq 1' -fa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal diff" -eq 2' -fa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal diff" json' -l 'json' -d 'Print every change as JSON.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal diff" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal diff" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal verify" -eq 1' -fa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal verify" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal verify" json' -l 'json' -d 'Print one JSON object.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal verify" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal verify" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal prune" -eq 1' -fa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal prune" keep' -l 'keep' -d 'How many runs stay, at least 1.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal prune" dry-run' -l 'dry-run' -d 'Say what would go, and remove nothing.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal prune" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal prune" json' -l 'json' -d 'Print one JSON object.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal prune" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal prune" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal events" -eq 1' -fa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal events" json' -l 'json' -d 'Print one JSON document.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal events" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal events" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal doctor" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal doctor" o output' -l 'output' -s 'o' -d 'Folder that runs are published into; wins over output of the file.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal doctor" json' -l 'json' -d 'Print one JSON object.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal doctor" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal doctor" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal validate" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal validate" as-of' -l 'as-of' -d 'The night to look back from, such as 2010-12-03; wins over as_of of the file.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal validate" json' -l 'json' -d 'Print one JSON object, also when something is refused.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal validate" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal validate" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal baseline" -eq 1' -fa 'build' -d 'Make every period from the archive.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal baseline" -eq 1' -fa 'update' -d 'Add new composites; make periods anew whose files were revised.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal baseline" -eq 1' -fa 'show' -d 'Say what the climatology holds and whether it is current; writes nothing.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal baseline build" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline build" o output' -l 'output' -s 'o' -d 'Folder that runs are published in; wins over output of the file.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline build" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline build" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline build" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline build" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline build" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline build" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal baseline update" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline update" o output' -l 'output' -s 'o' -d 'Folder that runs are published in; wins over output of the file.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline update" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline update" log-format' -l 'log-format' -d 'What standard error gets: text for people, or one JSON object a line.' -rfka 'text json'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline update" q quiet' -l 'quiet' -s 'q' -d 'Say nothing but errors and the result.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline update" v verbose' -l 'verbose' -s 'v' -d 'Log each step to standard error.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline update" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline update" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal baseline show" -eq 1' -fa '(set -l exts \'yaml\' \'yml\';for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.{$exts};printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline show" o output' -l 'output' -s 'o' -d 'Folder that runs are published in; wins over output of the file.' -rfa '(__jilaal_complete_directories)'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline show" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline show" json' -l 'json' -d 'Print JSON, with the files of every period.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline show" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal baseline show" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal inspect" -eq 1' -F
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal inspect" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal inspect" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal zonal" -eq 1' -F
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_positional "jilaal zonal" -eq 2' -F
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" zone-id' -l 'zone-id' -d 'Attribute that identifies the zones; default: their number.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" statistics' -l 'statistics' -d 'What to compute, with commas between: count, sum, mean, min, max, variance, stdev, median, quantile=0.9, classes.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" band' -l 'band' -d 'Band of the raster, from 1.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" weights' -l 'weights' -d 'Raster on the same grid whose cells weigh the values, such as people.' -rF
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" unit' -l 'unit' -d 'What a covered cell weighs: fraction or area (square metres).' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" quantile-rule' -l 'quantile-rule' -d 'Quantiles between two values: interpolated or lower.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" o output' -l 'output' -s 'o' -d 'Write a CSV, with its data dictionary beside it; default: print it.' -rfa '(for p in (string match -e -- \'*/\' (commandline -t);or printf \n)*.\'csv\';printf %s\n $p;end;__fish_complete_directories (commandline -t) \'\')'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" threads' -l 'threads' -d 'Threads to work with; default: all processors. The results do not depend on it.' -rfka ''
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" json' -l 'json' -d 'Print one JSON object, also when the command fails.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal zonal" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal schema" version' -l 'version' -d 'Show the version.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal schema" h help' -s 'h' -l 'help' -d 'Show help information.'
complete -c 'jilaal' -n '__jilaal_should_offer_completions_for_flags_or_options "jilaal help" version' -l 'version' -d 'Show the version.'
