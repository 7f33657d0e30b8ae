# SPDX-License-Identifier: Apache-2.0
# Sourced by `run` and `check`: the Debian 12 packages that the project needs, and how to get those that are missing.

# What the program is built with and runs on.
PROGRAM_PACKAGES=(
    g++ cmake ninja-build pkg-config ccache
    qt6-base-dev qt6-svg-dev qt6-l10n-tools qt6-translations-l10n libgl-dev
    libvulkan-dev glslc mesa-vulkan-drivers
    libeigen3-dev libspdlog-dev nlohmann-json3-dev libcli11-dev libreaderwriterqueue-dev
    libsentencepiece-dev libssl-dev zlib1g-dev libsqlite3-dev
    libavformat-dev libavcodec-dev libavfilter-dev libavutil-dev libswscale-dev
    fonts-inter fonts-jetbrains-mono
    verilator libxrt-dev libxrt1 libboost-filesystem-dev uuid-dev
)

# What the tests need beside it.
TEST_PACKAGES=(
    xvfb xauth vulkan-validationlayers libxcb-cursor0
    python3 python3-numpy tcl
)

# install_missing PACKAGE...: apt-get installs what dpkg does not know; says what it does; does nothing when all is there.
install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0

    if ! command -v apt-get >/dev/null; then
        echo "These packages are missing, and this is not Debian, where they could be installed by name: ${missing[*]}" >&2
        echo "Install what they hold and start again." >&2
        return 1
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing: ${missing[*]}" >&2
            echo "Install them as root (apt-get install ${missing[*]}) and start again." >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "Installing ${#missing[@]} missing Debian packages: ${missing[*]}" >&2
    "${as_root[@]}" apt-get -o DPkg::Lock::Timeout=600 -qq update >&2 || return 1
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 -qq -y \
        --no-install-recommends install "${missing[@]}" >/dev/null || {
        echo "apt-get could not install them; its message stands above." >&2
        return 1
    }
}
