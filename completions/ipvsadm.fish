# SPDX-License-Identifier: Apache-2.0
#
# Completes the command lines of ipvsadm, ipvsadm-save and ipvsadm-restore in fish.
#
# A row of the tables is SPELLINGS|VALUE|OPTIONS|SUMMARY. The options are those that go with a command, or those
# that an option, or one value of it, rules out; each is named there by its first spelling.

# The tables, made by `make completions`:
set -g __ipvsadm_commands '--add-service -A||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --scheduler --pe --persistent --netmask --ops --sched-flags --netns|add virtual service with options
--edit-service -E||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --scheduler --pe --persistent --netmask --ops --sched-flags --keep --netns|edit virtual service with options
--delete-service -D||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --drain --netns|delete virtual service
--clear -C||--netns|clear the whole table
--restore -R||--netns|restore rules from stdin
--save -S||--numeric --all --netns|save rules to stdout
--add-server -a||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --gatewaying --ipip --masquerading --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum --weight --u-threshold --l-threshold --slow-start --netns|add real server with options
--edit-server -e||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --gatewaying --ipip --masquerading --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum --weight --u-threshold --l-threshold --keep --netns|edit real server with options
--delete-server -d||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --drain --netns|delete real server
--list -L -l||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --connection --timeout --daemon --stats --rate --exact -X --thresholds --persistent-conn --tun-info --nosort --sort --numeric --syncid --json --client --state --count-by --metrics --watch --netns|list the table
--zero -Z||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --netns|zero counters in a service or all services
--set||--netns|set connection timeout values
--start-daemon|word master backup|--syncid --sync-maxlen --mcast-interface --mcast-group --mcast-port --mcast-ttl --netns|start connection sync daemon
--stop-daemon|word master backup|--syncid --netns|stop connection sync daemon
--help -h|||display this help message
--version -v|||
--apply||--drain --slow-start --dry-run --keep-others --keep-weights --netns|make the table what rules from stdin say, and change nothing else
--doctor||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --json --virtual --probe --verbose --netns|find what is wrong on this machine, and the command that mends it'
set -g __ipvsadm_options '--tcp-service -t|service|--udp-service --sctp-service --fwmark-service --ipv6 --timeout --daemon --ops --virtual|service-address is host[:port]
--udp-service -u|service|--tcp-service --sctp-service --fwmark-service --ipv6 --timeout --daemon --virtual|service-address is host[:port]
--sctp-service|service|--tcp-service --udp-service --fwmark-service --ipv6 --timeout --daemon --ops --virtual|service-address is host[:port]
--fwmark-service -f|service|--tcp-service --udp-service --sctp-service --timeout --daemon --virtual|fwmark is an integer greater than zero
--ipv6 -6||--tcp-service --udp-service --sctp-service --timeout --daemon --virtual|fwmark entry uses IPv6
--scheduler -s|word rr wrr lc wlc lblc lblcr dh sh sed nq fo ovf mh||one of rr|wrr|lc|wlc|lblc|lblcr|dh|sh|sed|nq|fo|ovf|mh, the default scheduler is wlc.
--pe|word sip||alternate persistence engine may be sip, not set by default.
--persistent -p|maybe||persistent service
--netmask -M|value||persistent granularity mask
--real-server -r|server|--timeout --daemon --stats --rate --thresholds --metrics|server-address is host (and port)
--gatewaying -g||--ipip --masquerading --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum|gatewaying (direct routing) (default)
--ipip -i||--gatewaying --masquerading|ipip encapsulation (tunneling)
--masquerading -m||--gatewaying --ipip --tun-type --tun-port --tun-nocsum --tun-csum --tun-remcsum|masquerading (NAT)
--tun-type|word ipip gue gre|--gatewaying --masquerading|one of ipip|gue|gre, the default tunnel type is ipip.
--tun-type=ipip||--tun-port --tun-nocsum --tun-csum --tun-remcsum|
--tun-type=gre||--tun-port --tun-remcsum|
--tun-port|value|--gatewaying --masquerading --tun-type=ipip --tun-type=gre|tunnel destination port
--tun-nocsum||--gatewaying --masquerading --tun-type=ipip --tun-csum --tun-remcsum|tunnel encapsulation without checksum
--tun-csum||--gatewaying --masquerading --tun-type=ipip --tun-nocsum --tun-remcsum|tunnel encapsulation with checksum
--tun-remcsum||--gatewaying --masquerading --tun-type=ipip --tun-type=gre --tun-nocsum --tun-csum|tunnel encapsulation with remote checksum
--weight -w|value||capacity of real server
--u-threshold -x|value||upper threshold of connections
--l-threshold -y|value||lower threshold of connections
--connection -c||--timeout --daemon --stats --rate --thresholds --metrics|output of current IPVS connections
--timeout||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --connection --daemon --stats --rate --thresholds --persistent-conn --client --state --count-by --metrics|output of timeout (tcp tcpfin udp)
--daemon||--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --real-server --connection --timeout --stats --rate --thresholds --persistent-conn --client --state --count-by --metrics|output of daemon information
--stats||--real-server --connection --timeout --daemon --client --state --count-by|output of statistics information
--rate||--real-server --connection --timeout --daemon --client --state --count-by|output of rate information
--exact||-X|expand numbers (display exact values)
-X||--exact|
--thresholds||--real-server --connection --timeout --daemon --client --state --count-by|output of thresholds information
--persistent-conn||--timeout --daemon --count-by|output of persistent connection info
--tun-info|||output of tunnel information
--nosort|||disable sorting output of service/server entries
--sort|||does nothing, for backwards compatibility
--ops -o||--tcp-service --sctp-service|one-packet scheduling
--numeric -n|||numeric output of addresses and ports
--sched-flags -b|list flag-1 flag-2 flag-3 sh-fallback sh-port mh-fallback mh-port||scheduler flags (comma-separated)
--syncid|value||syncid for connection sync (default=255)
--sync-maxlen|value||Max sync message length (default=1472)
--mcast-interface|interface||multicast interface for connection sync
--mcast-group|value||IPv4/IPv6 group (default=224.0.0.81)
--mcast-port|value||UDP port (default=8848)
--mcast-ttl|value||Multicast TTL (default=1)
--all|||save timeouts and sync daemons, too
--keep|||what is not given stays as it is
--drain|value||time for connections to end before a server is deleted
--slow-start|value||time in which a new server comes to its weight
--dry-run|||print the changes as rules instead
--keep-others|||remove no service that is not in the rules
--keep-weights|||leave weights of servers as they are
--json||--metrics|list everything that is known as JSON
--client|client|--timeout --daemon --stats --rate --thresholds --metrics|list only connections of these clients
--state|state|--timeout --daemon --stats --rate --thresholds --metrics|list only connections in this state
--count-by|word client service server state|--timeout --daemon --stats --rate --thresholds --persistent-conn --metrics|one of client|service|server|state, count connections by this instead
--metrics||--real-server --connection --timeout --daemon --json --client --state --count-by|list everything that is known as metrics for Prometheus
--watch|maybe||list again and again, with live rates at a terminal
--virtual|value|--tcp-service --udp-service --sctp-service --fwmark-service --ipv6 --probe|examine it as a real server for this virtual address
--probe||--virtual|ask each server for a connection
--verbose|||say what is right, too
--netns|namespace||do it in this network namespace'
# The end of the tables.

# The rows' columns, the first spelling leading; and all spellings, with the first one of the row that has them.
set -g __ipvsadm_names
set -g __ipvsadm_forms
set -g __ipvsadm_kinds
set -g __ipvsadm_others
set -g __ipvsadm_summaries
set -g __ipvsadm_spellings
set -g __ipvsadm_firsts
function __ipvsadm_read
    for row in (string split \n -- $__ipvsadm_commands $__ipvsadm_options)
        set -l fields (string split -m 3 '|' -- $row)
        set -l forms (string split ' ' -- $fields[1])
        set -a __ipvsadm_names $forms[1]
        set -a __ipvsadm_forms $fields[1]
        set -a __ipvsadm_kinds $fields[2]
        set -a __ipvsadm_others $fields[3]
        set -a __ipvsadm_summaries $fields[4]
        for form in $forms
            set -a __ipvsadm_spellings $form
            set -a __ipvsadm_firsts $forms[1]
        end
    end
end
__ipvsadm_read

# The functions share the variables of this one.
function __ipvsadm
    set -l cur (commandline -ct)
    set -l words (commandline -opc)
    set -l offered $__ipvsadm_names[1..(count (string split \n -- $__ipvsadm_commands))]
    set -l verb
    set -l out
    set -l scheduler
    set -l typed
    set -l option
    set -l prefix
    for word in $words[2..]
        __ipvsadm_take $word
    end
    __ipvsadm_complete
end

function __ipvsadm_kind
    set -l row (contains -i -- "$argv[1]" $__ipvsadm_names)
    and string join ' ' -- $__ipvsadm_kinds[$row]
end

function __ipvsadm_others
    set -l row (contains -i -- "$argv[1]" $__ipvsadm_names)
    and string split -n ' ' -- $__ipvsadm_others[$row]
end

# Whether the line can have the option, or the option=value.
function __ipvsadm_legal -S
    contains -- (string replace -r '=.*' '' -- $argv[1]) $offered
    and not contains -- $argv[1] $out
end

# Takes note of an option and its value. After one that is not legal, nothing is.
function __ipvsadm_given -S
    if not __ipvsadm_legal $argv[1]
        set verb none
        set offered
    else if test -z "$verb"
        set verb $argv[1]
        set offered (__ipvsadm_others $verb)
    else
        set -a out $argv[1] (__ipvsadm_others $argv[1]) (__ipvsadm_others "$argv[1]=$argv[2]")
    end
    set -a typed "$argv[1]=$argv[2]"
    switch $argv[1]
        case --scheduler
            set scheduler $argv[2]
        case --sched-flags
            __ipvsadm_flags $argv[2]
    end
    test "$verb" = --doctor
    and __ipvsadm_again $argv[1]
end

# Allows more services than the one that was given; -6 belongs to one of them.
function __ipvsadm_again -S
    string match -q -- '--*-service=*' $typed
    or return
    set out (string match -v -- '--*-service' $out)
    test $argv[1] = --fwmark-service
    and set out (string match -v -- --ipv6 $out)
    set typed (string match -v -- '--ipv6=*' $typed)
end

# Takes note of the scheduler that flags belong to.
function __ipvsadm_flags -S
    for flag in (string split -n , -- $argv[1])
        string match -q 'flag-*' -- $flag
        or set scheduler (string replace -r -- '-.*' '' $flag)
    end
end

# Takes note of an option without a value; leaves one with a value in `option`.
function __ipvsadm_spelling -S
    set -l place (contains -i -- $argv[1] $__ipvsadm_spellings)
    set option none
    test -n "$place"
    and set option $__ipvsadm_firsts[$place]
    if test -z "$(__ipvsadm_kind $option)"
        __ipvsadm_given $option ''
        set option
    end
end

# Takes note of the options in a word, up to one with a value; leaves what comes before the value in `prefix`.
function __ipvsadm_split -S
    if string match -q -- '--*' $argv[1]
        set prefix (string replace -r '=.*' '' -- $argv[1])
        __ipvsadm_spelling $prefix
        string match -q '*=*' -- $argv[1]
        and set prefix $prefix=
    else
        set prefix -
        for letter in (string split '' -- $argv[1])[2..]
            set prefix $prefix$letter
            __ipvsadm_spelling -$letter
            test -z "$option"
            or break
        end
    end
end

# Takes note of a word before the cursor.
function __ipvsadm_take -S
    set -l value $argv[1]
    if test "$(__ipvsadm_kind $option)" = maybe
        and string match -q -- '-*' $argv[1]
        __ipvsadm_given $option ''
        set option
    end
    if test -z "$option"
        if not string match -q -- '-?*' $argv[1]
            set verb none
            set offered
            return
        end
        __ipvsadm_split $argv[1]
        test "$prefix" != "$argv[1]"
        or return
        set value (string sub -s (math (string length -- $prefix) + 1) -- $argv[1])
    end
    test -z "$option"
    or __ipvsadm_given $option "$value"
    set option
end

# Prints what may stand at the cursor.
function __ipvsadm_complete -S
    set prefix
    if test "$(__ipvsadm_kind $option)" = maybe
        __ipvsadm_given $option ''
        set option
    end
    if test -n "$option"
        __ipvsadm_values
    else if string match -q -r -- '^--.*=|^-[^-]' $cur
        __ipvsadm_split $cur
        if test -n "$option" && begin
                test "$prefix" != "$cur"
                or string match -q '*=' -- $cur
            end
            string join \n -- $prefix(__ipvsadm_values)
        else if test "$verb" != none && begin
                test -z "$option"
                or __ipvsadm_legal $option
            end
            printf '%s\n' $cur
        end
    else
        for name in $offered
            __ipvsadm_legal $name
            or continue
            set -l row (contains -i -- $name $__ipvsadm_names)
            for form in (string split ' ' -- $__ipvsadm_forms[$row])
                printf '%s\t%s\n' $form $__ipvsadm_summaries[$row]
            end
        end
    end
end

# Prints the values of `option`.
function __ipvsadm_values -S
    __ipvsadm_legal $option
    or return
    set -l kind (string split ' ' -- (__ipvsadm_kind $option))
    switch "$verb:$kind[1]"
        case --add-service:service --add-server:server
            # What is added is not there yet.
        case --list:server '*:client' '*:state'
            __ipvsadm_counted $kind[1]
        case '*:service'
            __ipvsadm_rules "-A $(__ipvsadm_saved $option)"
        case '*:server'
            for pair in $typed
                set -l name (string replace -r '=.*' '' -- $pair)
                test "$(__ipvsadm_kind $name)" = service
                and __ipvsadm_rules \
                    "-a $(__ipvsadm_saved $name) $(string replace -r '.*?=' '' -- $pair)$(__ipvsadm_family) -r"
            end
        case '*:namespace'
            __ipvsadm_namespaces
        case '*:interface'
            for directory in /sys/class/net/*/
                string replace -r '.*/(.+)/' '$1' -- $directory
            end
        case '*:word'
            for word in $kind[2..]
                test $option != --scheduler -o "$scheduler" = '' -o "$scheduler" = $word
                and __ipvsadm_legal $option=$word
                and printf '%s\n' $word
            end
        case '*:list'
            set -l list (string sub -s (math (string length -- "$prefix") + 1) -- $cur)
            set list (string match -r '^.*,' -- $list)
            __ipvsadm_flags "$list"
            for word in $kind[2..]
                set -l owner (string replace -r -- '-.*' '' $word)
                contains -- $word (string split , -- "$list")
                or test $owner != flag -a "$scheduler" != '' -a "$scheduler" != $owner
                or printf '%s\n' "$list$word"
            end
    end
end

# How the rules that the program saves spell an option.
function __ipvsadm_saved
    set -l row (contains -i -- $argv[1] $__ipvsadm_names)
    string split -r -m 1 -f 2 ' ' -- $__ipvsadm_forms[$row]
    or printf '%s\n' $__ipvsadm_forms[$row]
end

function __ipvsadm_family -S
    string match -q -- '--ipv6=*' $typed
    and echo ' -6'
end

# Prints the names of network namespaces.
function __ipvsadm_namespaces
    for file in /run/netns/*
        string replace -r '.*/' '' -- $file
    end
end

# Prints the words that follow some words in the rules of the running table. Without IPVS it asks nobody, because
# that would load it.
function __ipvsadm_rules -S
    test -e /proc/net/ip_vs
    and command -q ipvsadm
    or return
    set -l start (string escape --style=regex -- "$argv[1] ")
    command ipvsadm -Sn (string match -- '--netns=*' $typed) 2>/dev/null </dev/null | string match -r -- ".*$(__ipvsadm_family) .*" \
        | string replace -r -f -- "^$start(\S+).*" '$1'
end

# Prints what the connections have that the line is about: at most a hundred values, those of the most connections.
function __ipvsadm_counted -S
    test -e /proc/net/ip_vs_conn
    and command -q ipvsadm
    or return
    set -l filters (string match -r -- '^--(?:.*-service|real-server|client|state|netns)=.*' $typed) \
        (string match -r -- '^--ipv6' $typed)
    command ipvsadm --list --connection --numeric --count-by $argv[1] $filters 2>/dev/null </dev/null \
        | string replace -r -- '^\d+  ' '' \
        | string match -- "$(string sub -s (math (string length -- "$prefix") + 1) -- $cur)*" | head -n 100
end

# Whether a line of ipvsadm-save or ipvsadm-restore can go on with an option that it has not yet.
function __ipvsadm_may
    set -l words (commandline -opc)
    test "$words[-1]" != --netns
    and not contains -- "$argv[1]" $words
end

complete -c ipvsadm -f -a '(__ipvsadm)'
complete -c ipvsadm-save -f
complete -c ipvsadm-restore -f
complete -c ipvsadm-save -n '__ipvsadm_may -n' -a -n
for name in ipvsadm-save ipvsadm-restore
    complete -c $name -n '__ipvsadm_may --netns' -a --netns
    complete -c $name -n 'not __ipvsadm_may' -a '(__ipvsadm_namespaces)'
end
