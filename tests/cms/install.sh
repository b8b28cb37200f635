#!/usr/bin/env bash
# Installs PHP and MariaDB from the system's packages and unpacks the content management systems
# into a folder of their own, where they trouble nobody. Says what cannot be had, and why; the
# tests that need it are skipped.
set -u
home=${ALESCRAWL_CMS:-${XDG_CACHE_HOME:-$HOME/.cache}/alescrawl-cms}
export DEBIAN_FRONTEND=noninteractive

without() { echo "tests/cms/install.sh: $*; what needs it will be skipped" >&2; }

server_packages=(mariadb-server-core mariadb-client-core php-cli php-gd php-mbstring php-mysql
    php-sqlite3 php-xml php-zip)
wordpress_packages=(wordpress wordpress-l10n wordpress-theme-twentytwentyone
    wordpress-theme-twentytwentytwo php-getid3 libjs-cropper libjs-underscore)

mkdir -p "$home" || { without "nothing can be unpacked at $home"; exit 0; }

# pywb, which many web archives serve their captures with, in a Python environment of its own.
if [ ! -x "$home/pywb/bin/wayback" ]; then
    if ! { python3 -m venv "$home/pywb" && "$home/pywb/bin/python" -m pip install --quiet \
        --disable-pip-version-check 'pywb>=2.8' 'setuptools<81'; }; then
        rm -rf "$home/pywb"
        without "pywb could not be installed"
    fi
fi

command -v apt-get >/dev/null || { without "no apt-get here"; exit 0; }
if ! dpkg -s "${server_packages[@]}" >/dev/null 2>&1; then
    [ "$(id -u)" = 0 ] || { without "PHP and MariaDB can only be installed by root"; exit 0; }
    apt-get update -qq
    apt-get install -qq -y --no-install-recommends "${server_packages[@]}" >/dev/null ||
        without "PHP and MariaDB could not be installed"
fi

# unpack NAME [APT_OPTION…] -- PACKAGE…: into $home/NAME, whole or not at all.
unpack() {
    local name=$1 options=() folder
    shift
    while [ "$1" != -- ]; do options+=("$1"); shift; done
    shift
    [ -d "$home/$name" ] && return
    folder=$(mktemp -d "$home/$name.XXXXXX")
    chmod 755 "$folder"
    if (cd "$folder" && apt-get "${options[@]}" -qq -o APT::Sandbox::User=root download "$@") &&
        find "$folder" -name '*.deb' -exec dpkg -x {} "$folder" \; ; then
        rm -f "$folder"/*.deb
        mv "$folder" "$home/$name"
    else
        rm -rf "$folder"
        without "the packages of $name could not be downloaded"
        return 1
    fi
}

if [ ! -d "$home/wordpress" ] && [ -z "$(apt-cache policy wordpress)" ] && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
fi
unpack wordpress -- "${wordpress_packages[@]}"

# SPIP is not in every release: where it is missing, it comes from the one that has it, from the
# mirror that this machine uses anyway.
spip_release=trixie
apt_folder=$(mktemp -d)
trap 'rm -rf "$apt_folder"' EXIT
other_release() {
    local mirror
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' \
        'Label: Debian' | head -n 1)
    [ -n "$mirror" ] || return
    mkdir -p "$apt_folder/lists/partial"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $spip_release main" \
        >"$apt_folder/release.list"
    options=(-o "Dir::Etc::SourceList=$apt_folder/release.list" -o Dir::Etc::SourceParts=/dev/null
        -o "Dir::State::Lists=$apt_folder/lists" -o APT::Sandbox::User=root
        -o "Dir::Cache::pkgcache=" -o "Dir::Cache::srcpkgcache=")
    apt-get "${options[@]}" -qq update
}
if [ ! -d "$home/spip" ]; then
    options=()
    [ -n "$(apt-cache policy spip)" ] || other_release ||
        without "no mirror with SPIP is among this machine's sources"
    # Its libraries of PHP code; PHP itself is this release's.
    libraries=$(apt-cache "${options[@]}" depends --recurse --no-recommends --no-suggests \
        --no-conflicts --no-breaks --no-replaces --no-enhances spip | grep -xE 'php-[a-z0-9-]+' | sort -u)
    # shellcheck disable=SC2086 - one word for each package
    unpack spip "${options[@]}" -- spip $libraries
fi
exit 0 # what is missing has been said
