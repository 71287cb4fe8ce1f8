# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
#
# Completes the command lines of ipvsadm, ipvsadm-save and ipvsadm-restore in bash, with bash-completion.
#
# A row of the tables is SPELLINGS|VALUE|OPTIONS. The options are those that go with a command, or those that an
# option, or one value of it, rules out; each is named there by its first spelling.

# The tables, made by `make completions`:
_ipvsadm_commands='--add-service -A||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --scheduler --pe --persistent --netmask --ops --sched-flags --netns
--edit-service -E||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --scheduler --pe --persistent --netmask --ops --sched-flags --keep --netns
--delete-service -D||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --drain --netns
--clear -C||--netns
--restore -R||--netns
--save -S||--numeric --all --netns
--add-server -a||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --gatewaying --ipip --masquerading --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum --weight --u-threshold --l-threshold --slow-start --netns
--edit-server -e||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --gatewaying --ipip --masquerading --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum --weight --u-threshold --l-threshold --keep --netns
--delete-server -d||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --drain --netns
--list -L -l||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --connection --timeout --daemon --stats --rate --exact -X --thresholds --persistent-conn --tun-info --nosort --sort --numeric --syncid --json --client --state --count-by --metrics --watch --netns
--zero -Z||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --netns
--set||--netns
--start-daemon|word master backup|--syncid --sync-maxlen --mcast-interface --mcast-group --mcast-port --mcast-ttl --netns
--stop-daemon|word master backup|--syncid --netns
--help -h||
--version -v||
--apply||--drain --slow-start --dry-run --keep-others --keep-weights --netns
--doctor||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --json --virtual --probe --verbose --netns'
_ipvsadm_options='--tcp-service -t|service|--udp-service --sctp-service --fwmark-service --ipv6 --timeout --daemon --ops --virtual
--udp-service -u|service|--tcp-service --sctp-service --fwmark-service --ipv6 --timeout --daemon --virtual
--sctp-service|service|--tcp-service --udp-service --fwmark-service --ipv6 --timeout --daemon --ops --virtual
--fwmark-service -f|service|--tcp-service --udp-service --sctp-service --timeout --daemon --virtual
--ipv6 -6||--tcp-service --udp-service --sctp-service --timeout --daemon --virtual
--scheduler -s|word rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh|
--pe|word sip|
--persistent -p|maybe|
--netmask -M|value|
--real-server -r|server|--timeout --daemon --stats --rate --thresholds --metrics
--gatewaying -g||--ipip --masquerading --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum
--ipip -i||--gatewaying --masquerading
--masquerading -m||--gatewaying --ipip --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum
--tun-type|word ipip gue gre|--gatewaying --masquerading
--tun-type=ipip||--tun-port --tun-nocsum --tun-csum --tun-remcsum
--tun-type=gre||--tun-port --tun-remcsum
--tun-port|value|--gatewaying --masquerading --tun-type=ipip --tun-type=gre
--tun-nocsum||--gatewaying --masquerading --tun-type=ipip --tun-csum --tun-remcsum
--tun-csum||--gatewaying --masquerading --tun-type=ipip --tun-nocsum --tun-remcsum
--tun-remcsum||--gatewaying --masquerading --tun-type=ipip --tun-type=gre --tun-nocsum --tun-csum
--weight -w|value|
--u-threshold -x|value|
--l-threshold -y|value|
--connection -c||--timeout --daemon --stats --rate --thresholds --metrics
--timeout||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --connection --daemon --stats --rate --thresholds --persistent-conn --client --state --count-by --metrics
--daemon||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --connection --timeout --stats --rate --thresholds --persistent-conn --client --state --count-by --metrics
--stats||--real-server --connection --timeout --daemon --client --state --count-by
--rate||--real-server --connection --timeout --daemon --client --state --count-by
--exact||-X
-X||--exact
--thresholds||--real-server --connection --timeout --daemon --client --state --count-by
--persistent-conn||--timeout --daemon --count-by
--tun-info||
--nosort||
--sort||
--ops -o||--tcp-service --sctp-service
--numeric -n||
--sched-flags -b|list flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port|
--syncid|value|
--sync-maxlen|value|
--mcast-interface|interface|
--mcast-group|value|
--mcast-port|value|
--mcast-ttl|value|
--all||
--keep||
--drain|value|
--slow-start|value|
--dry-run||
--keep-others||
--keep-weights||
--json||--metrics
--client|client|--timeout --daemon --stats --rate --thresholds --metrics
--state|state|--timeout --daemon --stats --rate --thresholds --metrics
--count-by|word client service server state|--timeout --daemon --stats --rate --thresholds --persistent-conn --metrics
--metrics||--real-server --connection --timeout --daemon --json --client --state --count-by
--watch|maybe|
--virtual|value|--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --probe
--probe||--virtual
--verbose||
--netns|namespace|'
# The end of the tables.

_ipvsadm() {
  local cur words cword
  _get_comp_words_by_ref -n := cur words cword
  COMPREPLY=()

  local -A spellings=() first=() kind=() others=() typed=()
  local offered='' verb='' out=' ' scheduler='' option='' prefix='' candidates=() word
  case ${1##*/} in
  ipvsadm-save | ipvsadm-restore)
    if [[ ${words[cword - 1]} == --netns ]]; then
      _ipvsadm_namespaces
    else
      [[ $1 == *restore || " ${words[*]:1:cword-1} " == *' -n '* ]] || candidates=(-n)
      [[ " ${words[*]:1:cword-1} " == *' --netns '* ]] || candidates+=(--netns)
    fi
    ;;
  *)
    _ipvsadm_read <<<"$_ipvsadm_commands"
    offered=${!others[*]}
    _ipvsadm_read <<<"$_ipvsadm_options"
    for word in "${words[@]:1:cword-1}"; do _ipvsadm_take "$word"; done
    _ipvsadm_complete
    ;;
  esac

  # Readline replaces what follows the last of its word breaks only.
  local breaks='' done=''
  [[ $COMP_WORDBREAKS != *:* ]] || breaks+=:
  [[ $COMP_WORDBREAKS != *=* ]] || breaks+="="
  [[ ! $breaks ]] || done=${cur%"${cur##*["$breaks"]}"}
  for word in "${candidates[@]/#/"$prefix"}"; do
    [[ $word != "$cur"* ]] || COMPREPLY+=("${word#"$done"}")
  done
}

# Reads a table.
_ipvsadm_read() {
  local names value rest name
  while IFS='|' read -r names value rest; do
    name=${names%% *}
    spellings[$name]=$names kind[$name]=$value others[$name]=$rest
    for word in $names; do first[$word]=$name; done
  done
}

# Whether the line can have the option, or the option=value.
_ipvsadm_legal() {
  [[ " $offered " == *" ${1%%=*} "* && $out != *" $1 "* ]]
}

# Takes note of an option and its value. After one that is not legal, nothing is.
_ipvsadm_given() {
  if ! _ipvsadm_legal "$1"; then
    verb=none offered=
  elif [[ ! $verb ]]; then
    verb=$1 offered=${others[$1]}
  else
    out+="$1 ${others[$1]} ${others[$1=$2]-} "
  fi
  typed[$1]=$2
  case $1 in
  --scheduler) scheduler=$2 ;;
  --sched-flags) _ipvsadm_flags "$2" ;;
  esac
  [[ $verb != --doctor ]] || _ipvsadm_again "$1"
}

# Allows more services than the one that was given; -6 belongs to one of them.
_ipvsadm_again() {
  local rest=' '
  [[ " ${!typed[*]}" == *-service* ]] || return 0
  for word in $out; do
    [[ $word == --*-service || $1 == --fwmark-service && $word == --ipv6 ]] || rest+="$word "
  done
  out=$rest
  unset 'typed[--ipv6]'
}

# Takes note of the scheduler that flags belong to.
_ipvsadm_flags() {
  for word in ${1//,/ }; do
    [[ $word == flag-* ]] || scheduler=${word%-*}
  done
}

# Takes note of an option without a value; leaves one with a value in `option`.
_ipvsadm_spelling() {
  option=${first[$1]-none}
  [[ ! ${kind[$option]-} ]] || return 0
  _ipvsadm_given "$option" ''
  option=
}

# Takes note of the options in a word, up to one with a value; leaves what comes before the value in `prefix`.
_ipvsadm_split() {
  prefix=-
  if [[ $1 == --* ]]; then
    prefix=${1%%=*}
    _ipvsadm_spelling "$prefix"
    [[ $1 != *=* ]] || prefix+="="
  else
    while [[ ! $option && $prefix != "$1" ]]; do
      prefix=${1:0:${#prefix}+1}
      _ipvsadm_spelling "-${prefix: -1}"
    done
  fi
}

# Takes note of a word before the cursor.
_ipvsadm_take() {
  local value=$1
  if [[ $option && ${kind[$option]} == maybe && $1 == -* ]]; then
    _ipvsadm_given "$option" ''
    option=
  fi
  if [[ ! $option ]]; then
    if [[ $1 != -?* ]]; then
      verb=none offered=
      return
    fi
    _ipvsadm_split "$1"
    [[ $1 != "$prefix" ]] || return 0
    value=${1#"$prefix"}
  fi
  [[ ! $option ]] || _ipvsadm_given "$option" "$value"
  option=
}

# Collects what may stand at the cursor: each of `candidates` behind `prefix`.
_ipvsadm_complete() {
  prefix=
  if [[ $option && ${kind[$option]} == maybe ]]; then
    _ipvsadm_given "$option" ''
    option=
  fi
  if [[ $option ]]; then
    _ipvsadm_values
  elif [[ $cur == --*=* || $cur == -[!-]* ]]; then
    _ipvsadm_split "$cur"
    if [[ $option && ($prefix != "$cur" || $cur == *=) ]]; then
      _ipvsadm_values
    elif [[ $verb != none ]] && { [[ ! $option ]] || _ipvsadm_legal "$option"; }; then
      prefix='' candidates=("$cur")
    fi
  else
    for option in $offered; do
      # shellcheck disable=SC2206  # several words are meant
      ! _ipvsadm_legal "$option" || candidates+=(${spellings[$option]})
    done
  fi
}

# Collects the values of `option`.
_ipvsadm_values() {
  local list
  _ipvsadm_legal "$option" || return 0
  case $verb:${kind[$option]} in
  --add-service:service | --add-server:server) ;; # what is added is not there yet
  --list:server | *:client | *:state) _ipvsadm_counted "${kind[$option]}" ;;
  *:service) _ipvsadm_rules "-A ${spellings[$option]##* }" ;;
  *:server)
    for word in "${!typed[@]}"; do
      [[ ${kind[$word]} != service ]] ||
        _ipvsadm_rules "-a ${spellings[$word]##* } ${typed[$word]}${typed[--ipv6]+ -6} -r"
    done
    ;;
  *:namespace) _ipvsadm_namespaces ;;
  *:interface)
    for word in /sys/class/net/*/; do
      word=${word%/}
      [[ ! -d $word ]] || candidates+=("${word##*/}")
    done
    ;;
  *:word*)
    for word in ${kind[$option]#word}; do
      [[ $option != --scheduler || ${scheduler:-$word} == "$word" ]] || continue
      ! _ipvsadm_legal "$option=$word" || candidates+=("$word")
    done
    ;;
  *:list*)
    list=${cur#"$prefix"}
    list=${list%"${list##*,}"}
    prefix+=$list
    _ipvsadm_flags "$list"
    for word in ${kind[$option]#list}; do
      [[ ,$list == *",$word,"* || $word != flag-* && ${scheduler:-${word%-*}} != "${word%-*}" ]] ||
        candidates+=("$word")
    done
    ;;
  esac
}

# Collects the names of network namespaces.
_ipvsadm_namespaces() {
  for word in /run/netns/*; do [[ ! -e $word ]] || candidates+=("${word##*/}"); done
}

# Collects the words that follow some words in the rules of the running table. Without IPVS it asks nobody,
# because that would load it.
_ipvsadm_rules() {
  [[ -e /proc/net/ip_vs ]] || return 0
  while read -r word; do
    [[ $word != "$1 "* || ${typed[--ipv6]+6} && $word != *' -6 '* ]] && continue
    word=${word#"$1 "}
    candidates+=("${word%% *}")
  done < <({ command ipvsadm -Sn ${typed[--netns]+"--netns=${typed[--netns]}"} | grep -F -- "$1 "; } 2>/dev/null </dev/null)
}

# Collects what the connections have that the line is about: at most a hundred values, those of the most connections.
_ipvsadm_counted() {
  local filters=()
  [[ -e /proc/net/ip_vs_conn ]] || return 0
  for word in "${!typed[@]}"; do
    case $word in
    --*-service | --real-server | --client | --state | --netns) filters+=("$word=${typed[$word]}") ;;
    --ipv6) filters+=("$word") ;;
    esac
  done
  while read -r _ word; do candidates+=("$word"); done < <({
    command ipvsadm --list --connection --numeric --count-by "$1" "${filters[@]}" |
      grep -F -- "  ${cur#"$prefix"}" | head -n 100
  } 2>/dev/null </dev/null)
}

complete -F _ipvsadm ipvsadm ipvsadm-save ipvsadm-restore
