#!/bin/sh
# manual.sh PROGRAM: writes the manual page biaochi(8), its reference made from the program's --help.
set -eu

program=$1
BIAOCHI_LANG=en
LC_ALL=C.UTF-8
export BIAOCHI_LANG LC_ALL

# Text for roff: nothing in it is a request or an escape.
escape() {
    sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\([.']\)/\\\\\&\1/"
}

# section HEADING: the lines of --help on standard input below "HEADING:", up to a blank line.
section() {
    awk -v heading="$1:" '$0 == heading { inside = 1; next } inside && $0 == "" { exit } inside'
}

# Options and their texts as a list; help pads the first column to 26 characters where it fits.
as_list() {
    escape | awk '{
        left = $0
        if (match($0, /[^ ]  +[^ ]/)) left = substr($0, 1, RSTART)
        else if (match($0, /^  [^ ]+ [^ ]+ /)) left = substr($0, 1, RLENGTH - 1)
        text = substr($0, length(left) + 1)
        sub(/^ +/, "", left); sub(/^ +/, "", text)
        printf ".TP\n.B %s\n%s\n", left, text
    }'
}

# What a command is and does: its help between the usage line and the options. A blank line ends a
# paragraph, lines that are set in stay lines.
description() {
    awk 'NR > 2 && /^Options( of every command)?:$/ { exit } NR > 2' | escape | awk '
        $0 == "" { was_blank = 1; next }
        was_blank { print ".PP" }
        !was_blank && (/^ / || was_set_in) { print ".br" }
        { print; was_blank = 0; was_set_in = /^ / }'
}

command_names() {
    "$program" --help | section Commands | cut -c 3-21 | sed 's/ *$//'
}

command_reference() {
    # shellcheck disable=SC2086 # a command may be two words
    help=$("$program" $1 --help)
    printf '.SS "%s"\n' "$(printf '%s\n' "$help" | head -n 1 | escape)"
    printf '%s\n' "$help" | description
    printf '%s\n' "$help" | section Options | as_list
}

cat <<ROFF
.TH BIAOCHI 8 "" "$("$program" --version | head -n 1 | escape)" "Biaochi"
.SH NAME
biaochi \\- monitor and assess development plans by region packs
.SH SYNOPSIS
.B biaochi
.I COMMAND
.RI [ OPTIONS ]
.SH DESCRIPTION
Committees that watch over development plans keep their figures in a workspace, which is a folder with
a database. Region packs, folders of Lua files, say what is measured and how it is judged. The program
imports figures, evaluates them by the active packs, explains results and serves all of it over HTTP.
.SH THE SERVICE
.I biaochi.service
runs
.B biaochi serve
with the options in
.IR /etc/default/biaochi .
It has started when every active pack has been evaluated. To work on its workspace from the command
line, become its user:
.PP
.RS
.nf
sudo \\-u biaochi biaochi pack list \\-\\-workspace /var/lib/biaochi
sudo \\-u biaochi curl \\-\\-unix\\-socket /var/lib/biaochi/biaochi.sock http://localhost/readyz
.fi
.RE
.PP
A pack whose folder is put into
.I /etc/biaochi/packs
is checked, tested and, if nothing is wrong with it, activated; nothing has to be restarted.
.TP
.B SIGTERM, SIGINT
end the service after the requests under way; a second one ends it at once.
.TP
.B SIGHUP
opens the access log and the certificate anew, as does
.BR "systemctl reload biaochi" .
A certificate that is over does not replace one that is good.
.SH ACCESS LOG
The option
.B \\-\\-access\\-log
of
.B biaochi serve
has a line for each request: the time with its zone, the client's address, who it is, method and path,
status (0: the client left before it was answered), bytes of the request's body, bytes of the answer's
body, milliseconds, the request's number, and
.I whole
or
.IR cut :
the connection ended before all of the answer was taken, and the bytes are those that were.
.SH BACKUPS
.B biaochi backup
.I FILE
makes one while the service runs;
.B biaochi restore
.I FILE
puts one back while it does not. Copying the database's file by hand leaves out what is in its log, and
a file that is moved over that of a running service is lost.
.SH ACCOUNTS
Who may log in, with which role and where, is said by
.BR "biaochi user" .
Whoever can run the program on the workspace's files needs no account. The audit log has what he does
under
.IR local:NAME :
what
.B BIAOCHI_USER
says, else who became the workspace's user by
.BR sudo (8),
else the login name. A running server answers with a change of accounts before the command ends.
.SH OPTIONS OF EVERY COMMAND
$("$program" --help | section 'Options of every command' | as_list)
.SH COMMANDS
$(command_names | while read -r name; do command_reference "$name" </dev/null; done)
.SH EXIT STATUS
$("$program" --help | section 'Exit codes' | as_list)
.SH ENVIRONMENT
$("$program" --help | section 'Environment' | as_list)
.SH FILES
.TP
.I /var/lib/biaochi
the service's workspace: the database
.IR biaochi.db ,
the socket
.I biaochi.sock
.TP
.I /etc/biaochi/packs
packs that the service watches
.TP
.I /etc/default/biaochi
options of the service
.TP
.I /var/log/biaochi/access.log
a line for every request
.TP
.I /usr/share/biaochi/plugins
the packs that come with the program
.SH SEE ALSO
.BR systemctl (1),
.BR journalctl (1)
ROFF
