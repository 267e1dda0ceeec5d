#!/bin/sh
# Runs a command that installs packages while services of theirs do not start, and leaves these services
# disabled: the project uses the programs and not the daemons.
#
# usage: without-services.sh 'SERVICE...' COMMAND [ARGUMENT...]
#
# A service that was there before belongs to somebody else and is left as it is. SETUP_ROOT is for tests.

set -u
root=${SETUP_ROOT:-}
policy=$root/usr/sbin/policy-rc.d

new=
for service in $1; do
  [ -e "$root/etc/init.d/$service" ] || new="$new $service"
done
shift

# Debian asks this program before a package starts a service (invoke-rc.d(8), deb-systemd-invoke(1)). One that
# is there already is the administrator's, and stays. Created only where nothing is: two cannot both own it.
ours=
if [ -n "$new" ] && (set -C && : >"$policy") 2>/dev/null; then
  ours=yes
  trap 'rm -f "$policy"' EXIT
  trap 'exit 1' HUP INT TERM
  cat >"$policy" <<RULE
#!/bin/sh
# From Tapline's set-up, for as long as it installs packages. 101: not allowed, 0: allowed.
while [ "\${1#-}" != "\$1" ]; do shift; done
case " $new " in *" \${1%.service} "*) exit 101 ;; esac
exit 0
RULE
  chmod 755 "$policy"
fi

"$@"
result=$?

[ -z "$ours" ] || rm -f "$policy"
for service in $new; do
  [ -e "$root/etc/init.d/$service" ] || continue
  # The administrator's policy may have let it start. 101: it allows no stop, and then it allowed no start.
  [ -n "$ours" ] || invoke-rc.d "$service" stop || [ $? -eq 101 ] || result=1
  update-rc.d "$service" disable || result=1
done
exit $result
