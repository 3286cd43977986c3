# What the three scripts share. Standard shell; read, never run by itself.
# Settings of the environment: LINLI_ROOT, LINLI_ENV, LINLI_USER, LINLI_PYTHON, LINLI_PORT, LINLI_START, LINLI_STOP, LINLI_UNITS.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
root=${LINLI_ROOT:-/opt/linli}
env_file=${LINLI_ENV:-/etc/linli/production.env}
account=${LINLI_USER:-linli}
python=${LINLI_PYTHON:-python3}
port=${LINLI_PORT:-8000}
units=${LINLI_UNITS:-/etc/systemd/system}
version=$(cat "$here/VERSION")
release="$root/releases/$version"

case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in zh*) chinese=1 ;; *) chinese= ;; esac
say() { if [ -n "$chinese" ]; then printf '%s\n' "$2"; else printf '%s\n' "$1"; fi; }
stop_with() { say "$1" "$2" >&2; exit 1; }

# Commands of the house run as the account of the service, with its settings.
as_service() {
    if [ "$(id -u)" = 0 ] && id -u "$account" >/dev/null 2>&1; then runuser -u "$account" -- "$@"; else "$@"; fi
}
read_settings() {
    [ -r "$env_file" ] || stop_with "There is no $env_file. Copy production.env there and fill it in." \
        "没有 $env_file。请把 production.env 复制过去并填写。"
    # as systemd reads it: a name, a value, no words of a shell
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in '' | '#'*) continue ;; *=*) ;; *) continue ;; esac
        value=${line#*=}
        case $value in '"'*'"' | "'"*"'") value=${value#?} value=${value%?} ;; esac
        export "${line%%=*}=$value"
    done <"$env_file"
}
start_site() { if [ -n "${LINLI_START:-}" ]; then sh -c "$LINLI_START"; else systemctl start linli; fi; }
stop_site() { if [ -n "${LINLI_STOP:-}" ]; then sh -c "$LINLI_STOP"; else systemctl stop linli; fi; }
# The steps that read the database, by the Python of a release.
steps() { of=$1; shift; as_service "$of/venv/bin/python" "$here/steps.py" "$@"; }
current() { readlink -f "$root/current" 2>/dev/null || true; }
# The link changes in one moment: there is never none.
switch_to() {
    ln -s "$1" "$root/current.new.$$"
    mv -T "$root/current.new.$$" "$root/current"
}

check_bundle() {
    (cd "$here" && sha256sum --quiet -c SHA256SUMS) || stop_with "The bundle is damaged. Copy it again." \
        "安装包已损坏，请重新拷贝。"
    command -v "$python" >/dev/null || stop_with "$python was not found: install Python $(cat "$here/PYTHON")." \
        "未找到 $python，请先安装 Python $(cat "$here/PYTHON")。"
    found=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    [ "$found" = "$(cat "$here/PYTHON")" ] || stop_with \
        "This bundle is for Python $(cat "$here/PYTHON"); $python is $found. Name another: LINLI_PYTHON=/path/to/python" \
        "此安装包用于 Python $(cat "$here/PYTHON")，而 $python 是 $found。请另行指明：LINLI_PYTHON=/路径/python"
    [ "linux-$(uname -m)" = "$(cat "$here/PLATFORM")" ] || stop_with \
        "This bundle is for $(cat "$here/PLATFORM"); this machine is linux-$(uname -m)." \
        "此安装包用于 $(cat "$here/PLATFORM")，而本机是 linux-$(uname -m)。"
}

# Beside what runs: its own folder, its own environment. Half-made by a killed run, it is made anew.
install_beside() {
    [ -e "$release/complete" ] && return
    rm -rf "$release"
    mkdir -p "$release"
    "$python" -m venv --without-pip "$release/venv"
    PIP_CONFIG_FILE=/dev/null "$release/venv/bin/python" "$(echo "$here"/pip/pip-*.whl)/pip" install --quiet --no-index \
        --find-links "$here/wheels" --no-deps --require-hashes --no-cache-dir --disable-pip-version-check \
        --root-user-action=ignore -r "$here/requirements.lock" ||
        { rm -rf "$release"; stop_with "The packages could not be installed; nothing else was changed." \
            "依赖包未能安装；其他均未改动。"; }
    cp "$here/linli" "$release/linli"
    chmod 755 "$release/linli"
    : >"$release/complete"
}
