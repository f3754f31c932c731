/** What each shell runs at the Tab key. */
export const completionScripts = {
  bash: `# Completion of kdrama in bash. In ~/.bashrc: eval "$(kdrama completion bash)"
_kdrama() {
  local line value
  local -a lines=()
  COMPREPLY=()
  while IFS= read -r line; do lines+=("$line"); done < <(
    kdrama __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null
  )
  if [[ \${lines[0]-} == :files ]]; then
    compopt -o default 2>/dev/null
    return
  fi
  if [[ \${lines[0]-} == :directories ]]; then
    compopt -o plusdirs -o filenames 2>/dev/null
    lines=("\${lines[@]:1}")
  fi
  for line in "\${lines[@]}"; do
    value=\${line%%$'\\t'*}
    # bash completes what stands after the equal sign.
    [[ $value == --*=* ]] && value=\${value#*=}
    # While it only lists them, each may say what it means.
    if [[ $COMP_TYPE == 63 && \${#lines[@]} -gt 1 && \${line#*$'\\t'} != '' ]]; then
      value="$value  (\${line#*$'\\t'})"
    fi
    COMPREPLY+=("$value")
  done
}
complete -F _kdrama kdrama
`,
  zsh: `#compdef kdrama
# Completion of kdrama in zsh. In ~/.zshrc, after compinit: source <(kdrama completion zsh)
_kdrama() {
  local line
  local -a lines candidates
  lines=("\${(@f)$(kdrama __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ \${lines[1]} == ':files' ]]; then
    _files
    return
  fi
  if [[ \${lines[1]} == ':directories' ]]; then
    shift lines
    _files -/
    (( \${#lines} )) || return
  fi
  for line in \${lines}; do
    candidates+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
  done
  _describe -V 'kdrama' candidates
}
if [[ \${zsh_eval_context[-1]} == loadautofunc ]]; then
  _kdrama "$@"
else
  compdef _kdrama kdrama
fi
`,
  fish: `# Completion of kdrama in fish. In ~/.config/fish/config.fish: kdrama completion fish | source
function __kdrama_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines (kdrama __complete -- $words[2..-1] "$current" 2>/dev/null)
    if test "$lines[1]" = ':files'
        __fish_complete_path "$current"
        return
    end
    if test "$lines[1]" = ':directories'
        __fish_complete_directories "$current"
        set -e lines[1]
    end
    printf '%s\\n' $lines
end
complete -c kdrama -f -a '(__kdrama_complete)'
`,
} as const;

export type Shell = keyof typeof completionScripts;
export const shells = Object.keys(completionScripts) as readonly Shell[];
