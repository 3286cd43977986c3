#!/bin/sh
# From the release in use to this one: check, install beside, stop, copy the database, migrate (all of it or nothing),
# switch, start, ask /healthz; where anything fails, back to what was. Killed at any moment, it is run again.
. "$(dirname -- "$0")/common.sh"
check_bundle
read_settings
before=$(current)
[ -n "$before" ] || stop_with "Nothing is installed yet. Run install.sh." "尚未安装，请运行 install.sh。"
if [ "$before" = "$release" ]; then
    [ -e "$release/unfinished" ] || stop_with "Linli $version is in use already." "正在使用的就是邻里 $version。"
    before="$root/releases/$(cat "$release/before")" # a run killed after the switch is ended now
fi
old=$(basename "$before")
install_beside
as_service "$release/linli" check || stop_with "The settings do not fit the new release; nothing was changed." \
    "现有设置与新版本不符；未作任何改动。"
copy="${LINLI_HOME:?}/before-upgrades/$old-to-$version"
stop_site
back() {
    say "It did not work; going back to $old." "未能成功，正在退回 $old。" >&2
    stop_site || true
    if [ -e "$copy.done" ]; then steps "$release" restore "$copy"; fi
    rm -f "$copy.done" "$release/before" "$release/unfinished"
    [ "$(current)" = "$before" ] || switch_to "$before"
    start_site
    stop_with "Linli $old runs again; no data were changed." "邻里 $old 已恢复运行，数据未变。"
}
# The copy is made while the tables are still those of the old release; a run killed later keeps the one it made.
if steps "$before" knows || [ ! -e "$copy.done" ]; then
    steps "$release" snapshot "$copy" || back
fi
as_service "$release/linli" setup || back
printf '%s\n' "$old" >"$release/before"
: >"$release/unfinished"
switch_to "$release"
start_site || back
steps "$release" healthy "$port" || back
rm -f "$release/unfinished"
if [ -d "$units" ] && [ -w "$units" ]; then cp "$here"/systemd/*.service "$units"/; fi
say "Linli $version is in use. To go back: rollback.sh" "正在使用邻里 $version。要退回请运行 rollback.sh。"
