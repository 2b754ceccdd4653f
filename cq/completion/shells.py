"""The scripts by which bash, zsh and fish ask cq what may follow, and where each looks for them.

A script asks `cq complete`, which answers a word a line, with what it is after a tab.
"""

from pathlib import Path

from cq.rewrite import rewrite

_MARK = "# Complétion de cq"

_BASH = (
    _MARK
    + """ pour bash : cq completion bash --install
_cq() {
    local mot aide nom cur=${COMP_WORDS[COMP_CWORD]}
    [[ $cur == "=" ]] && cur=
    COMPREPLY=()
    while IFS=$'\\t' read -r mot aide; do
        case $mot in
            :fichiers | :dossiers)
                compopt -o filenames 2>/dev/null
                while IFS= read -r nom; do COMPREPLY+=("$nom"); done < <(
                    if [[ $mot == :dossiers ]]; then compgen -d -- "$cur"
                    else compgen -f -- "$cur"; fi
                )
                ;;
            *) COMPREPLY+=("$mot") ;;
        esac
    done < <("${COMP_WORDS[0]}" complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _cq cq
"""
)
_ZSH = (
    "#compdef cq\n"
    + _MARK
    + """ pour zsh : cq completion zsh --install
_cq() {
    local -a choix
    local mot aide
    while IFS=$'\\t' read -r mot aide; do
        case $mot in
            :fichiers) _files ;;
            :dossiers) _files -/ ;;
            *) choix+=("${mot//:/\\\\:}${aide:+:$aide}") ;;
        esac
    done < <("${words[1]}" complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
    (( $#choix )) && _describe cq choix
}
if [[ $funcstack[1] == _cq ]]; then _cq "$@"; else compdef _cq cq; fi
"""
)
_FISH = (
    _MARK
    + """ pour fish : cq completion fish --install
function __cq_propositions
    set -l avant (commandline -opc)
    set -l dernier (commandline -ct)
    set -q dernier[1]; or set dernier ''
    for ligne in (command cq complete -- $avant[2..-1] $dernier 2>/dev/null)
        switch $ligne
            case ':fichiers*'
                __fish_complete_path $dernier
            case ':dossiers*'
                __fish_complete_directories $dernier
            case '*'
                echo $ligne
        end
    end
end
complete -c cq -f -a '(__cq_propositions)'
"""
)

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}

# What is left to do once the script is in its place.
AFTERWARDS = {
    "bash": (
        "Ouvrez un nouveau terminal. Si rien ne se complète, le paquet bash-completion manque :\n"
        "    {install}"
    ),
    "zsh": (
        "Si ce n’est déjà fait, ajoutez ces deux lignes à ~/.zshrc, puis ouvrez un nouveau "
        "terminal :\n    fpath=({folder} $fpath)\n    autoload -Uz compinit && compinit"
    ),
    "fish": "Ouvrez un nouveau terminal.",
}


class NotOurs(Exception):
    """Where the script would go, there is a file that cq has not written."""


def standing(file: Path, shell: str) -> bool:
    """Whether this very script is there already. Raises NotOurs."""
    try:
        there = file.read_text("utf-8", "replace")
    except FileNotFoundError:
        return False
    if _MARK not in there:
        raise NotOurs(str(file))
    return there == SCRIPTS[shell]


def install(file: Path, shell: str) -> None:
    """Write the script; a terminal that opens meanwhile reads a whole one. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rewrite(file, SCRIPTS[shell].encode())
