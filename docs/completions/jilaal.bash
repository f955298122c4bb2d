#!/bin/bash

__jilaal_cursor_index_in_current_word() {
    local remaining="${COMP_LINE}"

    local word
    for word in "${COMP_WORDS[@]::COMP_CWORD}"; do
        remaining="${remaining##*([[:space:]])"${word}"*([[:space:]])}"
    done

    local -ir index="$((COMP_POINT - ${#COMP_LINE} + ${#remaining}))"
    if [[ "${index}" -le 0 ]]; then
        printf 0
    else
        printf %s "${index}"
    fi
}

# positional arguments:
#
# - 1: the current (sub)command's count of positional arguments
#
# required variables:
#
# - repeating_flags: the repeating flags that the current (sub)command can accept
# - non_repeating_flags: the non-repeating flags that the current (sub)command can accept
# - repeating_options: the repeating options that the current (sub)command can accept
# - non_repeating_options: the non-repeating options that the current (sub)command can accept
# - positional_number: value ignored
# - unparsed_words: unparsed words from the current command line
#
# modified variables:
#
# - non_repeating_flags: remove flags for this (sub)command that are already on the command line
# - non_repeating_options: remove options for this (sub)command that are already on the command line
# - positional_number: set to the current positional number
# - unparsed_words: remove all flags, options, and option values for this (sub)command
__jilaal_offer_flags_options() {
    local -ir positional_count="${1}"
    positional_number=0

    local was_flag_option_terminator_seen=false
    local is_parsing_option_value=false

    local -ar unparsed_word_indices=("${!unparsed_words[@]}")
    local -i word_index
    for word_index in "${unparsed_word_indices[@]}"; do
        if "${is_parsing_option_value}"; then
            # This word is an option value:
            # Reset marker for next word iff not currently the last word
            [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]] && is_parsing_option_value=false
            unset "unparsed_words[${word_index}]"
            # Do not process this word as a flag or an option
            continue
        fi

        local word="${unparsed_words["${word_index}"]}"
        if ! "${was_flag_option_terminator_seen}"; then
            case "${word}" in
            --)
                unset "unparsed_words[${word_index}]"
                # by itself -- is a flag/option terminator, but if it is the last word, it is the start of a completion
                if [[ "${word_index}" -ne "${unparsed_word_indices[${#unparsed_word_indices[@]} - 1]}" ]]; then
                    was_flag_option_terminator_seen=true
                fi
                continue
                ;;
            -*)
                # ${word} is a flag or an option
                # If ${word} is an option, mark that the next word to be parsed is an option value
                local option
                for option in "${repeating_options[@]}" "${non_repeating_options[@]}"; do
                    [[ "${word}" = "${option}" ]] && is_parsing_option_value=true && break
                done

                # Remove ${word} from ${non_repeating_flags} or ${non_repeating_options} so it isn't offered again
                local not_found=true
                local -i index
                for index in "${!non_repeating_flags[@]}"; do
                    if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                        unset "non_repeating_flags[${index}]"
                        non_repeating_flags=("${non_repeating_flags[@]}")
                        not_found=false
                        break
                    fi
                done
                if "${not_found}"; then
                    for index in "${!non_repeating_flags[@]}"; do
                        if [[ "${non_repeating_flags[${index}]}" = "${word}" ]]; then
                            unset "non_repeating_flags[${index}]"
                            non_repeating_flags=("${non_repeating_flags[@]}")
                            break
                        fi
                    done
                fi
                unset "unparsed_words[${word_index}]"
                continue
                ;;
            esac
        fi

        # ${word} is neither a flag, nor an option, nor an option value
        if [[ "${positional_number}" -lt "${positional_count}" || "${positional_count}" -lt 0 ]]; then
            # ${word} is a positional
            ((positional_number++))
            unset "unparsed_words[${word_index}]"
        else
            if [[ -z "${word}" ]]; then
                # Could be completing a flag, option, or subcommand
                positional_number=-1
            else
                # ${word} is a subcommand or invalid, so stop processing this (sub)command
                positional_number=-2
            fi
            break
        fi
    done

    unparsed_words=("${unparsed_words[@]}")

    if\
        ! "${was_flag_option_terminator_seen}"\
        && ! "${is_parsing_option_value}"\
        && [[ ("${cur}" = -* && "${positional_number}" -ge 0) || "${positional_number}" -eq -1 ]]
    then
        COMPREPLY+=($(compgen -W "${repeating_flags[*]} ${non_repeating_flags[*]} ${repeating_options[*]} ${non_repeating_options[*]}" -- "${cur}"))
    fi
}

__jilaal_add_completions() {
    local completion
    while IFS='' read -r completion; do
        COMPREPLY+=("${completion}")
    done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
}

__jilaal_custom_complete() {
    if [[ -n "${cur}" || -z ${COMP_WORDS[${COMP_CWORD}]} || "${COMP_LINE:${COMP_POINT}:1}" != ' ' ]]; then
        local -ar words=("${COMP_WORDS[@]}")
    else
        local -ar words=("${COMP_WORDS[@]::${COMP_CWORD}}" '' "${COMP_WORDS[@]:${COMP_CWORD}}")
    fi

    "${COMP_WORDS[0]}" "${@}" "${words[@]}"
}

_jilaal() {
    local state
    state="$(shopt -p;shopt -po)"
    trap "${state//$'\n'/;}" RETURN
    shopt -s extglob
    set +o history +o posix

    local -xr SAP_SHELL=bash
    local -x SAP_SHELL_VERSION
    SAP_SHELL_VERSION="$(IFS='.';printf %s "${BASH_VERSINFO[*]}")"
    local -r SAP_SHELL_VERSION

    local -r cur="${2}"
    local -r prev="${3}"

    local -i positional_number
    local -a unparsed_words=("${COMP_WORDS[@]:1:${COMP_CWORD}}")

    local -a repeating_flags=()
    local -a non_repeating_flags=(--version -h --help)
    local -a repeating_options=()
    local -a non_repeating_options=()
    __jilaal_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    run|drought|hotspots|coverage|transfer|what-if|check-plan|series|plan|runs|diff|verify|prune|events|doctor|validate|baseline|inspect|zonal|schema|help)
        # Offer subcommand argument completions
        "_jilaal_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'run drought hotspots coverage transfer what-if check-plan series plan runs diff verify prune events doctor validate baseline inspect zonal schema help' -- "${cur}"))
        ;;
    esac
}

_jilaal_run() {
    repeating_flags=()
    non_repeating_flags=(--force --quiet -q --verbose -v --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--as-of --output -o --as-known-on --threads --keep --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--as-of')
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--as-known-on')
        return
        ;;
    '--threads')
        return
        ;;
    '--keep')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_drought() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    compute|selftest)
        # Offer subcommand argument completions
        "_jilaal_drought_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'compute selftest' -- "${cur}"))
        ;;
    esac
}

_jilaal_drought_compute() {
    repeating_flags=()
    non_repeating_flags=(--smooth --pixel --print-pipeline --quiet -q --verbose -v --json --version -h --help)
    repeating_options=(--fill)
    non_repeating_options=(--product --baseline --output -o --indicators --parity --as-of --periods --minimum-years --classes --layer --dates --scale --offset --crs --lst --lst-product --rain --rain-product --zones --zone-id --explain --threads --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--product')
        return
        ;;
    '--baseline')
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--indicators')
        return
        ;;
    '--parity')
        return
        ;;
    '--as-of')
        return
        ;;
    '--periods')
        return
        ;;
    '--minimum-years')
        return
        ;;
    '--classes')
        return
        ;;
    '--layer')
        return
        ;;
    '--dates')
        return
        ;;
    '--scale')
        return
        ;;
    '--offset')
        return
        ;;
    '--fill')
        return
        ;;
    '--crs')
        return
        ;;
    '--lst')
        return
        ;;
    '--lst-product')
        return
        ;;
    '--rain')
        return
        ;;
    '--rain-product')
        return
        ;;
    '--zones')
        return
        ;;
    '--zone-id')
        return
        ;;
    '--explain')
        return
        ;;
    '--threads')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -d
        return
        ;;
    esac
}

_jilaal_drought_selftest() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=(--profile)
    non_repeating_options=(--vectors)
    __jilaal_offer_flags_options 0

    # Offer option value completions
    case "${prev}" in
    '--vectors')
        __jilaal_add_completions -d
        return
        ;;
    '--profile')
        __jilaal_add_completions -W 'jilaal'$'\n''ndma'$'\n''fao-asis'$'\n''climate-indices'$'\n''r-bfast'
        return
        ;;
    esac
}

_jilaal_hotspots() {
    repeating_flags=()
    non_repeating_flags=(--adaptive --print-pipeline --quiet -q --verbose -v --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--source --columns --zones --zone-id --output -o --as-of --preset --precision --window --cell --radius --density-radius --half-life --edge --bandwidth --weight --correction --significance --confidence --with --step --steps --explain --since --threads --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--source')
        return
        ;;
    '--columns')
        return
        ;;
    '--zones')
        __jilaal_add_completions -f
        return
        ;;
    '--zone-id')
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--as-of')
        return
        ;;
    '--preset')
        return
        ;;
    '--precision')
        return
        ;;
    '--window')
        return
        ;;
    '--cell')
        return
        ;;
    '--radius')
        return
        ;;
    '--density-radius')
        return
        ;;
    '--half-life')
        return
        ;;
    '--edge')
        return
        ;;
    '--bandwidth')
        return
        ;;
    '--weight')
        return
        ;;
    '--correction')
        return
        ;;
    '--significance')
        return
        ;;
    '--confidence')
        return
        ;;
    '--with')
        return
        ;;
    '--step')
        return
        ;;
    '--steps')
        return
        ;;
    '--explain')
        return
        ;;
    '--since')
        return
        ;;
    '--threads')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -f
        return
        ;;
    esac
}

_jilaal_coverage() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--as-of --output -o --edition --threads --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--as-of')
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--edition')
        __jilaal_add_completions -W 'public'$'\n''restricted'
        return
        ;;
    '--threads')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_transfer() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--as-of --output -o --edition --threads --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--as-of')
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--edition')
        __jilaal_add_completions -W 'public'$'\n''restricted'
        return
        ;;
    '--threads')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_what-if() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --json --version -h --help)
    repeating_options=(--open)
    non_repeating_options=(--as-of --close --edition --runs --output -o --threads --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--as-of')
        return
        ;;
    '--close')
        return
        ;;
    '--open')
        return
        ;;
    '--edition')
        __jilaal_add_completions -W 'public'$'\n''restricted'
        return
        ;;
    '--runs')
        __jilaal_add_completions -d
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--threads')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_check-plan() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(json)'
        return
        ;;
    esac
}

_jilaal_series() {
    repeating_flags=()
    non_repeating_flags=(--trend --no-trend --select --no-select --mean --smooth --version -h --help)
    repeating_options=(--value-column --where --fill)
    non_repeating_options=(--date-column --dates --scale --frequency --method --start --end --baseline --minimum-years --order --window --level --lambda --asymmetry --maximum-gap --plot --map)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--date-column')
        return
        ;;
    '--value-column')
        return
        ;;
    '--where')
        return
        ;;
    '--dates')
        return
        ;;
    '--scale')
        return
        ;;
    '--fill')
        return
        ;;
    '--frequency')
        return
        ;;
    '--method')
        __jilaal_add_completions -W 'breaks'$'\n''vci'$'\n''zscore'$'\n''smooth'
        return
        ;;
    '--start')
        return
        ;;
    '--end')
        return
        ;;
    '--baseline')
        return
        ;;
    '--minimum-years')
        return
        ;;
    '--order')
        return
        ;;
    '--window')
        return
        ;;
    '--level')
        return
        ;;
    '--lambda')
        return
        ;;
    '--asymmetry')
        return
        ;;
    '--maximum-gap')
        return
        ;;
    '--plot')
        __jilaal_add_completions -f
        return
        ;;
    '--map')
        __jilaal_add_completions -f
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -f
        return
        ;;
    esac
}

_jilaal_plan() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--as-of --output -o --as-known-on --threads)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--as-of')
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--as-known-on')
        return
        ;;
    '--threads')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_runs() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--limit)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--limit')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -d
        return
        ;;
    esac
}

_jilaal_diff() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options 2

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -d
        return
        ;;
    2)
        __jilaal_add_completions -d
        return
        ;;
    esac
}

_jilaal_verify() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--threads)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--threads')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -d
        return
        ;;
    esac
}

_jilaal_prune() {
    repeating_flags=()
    non_repeating_flags=(--dry-run --json --version -h --help)
    repeating_options=()
    non_repeating_options=(--keep --threads)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--keep')
        return
        ;;
    '--threads')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -d
        return
        ;;
    esac
}

_jilaal_events() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options 2

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -d
        return
        ;;
    esac
}

_jilaal_doctor() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_validate() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--as-of)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--as-of')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_baseline() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options 0

    # Offer subcommand / subcommand argument completions
    local -r subcommand="${unparsed_words[0]}"
    unset 'unparsed_words[0]'
    unparsed_words=("${unparsed_words[@]}")
    case "${subcommand}" in
    build|update|show)
        # Offer subcommand argument completions
        "_jilaal_baseline_${subcommand}"
        ;;
    *)
        # Offer subcommand completions
        COMPREPLY+=($(compgen -W 'build update show' -- "${cur}"))
        ;;
    esac
}

_jilaal_baseline_build() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --threads --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--threads')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_baseline_update() {
    repeating_flags=()
    non_repeating_flags=(--quiet -q --verbose -v --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --threads --log-format)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--threads')
        return
        ;;
    '--log-format')
        __jilaal_add_completions -W 'text'$'\n''json'
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_baseline_show() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--output -o --threads)
    __jilaal_offer_flags_options 1

    # Offer option value completions
    case "${prev}" in
    '--output'|'-o')
        __jilaal_add_completions -d
        return
        ;;
    '--threads')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -o plusdirs -fX '!*.@(yaml|yml)'
        return
        ;;
    esac
}

_jilaal_inspect() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options 1

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -f
        return
        ;;
    esac
}

_jilaal_zonal() {
    repeating_flags=()
    non_repeating_flags=(--json --version -h --help)
    repeating_options=()
    non_repeating_options=(--zone-id --statistics --band --weights --unit --quantile-rule --output -o --threads)
    __jilaal_offer_flags_options 2

    # Offer option value completions
    case "${prev}" in
    '--zone-id')
        return
        ;;
    '--statistics')
        return
        ;;
    '--band')
        return
        ;;
    '--weights')
        __jilaal_add_completions -f
        return
        ;;
    '--unit')
        return
        ;;
    '--quantile-rule')
        return
        ;;
    '--output'|'-o')
        __jilaal_add_completions -o plusdirs -fX '!*.@(csv)'
        return
        ;;
    '--threads')
        return
        ;;
    esac

    # Offer positional completions
    case "${positional_number}" in
    1)
        __jilaal_add_completions -f
        return
        ;;
    2)
        __jilaal_add_completions -f
        return
        ;;
    esac
}

_jilaal_schema() {
    repeating_flags=()
    non_repeating_flags=(--version -h --help)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options 0
}

_jilaal_help() {
    repeating_flags=()
    non_repeating_flags=(--version)
    repeating_options=()
    non_repeating_options=()
    __jilaal_offer_flags_options -1
}

complete -o filenames -F _jilaal jilaal
