// SPDX-License-Identifier: Apache-2.0
//
// Takes the cores' packets in turn, one a cycle, and makes Q16 of their sums: times the weight rows' Scales and the activation row's.

module fc_collector #(
    parameter int unsigned Cores = 4,
    parameter int unsigned Ports = 4,
    parameter int unsigned Rows = 32,
    /// Outputs of a matrix, at the most.
    parameter int unsigned MaxN = 4096,
    localparam int unsigned Groups = 2 * Ports,  // of 8 Scales in a beat of every port
    localparam int unsigned ScaleWords = (MaxN / 8 + Groups - 1) / Groups,
    localparam int unsigned ScaleBits = $clog2(ScaleWords + 1)
) (
    input  logic                   clk_i,
    input  logic                   rst_ni,
    /// Scales of the activations.
    input  logic                   scale_write_i,
    input  logic [4:0]             scale_row_i,
    input  logic [31:0]            scale_data_i,
    /// Scales of a matrix, a beat of every port at a time, into a slot.
    input  logic                   weight_scale_write_i,
    input  logic                   weight_scale_slot_i,
    input  logic [ScaleBits-1:0]   weight_scale_word_i,
    input  logic [512*Ports-1:0]   weight_scale_data_i,
    /// The running command's slot and the word of y that its output 0 goes to.
    input  logic                   slot_i,
    input  logic [15:0]            y_word_i,
    input  logic [Cores-1:0]       packet_valid_i,
    output logic [Cores-1:0]       packet_ready_o,
    input  logic [Cores*5-1:0]     packet_row_i,
    input  logic [Cores*16-1:0]    packet_tile_i,
    input  logic [Cores*8-1:0]     packet_mask_i,
    input  logic [Cores*256-1:0]   packet_sums_i,
    /// To the y buffer: 8 outputs of a row, those in the mask.
    output logic                   y_write_o,
    output logic [4:0]             y_row_o,
    output logic [15:0]            y_word_o,
    output logic [7:0]             y_mask_o,
    output logic [255:0]           y_data_o,
    output logic                   busy_o
);
  localparam int unsigned CoreBits = Cores > 1 ? $clog2(Cores) : 1;
  localparam int unsigned Stages = 4;  // behind the chosen packet: Scales read, three of fc_to_fixed

  // ---- Whose turn it is --------------------------------------------------------------------------------------------------
  logic [CoreBits-1:0] next_q, chosen, candidate;
  logic any;
  always_comb begin
    chosen = next_q;
    candidate = next_q;
    any    = 1'b0;
    for (int unsigned i = 0; i < Cores; i++) begin
      candidate = next_q + CoreBits'(i);
      if (!any && packet_valid_i[candidate]) begin
        any    = 1'b1;
        chosen = candidate;
      end
    end
    packet_ready_o = '0;
    packet_ready_o[chosen] = any;
  end

  logic [Stages:0] valid_q;
  logic [4:0] row_q[Stages+1];
  logic [15:0] tile_q[Stages+1];
  logic [7:0] mask_q[Stages+1];
  logic [255:0] sums_q, late_sums_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      next_q  <= '0;
      valid_q <= '0;
    end else begin
      valid_q <= {valid_q[Stages-1:0], any};
      if (any) next_q <= Cores > 1 ? chosen + 1'b1 : '0;
    end
  end
  always_ff @(posedge clk_i) begin
    row_q[0]    <= packet_row_i[chosen*5+:5];
    tile_q[0]   <= packet_tile_i[chosen*16+:16];
    mask_q[0]   <= packet_mask_i[chosen*8+:8];
    sums_q      <= packet_sums_i[chosen*256+:256];
    late_sums_q <= sums_q;
    for (int unsigned s = 1; s <= Stages; s++) begin
      row_q[s]  <= row_q[s-1];
      tile_q[s] <= tile_q[s-1];
      mask_q[s] <= mask_q[s-1];
    end
  end

  // ---- Scales -----------------------------------------------------------------------------------------------------------------
  logic [31:0] activation_scales[Rows];
  logic [31:0] activation_scale_q;
  always_ff @(posedge clk_i) begin
    if (scale_write_i) activation_scales[$clog2(Rows)'(scale_row_i)] <= scale_data_i;
    activation_scale_q <= activation_scales[$clog2(Rows)'(row_q[0])];
  end

  localparam int unsigned GroupBits = $clog2(Groups);
  localparam int unsigned AddressBits = $clog2(2 * ScaleWords);
  logic [255:0] group_scales[Groups];
  logic [255:0] weight_scales;
  logic [GroupBits-1:0] group_q;
  for (genvar g = 0; g < Groups; g++) begin : g_scales
    logic [255:0] memory[2*ScaleWords];
    logic [255:0] word_q;
    always_ff @(posedge clk_i) begin
      if (weight_scale_write_i)
        memory[(weight_scale_slot_i ? AddressBits'(ScaleWords) : '0) + AddressBits'(weight_scale_word_i)]
          <= weight_scale_data_i[g*256+:256];
      word_q <= memory[(slot_i ? AddressBits'(ScaleWords) : '0) + AddressBits'(tile_q[0] / 16'(Groups))];
    end
    assign group_scales[g] = word_q;
  end
  always_ff @(posedge clk_i) group_q <= tile_q[0][GroupBits-1:0];
  assign weight_scales = group_scales[group_q];

  for (genvar j = 0; j < 8; j++) begin : g_output
    fc_to_fixed #(.Width(32)) u_fixed (
        .clk_i, .enable_i(1'b1), .value_i(late_sums_q[j*32+:32]), .scale_a_i(weight_scales[j*32+:32]), .scale_b_i(activation_scale_q),
        .fixed_o(y_data_o[j*32+:32])
    );
  end

  assign y_write_o = valid_q[Stages];
  assign y_row_o   = row_q[Stages];
  assign y_word_o  = y_word_i + tile_q[Stages];
  assign y_mask_o  = mask_q[Stages];
  assign busy_o    = valid_q != 0;

`ifdef FORMAL
  // Where any core has a packet, one is taken, and only one that is there; a core's packet waits for one of each other core at the most.
  (* anyconst *) logic [CoreBits-1:0] patient;
  logic [CoreBits:0] others_q, ahead;  // taken since the patient core's packet is there; turns until its own
  logic [CoreBits-1:0] turns;
  assign turns = patient - next_q;
  assign ahead = {1'b0, turns};
  always @(posedge clk_i) begin
    others_q <= !rst_ni || !packet_valid_i[patient] || packet_ready_o[patient] ? '0 : others_q + (CoreBits + 1)'(any);
    if (rst_ni) begin
      assert ((packet_ready_o & ~packet_valid_i) == '0);
      assert ((packet_ready_o & (packet_ready_o - 1'b1)) == '0 && (packet_ready_o != '0) == (packet_valid_i != '0));
      if (packet_valid_i[patient]) assert (others_q + ahead <= (CoreBits + 1)'(Cores - 1));
    end
  end
`endif
endmodule
