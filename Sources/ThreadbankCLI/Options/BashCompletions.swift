// What the completion script for bash lacks: bash ends a word at ':' and '@', which queries are full of, and expands what it chooses among.

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
                while IFS='' read -r completion; do
                    COMPREPLY+=("${completion}")
                done < <(IFS=$'\n' compgen "${@}" -- "${cur}")
            fi
        }

        _threadbank_with_whole_words() {
            local -a whole=()
            local -i place cursor=0
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
            local -a COMP_WORDS=("${whole[@]}")
            local -i COMP_CWORD="${cursor}"
            local current="${whole[cursor]}" previous=''
            [[ "${cursor}" -gt 0 ]] && previous="${whole[cursor - 1]}"
            _threadbank "${1}" "${current}" "${previous}"
            COMPREPLY=("${COMPREPLY[@]#"${current%"${current##*[:@]}"}"}")
        }

        complete -o filenames -F _threadbank_with_whole_words threadbank
        """#
}
