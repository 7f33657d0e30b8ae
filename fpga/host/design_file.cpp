// SPDX-License-Identifier: Apache-2.0
#include "fpga/host/design_file.h"

#include <xclbin.h>

#include <cstddef>
#include <cstring>
#include <fstream>
#include <vector>

namespace fastcar::fpga {

namespace {

Error wrong(const std::filesystem::path &path, const std::string &what)
{
    return {.kind = ErrorKind::BadInput, .message = path.string() + " " + what + "."};
}

} // namespace

Result<void> checkDesignFile(const std::filesystem::path &path)
{
    std::error_code failed;
    const std::uintmax_t size = std::filesystem::file_size(path, failed);
    std::ifstream file(path, std::ios::binary);
    if (failed || !file)
        return wrong(path, "cannot be read");
    axlf top{};
    constexpr std::size_t tableAt = offsetof(axlf, m_sections);
    if (size < tableAt || !file.read(reinterpret_cast<char *>(&top), tableAt) ||
        std::memcmp(top.m_magic, "xclbin2", 8) != 0)
        return wrong(path, "is no xclbin");
    const std::uint64_t count = top.m_header.m_numSections;
    if (top.m_header.m_length > size || count > (size - tableAt) / sizeof(axlf_section_header))
        return wrong(path, "is cut off");
    std::vector<axlf_section_header> sections(count);
    file.read(reinterpret_cast<char *>(sections.data()),
              static_cast<std::streamsize>(count * sizeof(axlf_section_header)));
    for (const axlf_section_header &section : sections)
        if (section.m_sectionOffset > size || section.m_sectionSize > size - section.m_sectionOffset)
            return wrong(path, "is cut off");
    return file ? Result<void>{} : wrong(path, "cannot be read");
}

} // namespace fastcar::fpga
