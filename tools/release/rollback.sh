#!/bin/sh
# Back to the release before this one. Where the tables are new to it, the copy made by upgrade.sh comes back, and what was
# written since is lost: that must be said: rollback.sh --lose-what-came-since
. "$(dirname -- "$0")/common.sh"
read_settings
[ -r "$release/before" ] || stop_with "No upgrade to $version has ended here; there is nothing to go back to." \
    "本机没有完成过到 $version 的升级，无从退回。"
old=$(cat "$release/before")
[ -e "$root/releases/$old/complete" ] || stop_with "Release $old is not here any more." "版本 $old 已不在本机。"
copy="${LINLI_HOME:?}/before-upgrades/$old-to-$version"
if ! steps "$root/releases/$old" knows; then
    [ "${1:-}" = --lose-what-came-since ] || stop_with \
        "$old does not know the present tables. What was written since the upgrade would be lost: rollback.sh --lose-what-came-since" \
        "$old 不认识现有的表结构，升级以来录入的内容将会丢失。确要退回请运行：rollback.sh --lose-what-came-since"
    lose=1
fi
stop_site
if [ -n "${lose:-}" ]; then steps "$release" restore "$copy"; fi
rm -f "$copy.done"
switch_to "$root/releases/$old"
start_site
steps "$root/releases/$old" healthy "$port" || stop_with "Linli $old does not answer; see its log." "邻里 $old 没有响应，请查看日志。"
rm -f "$release/before"
say "Linli $old is in use." "正在使用邻里 $old。"
