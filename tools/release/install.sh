#!/bin/sh
# The first release on a server without internet. Safe to run again.
. "$(dirname -- "$0")/common.sh"
check_bundle
before=$(current)
if [ -n "$before" ] && [ "$before" != "$release" ]; then
    stop_with "Linli is installed already ($before). Run upgrade.sh." "已经安装过邻里（$before），请运行 upgrade.sh。"
fi
install_beside
switch_to "$release"
if [ -d "$units" ] && [ -w "$units" ]; then cp "$here"/systemd/*.service "$units"/; fi
say "Linli $version is installed. Next: fill in $env_file, then run as $account:" \
    "邻里 $version 已安装。接下来填写 $env_file，然后以 $account 账号运行："
printf '  %s/current/linli setup\n  %s/current/linli check --host --deploy --database\n' "$root" "$root"
