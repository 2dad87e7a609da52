# shellcheck shell=bash disable=SC2034
# Sourced by the scripts beside it: the Debian packages that Pilcrow needs, and how they are had.

packages_to_build=(
    gcc g++ cmake ninja-build pkg-config
    libxapian-dev libstemmer-dev libcld2-dev libicu-dev libunistring-dev
    libcmark-gfm-dev libcmark-gfm-extensions-dev libxml2-dev libjansson-dev libsimdjson-dev libyaml-dev
    zlib1g-dev libpcre2-dev libxxhash-dev libzstd-dev libseccomp-dev libpoppler-glib-dev libcairo2-dev libarchive-dev libgmime-3.0-dev libcsv-dev
)
packages_to_test=(libcriterion-dev xapian-tools clang-format mandoc strace jq python3-jsonschema xz-utils tesseract-ocr poppler-utils zsh fish)

# install_packages NAME... installs those that are missing, and says so; asks nothing. With all of
# them there, apt is not touched.
install_packages() {
    local name missing=() as_root=()
    if ! command -v apt-get >/dev/null; then
        echo "No apt-get here: the packages, by their Debian names, are: $*" >&2
        return 0
    fi
    for name in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
            missing+=("$name")
    done
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || {
            printf 'Please install, as root: %s\n' "${missing[*]}" >&2
            return 1
        }
        as_root=(sudo)
    fi
    echo "Installing packages: ${missing[*]}"
    # A list that cannot be fetched is no reason to stop: apt may know the packages already.
    "${as_root[@]}" apt-get -q -q update </dev/null ||
        echo 'apt-get update failed; trying with the lists that are here' >&2
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -q install -y \
        --no-install-recommends -o Dpkg::Use-Pty=0 "${missing[@]}" </dev/null >/dev/null
}
