// SPDX-License-Identifier: Apache-2.0
//
// The kernel under the names that Vitis packs by: one AXI4 port m_axi_gmem<n> a memory bank, the registers at s_axi_control, clock, reset and interrupt.
// Nothing but names and the constants that AXI4 wants: beats of 64 bytes, rising bursts to read, single beats to write. Answers are taken to be good.

// Vitis gives the names, and wants all signals of AXI4.
/* verilator lint_off UNUSEDSIGNAL */
/* verilator lint_off SYMRSVDWORD */
module fastcar (
    input  logic         ap_clk,
    input  logic         ap_rst_n,
    output logic         interrupt,

    input  logic         s_axi_control_awvalid,
    output logic         s_axi_control_awready,
    input  logic [11:0]  s_axi_control_awaddr,
    input  logic         s_axi_control_wvalid,
    output logic         s_axi_control_wready,
    input  logic [31:0]  s_axi_control_wdata,
    /// Whole words are written.
    input  logic [3:0]   s_axi_control_wstrb,
    output logic         s_axi_control_bvalid,
    input  logic         s_axi_control_bready,
    output logic [1:0]   s_axi_control_bresp,
    input  logic         s_axi_control_arvalid,
    output logic         s_axi_control_arready,
    input  logic [11:0]  s_axi_control_araddr,
    output logic         s_axi_control_rvalid,
    input  logic         s_axi_control_rready,
    output logic [31:0]  s_axi_control_rdata,
    output logic [1:0]   s_axi_control_rresp,

    output logic [1:0]   m_axi_gmem0_arid,
    output logic         m_axi_gmem0_arvalid,
    input  logic         m_axi_gmem0_arready,
    output logic [63:0]  m_axi_gmem0_araddr,
    output logic [7:0]   m_axi_gmem0_arlen,
    output logic [2:0]   m_axi_gmem0_arsize,
    output logic [1:0]   m_axi_gmem0_arburst,
    input  logic         m_axi_gmem0_rvalid,
    output logic         m_axi_gmem0_rready,
    input  logic [511:0] m_axi_gmem0_rdata,
    input  logic         m_axi_gmem0_rlast,
    input  logic [1:0]   m_axi_gmem0_rid,
    input  logic [1:0]   m_axi_gmem0_rresp,
    output logic [1:0]   m_axi_gmem0_awid,
    output logic         m_axi_gmem0_awvalid,
    input  logic         m_axi_gmem0_awready,
    output logic [63:0]  m_axi_gmem0_awaddr,
    output logic [7:0]   m_axi_gmem0_awlen,
    output logic [2:0]   m_axi_gmem0_awsize,
    output logic [1:0]   m_axi_gmem0_awburst,
    output logic         m_axi_gmem0_wvalid,
    input  logic         m_axi_gmem0_wready,
    output logic [511:0] m_axi_gmem0_wdata,
    output logic [63:0]  m_axi_gmem0_wstrb,
    output logic         m_axi_gmem0_wlast,
    input  logic         m_axi_gmem0_bvalid,
    output logic         m_axi_gmem0_bready,
    input  logic [1:0]   m_axi_gmem0_bid,
    input  logic [1:0]   m_axi_gmem0_bresp,

    output logic [1:0]   m_axi_gmem1_arid,
    output logic         m_axi_gmem1_arvalid,
    input  logic         m_axi_gmem1_arready,
    output logic [63:0]  m_axi_gmem1_araddr,
    output logic [7:0]   m_axi_gmem1_arlen,
    output logic [2:0]   m_axi_gmem1_arsize,
    output logic [1:0]   m_axi_gmem1_arburst,
    input  logic         m_axi_gmem1_rvalid,
    output logic         m_axi_gmem1_rready,
    input  logic [511:0] m_axi_gmem1_rdata,
    input  logic         m_axi_gmem1_rlast,
    input  logic [1:0]   m_axi_gmem1_rid,
    input  logic [1:0]   m_axi_gmem1_rresp,
    output logic [1:0]   m_axi_gmem1_awid,
    output logic         m_axi_gmem1_awvalid,
    input  logic         m_axi_gmem1_awready,
    output logic [63:0]  m_axi_gmem1_awaddr,
    output logic [7:0]   m_axi_gmem1_awlen,
    output logic [2:0]   m_axi_gmem1_awsize,
    output logic [1:0]   m_axi_gmem1_awburst,
    output logic         m_axi_gmem1_wvalid,
    input  logic         m_axi_gmem1_wready,
    output logic [511:0] m_axi_gmem1_wdata,
    output logic [63:0]  m_axi_gmem1_wstrb,
    output logic         m_axi_gmem1_wlast,
    input  logic         m_axi_gmem1_bvalid,
    output logic         m_axi_gmem1_bready,
    input  logic [1:0]   m_axi_gmem1_bid,
    input  logic [1:0]   m_axi_gmem1_bresp,

    output logic [1:0]   m_axi_gmem2_arid,
    output logic         m_axi_gmem2_arvalid,
    input  logic         m_axi_gmem2_arready,
    output logic [63:0]  m_axi_gmem2_araddr,
    output logic [7:0]   m_axi_gmem2_arlen,
    output logic [2:0]   m_axi_gmem2_arsize,
    output logic [1:0]   m_axi_gmem2_arburst,
    input  logic         m_axi_gmem2_rvalid,
    output logic         m_axi_gmem2_rready,
    input  logic [511:0] m_axi_gmem2_rdata,
    input  logic         m_axi_gmem2_rlast,
    input  logic [1:0]   m_axi_gmem2_rid,
    input  logic [1:0]   m_axi_gmem2_rresp,
    output logic [1:0]   m_axi_gmem2_awid,
    output logic         m_axi_gmem2_awvalid,
    input  logic         m_axi_gmem2_awready,
    output logic [63:0]  m_axi_gmem2_awaddr,
    output logic [7:0]   m_axi_gmem2_awlen,
    output logic [2:0]   m_axi_gmem2_awsize,
    output logic [1:0]   m_axi_gmem2_awburst,
    output logic         m_axi_gmem2_wvalid,
    input  logic         m_axi_gmem2_wready,
    output logic [511:0] m_axi_gmem2_wdata,
    output logic [63:0]  m_axi_gmem2_wstrb,
    output logic         m_axi_gmem2_wlast,
    input  logic         m_axi_gmem2_bvalid,
    output logic         m_axi_gmem2_bready,
    input  logic [1:0]   m_axi_gmem2_bid,
    input  logic [1:0]   m_axi_gmem2_bresp,

    output logic [1:0]   m_axi_gmem3_arid,
    output logic         m_axi_gmem3_arvalid,
    input  logic         m_axi_gmem3_arready,
    output logic [63:0]  m_axi_gmem3_araddr,
    output logic [7:0]   m_axi_gmem3_arlen,
    output logic [2:0]   m_axi_gmem3_arsize,
    output logic [1:0]   m_axi_gmem3_arburst,
    input  logic         m_axi_gmem3_rvalid,
    output logic         m_axi_gmem3_rready,
    input  logic [511:0] m_axi_gmem3_rdata,
    input  logic         m_axi_gmem3_rlast,
    input  logic [1:0]   m_axi_gmem3_rid,
    input  logic [1:0]   m_axi_gmem3_rresp,
    output logic [1:0]   m_axi_gmem3_awid,
    output logic         m_axi_gmem3_awvalid,
    input  logic         m_axi_gmem3_awready,
    output logic [63:0]  m_axi_gmem3_awaddr,
    output logic [7:0]   m_axi_gmem3_awlen,
    output logic [2:0]   m_axi_gmem3_awsize,
    output logic [1:0]   m_axi_gmem3_awburst,
    output logic         m_axi_gmem3_wvalid,
    input  logic         m_axi_gmem3_wready,
    output logic [511:0] m_axi_gmem3_wdata,
    output logic [63:0]  m_axi_gmem3_wstrb,
    output logic         m_axi_gmem3_wlast,
    input  logic         m_axi_gmem3_bvalid,
    output logic         m_axi_gmem3_bready,
    input  logic [1:0]   m_axi_gmem3_bid,
    input  logic [1:0]   m_axi_gmem3_bresp
);
/* verilator lint_on SYMRSVDWORD */
/* verilator lint_on UNUSEDSIGNAL */
  localparam int unsigned Ports = 4;
  localparam logic [2:0] SixtyFourBytes = 3'd6;
  localparam logic [1:0] Rising = 2'b01;
  localparam logic [1:0] Okay = 2'b00;
  logic [Ports-1:0] ar_valid, ar_ready, r_valid, r_ready, aw_valid, aw_ready, w_valid, w_ready, b_valid, b_ready;
  logic [Ports*2-1:0] ar_id, r_id;
  logic [Ports*64-1:0] ar_address, aw_address, w_strobe;
  logic [Ports*8-1:0] ar_length;
  logic [Ports*512-1:0] r_data, w_data;

  fc_kernel #(.Ports(Ports)) u_kernel (
      .clk_i(ap_clk), .rst_ni(ap_rst_n), .interrupt_o(interrupt),
      .control_aw_valid_i(s_axi_control_awvalid), .control_aw_ready_o(s_axi_control_awready), .control_aw_address_i(s_axi_control_awaddr),
      .control_w_valid_i(s_axi_control_wvalid), .control_w_ready_o(s_axi_control_wready), .control_w_data_i(s_axi_control_wdata),
      .control_b_valid_o(s_axi_control_bvalid), .control_b_ready_i(s_axi_control_bready),
      .control_ar_valid_i(s_axi_control_arvalid), .control_ar_ready_o(s_axi_control_arready), .control_ar_address_i(s_axi_control_araddr),
      .control_r_valid_o(s_axi_control_rvalid), .control_r_ready_i(s_axi_control_rready), .control_r_data_o(s_axi_control_rdata),
      .ar_valid_o(ar_valid), .ar_ready_i(ar_ready), .ar_id_o(ar_id), .ar_address_o(ar_address), .ar_length_o(ar_length),
      .r_valid_i(r_valid), .r_ready_o(r_ready), .r_id_i(r_id), .r_data_i(r_data),
      .aw_valid_o(aw_valid), .aw_ready_i(aw_ready), .aw_address_o(aw_address), .w_valid_o(w_valid), .w_ready_i(w_ready),
      .w_data_o(w_data), .w_strobe_o(w_strobe), .b_valid_i(b_valid), .b_ready_o(b_ready)
  );
  assign s_axi_control_bresp = Okay;
  assign s_axi_control_rresp = Okay;

  assign ar_ready = {m_axi_gmem3_arready, m_axi_gmem2_arready, m_axi_gmem1_arready, m_axi_gmem0_arready};
  assign r_valid = {m_axi_gmem3_rvalid, m_axi_gmem2_rvalid, m_axi_gmem1_rvalid, m_axi_gmem0_rvalid};
  assign r_id = {m_axi_gmem3_rid, m_axi_gmem2_rid, m_axi_gmem1_rid, m_axi_gmem0_rid};
  assign r_data = {m_axi_gmem3_rdata, m_axi_gmem2_rdata, m_axi_gmem1_rdata, m_axi_gmem0_rdata};
  assign aw_ready = {m_axi_gmem3_awready, m_axi_gmem2_awready, m_axi_gmem1_awready, m_axi_gmem0_awready};
  assign w_ready = {m_axi_gmem3_wready, m_axi_gmem2_wready, m_axi_gmem1_wready, m_axi_gmem0_wready};
  assign b_valid = {m_axi_gmem3_bvalid, m_axi_gmem2_bvalid, m_axi_gmem1_bvalid, m_axi_gmem0_bvalid};

  assign m_axi_gmem0_arvalid = ar_valid[0];
  assign m_axi_gmem0_arid = ar_id[0+:2];
  assign m_axi_gmem0_araddr = ar_address[0+:64];
  assign m_axi_gmem0_arlen = ar_length[0+:8];
  assign m_axi_gmem0_rready = r_ready[0];
  assign m_axi_gmem0_awvalid = aw_valid[0];
  assign m_axi_gmem0_awaddr = aw_address[0+:64];
  assign m_axi_gmem0_wvalid = w_valid[0];
  assign m_axi_gmem0_wdata = w_data[0+:512];
  assign m_axi_gmem0_wstrb = w_strobe[0+:64];
  assign m_axi_gmem0_bready = b_ready[0];
  assign m_axi_gmem0_arsize = SixtyFourBytes;
  assign m_axi_gmem0_arburst = Rising;
  assign m_axi_gmem0_awid = 2'd0;
  assign m_axi_gmem0_awlen = 8'd0;
  assign m_axi_gmem0_awsize = SixtyFourBytes;
  assign m_axi_gmem0_awburst = Rising;
  assign m_axi_gmem0_wlast = 1'b1;

  assign m_axi_gmem1_arvalid = ar_valid[1];
  assign m_axi_gmem1_arid = ar_id[2+:2];
  assign m_axi_gmem1_araddr = ar_address[64+:64];
  assign m_axi_gmem1_arlen = ar_length[8+:8];
  assign m_axi_gmem1_rready = r_ready[1];
  assign m_axi_gmem1_awvalid = aw_valid[1];
  assign m_axi_gmem1_awaddr = aw_address[64+:64];
  assign m_axi_gmem1_wvalid = w_valid[1];
  assign m_axi_gmem1_wdata = w_data[512+:512];
  assign m_axi_gmem1_wstrb = w_strobe[64+:64];
  assign m_axi_gmem1_bready = b_ready[1];
  assign m_axi_gmem1_arsize = SixtyFourBytes;
  assign m_axi_gmem1_arburst = Rising;
  assign m_axi_gmem1_awid = 2'd0;
  assign m_axi_gmem1_awlen = 8'd0;
  assign m_axi_gmem1_awsize = SixtyFourBytes;
  assign m_axi_gmem1_awburst = Rising;
  assign m_axi_gmem1_wlast = 1'b1;

  assign m_axi_gmem2_arvalid = ar_valid[2];
  assign m_axi_gmem2_arid = ar_id[4+:2];
  assign m_axi_gmem2_araddr = ar_address[128+:64];
  assign m_axi_gmem2_arlen = ar_length[16+:8];
  assign m_axi_gmem2_rready = r_ready[2];
  assign m_axi_gmem2_awvalid = aw_valid[2];
  assign m_axi_gmem2_awaddr = aw_address[128+:64];
  assign m_axi_gmem2_wvalid = w_valid[2];
  assign m_axi_gmem2_wdata = w_data[1024+:512];
  assign m_axi_gmem2_wstrb = w_strobe[128+:64];
  assign m_axi_gmem2_bready = b_ready[2];
  assign m_axi_gmem2_arsize = SixtyFourBytes;
  assign m_axi_gmem2_arburst = Rising;
  assign m_axi_gmem2_awid = 2'd0;
  assign m_axi_gmem2_awlen = 8'd0;
  assign m_axi_gmem2_awsize = SixtyFourBytes;
  assign m_axi_gmem2_awburst = Rising;
  assign m_axi_gmem2_wlast = 1'b1;

  assign m_axi_gmem3_arvalid = ar_valid[3];
  assign m_axi_gmem3_arid = ar_id[6+:2];
  assign m_axi_gmem3_araddr = ar_address[192+:64];
  assign m_axi_gmem3_arlen = ar_length[24+:8];
  assign m_axi_gmem3_rready = r_ready[3];
  assign m_axi_gmem3_awvalid = aw_valid[3];
  assign m_axi_gmem3_awaddr = aw_address[192+:64];
  assign m_axi_gmem3_wvalid = w_valid[3];
  assign m_axi_gmem3_wdata = w_data[1536+:512];
  assign m_axi_gmem3_wstrb = w_strobe[192+:64];
  assign m_axi_gmem3_bready = b_ready[3];
  assign m_axi_gmem3_arsize = SixtyFourBytes;
  assign m_axi_gmem3_arburst = Rising;
  assign m_axi_gmem3_awid = 2'd0;
  assign m_axi_gmem3_awlen = 8'd0;
  assign m_axi_gmem3_awsize = SixtyFourBytes;
  assign m_axi_gmem3_awburst = Rising;
  assign m_axi_gmem3_wlast = 1'b1;
endmodule
