// What the completion script for bash lacks: bash ends a word at ':' and '@', which queries are full of, hands words over with their quotation
// marks, and expands what it chooses among.

enum BashCompletions {
    /// The last line of the script that ArgumentParser writes.
    private static let registration = "complete -o filenames -F _threadbank threadbank"

    /// The script with words put together again before it looks at them (`in:kn` reaches bash's functions as `in`, `:`, `kn`), and with
    /// what stands before the last such character taken off the answers, because bash keeps that itself. Any other text stays as it is.
    static func mended(_ text: String) -> String {
        guard text.contains("\n" + registration) else { return text }
        return text.replacing(registration, with: functions)
    }

    private static let functions = #"""
        # Takes the lines of -W as they are. `compgen -W` expands each word, so it would run a command that somebody put into a name.
        __threadbank_add_completions() {
            local completion
            if [[ "${1}" == '-W' ]]; then
                while IFS='' read -r completion; do
                    [[ -n "${completion}" && "${completion}" == "${cur}"* ]] && COMPREPLY+=("${completion}")
                done <<< "${2}"
            else
                has_files=1
                while IFS='' read -r completion; do
                    COMPREPLY+=("${completion}")
                done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
            fi
        }

        # Puts into `unquoted` what the shell makes of a word that is being typed, into `quote` the mark that is still open, and into `kept` what
        # of it bash leaves alone: up to the last ':' or quotation mark, or up to '@'.
        __threadbank_unquote() {
            local word="${1}" letter
            local -i place
            unquoted='' quote='' kept=''
            for ((place = 0; place < ${#word}; place++)); do
                letter="${word:place:1}"
                if [[ "${letter}" == '\' && "${quote}" != "'" ]]; then
                    place+=1
                    unquoted+="${word:place:1}"
                elif [[ -n "${quote}" && "${letter}" != "${quote}" ]]; then
                    unquoted+="${letter}"
                elif [[ "${letter}" == [\'\"] ]]; then
                    [[ -n "${quote}" ]] && quote='' || quote="${letter}"
                    kept="${unquoted}"
                else
                    [[ "${letter}" == '@' ]] && kept="${unquoted}"
                    unquoted+="${letter}"
                    [[ "${letter}" == ':' ]] && kept="${unquoted}"
                fi
            done
        }

        # Writes a name so that the shell reads it as it is. Bash itself leaves `$` and '`' alone where it takes a name for that of a file.
        __threadbank_quote() {
            local letter
            local -i place
            quoted=''
            if [[ -z "${quote}" ]]; then
                [[ -n "${1}" ]] && printf -v quoted '%q' "${1}"
                return
            fi
            for ((place = 0; place < ${#1}; place++)); do
                letter="${1:place:1}"
                case "${quote}${letter}" in
                "''" | *'!') quoted+="${quote}\\${letter}${quote}" ;;
                '""' | '"$' | '"`' | '"\') quoted+="\\${letter}" ;;
                *) quoted+="${letter}" ;;
                esac
            done
            # Readline closes a quotation but where the mark stands at the end already.
            [[ "${quoted}" == *"${quote}" ]] && quoted+="${quote}"
            return 0
        }

        _threadbank_with_whole_words() {
            local -a whole=()
            local -i place cursor=0 has_files=0
            local rest="${COMP_LINE}" word before last=''
            for place in "${!COMP_WORDS[@]}"; do
                word="${COMP_WORDS[place]}"
                before="${rest%%"${word}"*}"
                if [[ "${place}" -gt 0 && -n "${word}" && -z "${before}" && ("${word}" == [:@]* || "${last}" == *[:@]) ]]; then
                    whole[${#whole[@]}-1]+="${word}"
                else
                    whole+=("${word}")
                fi
                rest="${rest#"${before}${word}"}"
                last="${word}"
                [[ "${place}" -eq "${COMP_CWORD}" ]] && cursor="$((${#whole[@]} - 1))"
            done
            local unquoted quote kept quoted
            for place in "${!whole[@]}"; do
                [[ "${place}" -eq "${cursor}" ]] && continue
                __threadbank_unquote "${whole[place]}"
                whole[place]="${unquoted}"
            done
            __threadbank_unquote "${whole[cursor]}"
            whole[cursor]="${unquoted}"
            local -a COMP_WORDS=("${whole[@]}")
            local -i COMP_CWORD="${cursor}"
            local IFS=' '
            local COMP_LINE="${whole[*]:0:cursor + 1}"
            IFS=$' \t\n'
            local -i COMP_POINT="${#COMP_LINE}"
            local current="${whole[cursor]}" previous=''
            [[ "${cursor}" -gt 0 ]] && previous="${whole[cursor - 1]}"
            _threadbank "${1}" "${current}" "${previous}"
            COMPREPLY=("${COMPREPLY[@]#"${kept}"}")
            if [[ "${has_files}" -eq 0 ]]; then
                compopt +o filenames 2> /dev/null
                for place in "${!COMPREPLY[@]}"; do
                    __threadbank_quote "${COMPREPLY[place]}"
                    COMPREPLY[place]="${quoted}"
                done
            fi
        }

        complete -o filenames -F _threadbank_with_whole_words threadbank
        """#
}
