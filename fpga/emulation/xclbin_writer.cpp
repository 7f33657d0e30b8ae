// SPDX-License-Identifier: Apache-2.0
#include "fpga/emulation/xclbin_writer.h"

#include <xclbin.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace fastcar::fpga {

namespace {

struct Section {
    axlf_section_kind kind;
    std::string name;
    std::vector<char> bytes;
};

/// A count and `entries` behind it, as xclbin.h lays tables out.
template <typename Table, typename Entry>
std::vector<char> tableOf(const std::vector<Entry> &entries, std::size_t entriesAt)
{
    std::vector<char> bytes(std::max(sizeof(Table), entriesAt + entries.size() * sizeof(Entry)));
    const auto count = static_cast<std::int32_t>(entries.size());
    std::memcpy(bytes.data(), &count, sizeof count);
    std::memcpy(bytes.data() + entriesAt, entries.data(), entries.size() * sizeof(Entry));
    return bytes;
}

template <std::size_t N>
void copyName(unsigned char (&to)[N], const std::string &name)
{
    std::memcpy(to, name.c_str(), std::min(name.size() + 1, N));
}

Section memories(const XclbinShape &shape)
{
    std::vector<mem_data> banks(static_cast<std::size_t>(shape.ports));
    for (std::size_t p = 0; p < banks.size(); ++p) {
        banks[p] = {};
        banks[p].m_type = MEM_HBM;
        banks[p].m_used = 1;
        banks[p].m_size = shape.bankBytes / 1024;
        banks[p].m_base_address = p * shape.bankDistance;
        copyName(banks[p].m_tag, "HBM[" + std::to_string(p) + "]");
    }
    return {MEM_TOPOLOGY, "mem_topology", tableOf<mem_topology>(banks, offsetof(mem_topology, m_mem_data))};
}

Section kernels(const XclbinShape &shape)
{
    ip_data ip{};
    ip.m_type = IP_KERNEL;
    ip.properties = IP_INT_ENABLE_MASK | static_cast<std::uint32_t>(AP_CTRL_HS) << IP_CONTROL_SHIFT;
    ip.m_base_address = 0;
    copyName(ip.m_name, shape.kernel + ":" + shape.kernel + "_1");
    return {IP_LAYOUT, "ip_layout", tableOf<ip_layout>(std::vector{ip}, offsetof(ip_layout, m_ip_data))};
}

Section connections(const XclbinShape &shape)
{
    std::vector<connection> all;
    for (int p = 0; p < shape.ports; ++p)
        all.push_back({.arg_index = 1 + p, .m_ip_layout_index = 0, .mem_data_index = p});
    return {CONNECTIVITY, "connectivity", tableOf<connectivity>(all, offsetof(connectivity, m_connection))};
}

Section description(const XclbinShape &shape)
{
    const std::string name = shape.kernel;
    std::string ports = "<port name=\"S_AXI_CONTROL\" mode=\"slave\" range=\"0x1000\" dataWidth=\"32\" "
                        "portType=\"addressable\" base=\"0x0\"/>";
    std::string arguments =
        "<arg name=\"header\" addressQualifier=\"0\" id=\"0\" port=\"S_AXI_CONTROL\" size=\"0x4\" "
        "offset=\"0x10\" hostOffset=\"0x0\" hostSize=\"0x4\" type=\"uint\"/>";
    for (int p = 0; p < shape.ports; ++p) {
        const std::string number = std::to_string(p);
        ports += "<port name=\"M_AXI_GMEM" + number +
                 "\" mode=\"master\" range=\"0xFFFFFFFFFFFFFFFF\" dataWidth=\"512\" portType=\"addressable\" "
                 "base=\"0x0\"/>";
        char offset[16];
        std::snprintf(offset, sizeof offset, "0x%x", 0x20 + 8 * p);
        arguments += "<arg name=\"memory" + number + "\" addressQualifier=\"1\" id=\"" +
                     std::to_string(1 + p) + "\" port=\"M_AXI_GMEM" + number + "\" size=\"0x8\" offset=\"" +
                     offset + "\" hostOffset=\"0x0\" hostSize=\"0x8\" type=\"void*\"/>";
    }
    const std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><project name=\"" + name +
        "\"><platform vendor=\"fastcar\" boardid=\"emulated\" name=\"emulated\" featureRomTime=\"0\">"
        "<version major=\"1\" minor=\"0\"/><device name=\"fpga0\" fpgaDevice=\"emulated\"><core "
        "name=\"OCL_REGION_0\" "
        "target=\"hw_em\" type=\"clc_region\"><kernel name=\"" +
        name + "\" language=\"ip\" vlnv=\"fastcar:kernel:" + name +
        ":1.0\" attributes=\"\" hwControlProtocol=\"ap_ctrl_hs\" interrupt=\"true\">" + ports + arguments +
        "<instance name=\"" + name +
        "_1\"><addrRemap base=\"0x0\" range=\"0x1000\" port=\"S_AXI_CONTROL\"/>"
        "</instance></kernel></core></device></platform></project>";
    return {EMBEDDED_METADATA, "embedded_metadata", {xml.begin(), xml.end()}};
}

} // namespace

std::vector<char> xclbinFor(const XclbinShape &shape)
{
    const std::vector<Section> sections = {memories(shape), kernels(shape), connections(shape),
                                           description(shape)};
    std::size_t at = sizeof(axlf) + (sections.size() - 1) * sizeof(axlf_section_header);
    std::vector<axlf_section_header> headers;
    std::vector<char> body;
    for (const Section &section : sections) {
        body.resize((at + body.size() + 7) / 8 * 8 - at);
        axlf_section_header header{};
        header.m_sectionKind = section.kind;
        std::strncpy(header.m_sectionName, section.name.c_str(), sizeof header.m_sectionName - 1);
        header.m_sectionOffset = at + body.size();
        header.m_sectionSize = section.bytes.size();
        headers.push_back(header);
        body.insert(body.end(), section.bytes.begin(), section.bytes.end());
    }

    axlf top{};
    std::memcpy(top.m_magic, "xclbin2", 8);
    top.m_signature_length = -1;
    std::memset(top.reserved, 0xff, sizeof top.reserved);
    std::memset(top.m_keyBlock, 0xff, sizeof top.m_keyBlock);
    top.m_header.m_length = at + body.size();
    top.m_header.m_versionMajor = 2;
    top.m_header.m_mode = XCLBIN_HW_EMU;
    copyName(top.m_header.m_platformVBNV, "fastcar_emulated");
    for (std::size_t i = 0; i < sizeof top.m_header.uuid; ++i)
        top.m_header.uuid[i] = static_cast<unsigned char>(0x46 + i); // any that is not zero
    top.m_header.m_numSections = static_cast<std::uint32_t>(sections.size());
    std::vector<char> file(at);
    std::memcpy(file.data(), &top, offsetof(axlf, m_sections));
    std::memcpy(file.data() + offsetof(axlf, m_sections), headers.data(),
                headers.size() * sizeof(axlf_section_header));
    file.insert(file.end(), body.begin(), body.end());
    return file;
}

} // namespace fastcar::fpga
