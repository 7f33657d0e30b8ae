// SPDX-License-Identifier: Apache-2.0
//
// The accelerator as a kernel: registers in front, each port's base address added, counters beside it.

module fc_kernel #(
    /// As in fc_accelerator; at most 32 cores and 32 ports.
    parameter int unsigned Cores = 4,
    parameter int unsigned Lanes = 64,
    parameter int unsigned Ports = 4,
    parameter int unsigned Rows = 32,
    parameter int unsigned MaxK = 1536,
    parameter int unsigned MaxN = 3072,
    parameter int unsigned MaxD = 256,
    parameter int unsigned MaxPositions = 1024,
    parameter int unsigned MaxHeads = 8,
    parameter int unsigned MaxHead = 64,
    localparam logic [31:0] Version = 32'd3
) (
    input  logic                 clk_i,
    input  logic                 rst_ni,
    output logic                 interrupt_o,

    input  logic                 control_aw_valid_i,
    output logic                 control_aw_ready_o,
    input  logic [11:0]          control_aw_address_i,
    input  logic                 control_w_valid_i,
    output logic                 control_w_ready_o,
    input  logic [31:0]          control_w_data_i,
    output logic                 control_b_valid_o,
    input  logic                 control_b_ready_i,
    input  logic                 control_ar_valid_i,
    output logic                 control_ar_ready_o,
    input  logic [11:0]          control_ar_address_i,
    output logic                 control_r_valid_o,
    input  logic                 control_r_ready_i,
    output logic [31:0]          control_r_data_o,

    output logic [Ports-1:0]     ar_valid_o,
    input  logic [Ports-1:0]     ar_ready_i,
    output logic [Ports*2-1:0]   ar_id_o,
    output logic [Ports*64-1:0]  ar_address_o,
    output logic [Ports*8-1:0]   ar_length_o,
    input  logic [Ports-1:0]     r_valid_i,
    output logic [Ports-1:0]     r_ready_o,
    input  logic [Ports*2-1:0]   r_id_i,
    input  logic [Ports*512-1:0] r_data_i,
    output logic [Ports-1:0]     aw_valid_o,
    input  logic [Ports-1:0]     aw_ready_i,
    output logic [Ports*64-1:0]  aw_address_o,
    output logic [Ports-1:0]     w_valid_o,
    input  logic [Ports-1:0]     w_ready_i,
    output logic [Ports*512-1:0] w_data_o,
    output logic [Ports*64-1:0]  w_strobe_o,
    input  logic [Ports-1:0]     b_valid_i,
    output logic [Ports-1:0]     b_ready_o
);
  // Cores, lanes and ports as powers of two, so that the host can see what it has in front of it.
  localparam logic [31:0] Shape = {8'(Rows), 8'($clog2(Ports)), 8'($clog2(Lanes)), 8'($clog2(Cores))};
  localparam logic [31:0] Heads = {16'(MaxHeads), 16'(MaxHead)};

  logic start, running, done, error;
  logic [31:0] header, status;
  logic [Ports*64-1:0] base;
  logic [7:0] counter_index;
  logic [63:0] counter;
  fc_control #(.Ports(Ports), .Version(Version), .Shape(Shape), .Heads(Heads)) u_control (
      .clk_i, .rst_ni, .aw_valid_i(control_aw_valid_i), .aw_ready_o(control_aw_ready_o), .aw_address_i(control_aw_address_i),
      .w_valid_i(control_w_valid_i), .w_ready_o(control_w_ready_o), .w_data_i(control_w_data_i), .b_valid_o(control_b_valid_o),
      .b_ready_i(control_b_ready_i), .ar_valid_i(control_ar_valid_i), .ar_ready_o(control_ar_ready_o), .ar_address_i(control_ar_address_i),
      .r_valid_o(control_r_valid_o), .r_ready_i(control_r_ready_i), .r_data_o(control_r_data_o), .interrupt_o, .start_o(start),
      .running_o(running), .done_i(done), .error_i(error), .header_o(header), .base_o(base), .status_i(status), .counter_index_o(counter_index),
      .counter_i(counter)
  );

  logic [3:0] operation;
  logic [15:0] layer;
  logic [4:0] row;
  logic attending, vector_busy, matrix_running, matrix_mapping, stream_beat, stream_full, stream_empty, decided;
  logic [5:0] computing, replaying;
  logic [Cores-1:0] core_busy, core_wait_weights, core_wait_packets;
  logic [Ports-1:0] attend_busy;
  logic [Ports*38-1:0] ar_offset, aw_offset;
  assign status = {4'd0, operation, 3'd0, row, layer};
  fc_accelerator #(
      .Cores(Cores), .Lanes(Lanes), .Ports(Ports), .Rows(Rows), .MaxK(MaxK), .MaxN(MaxN), .MaxD(MaxD), .MaxPositions(MaxPositions),
      .MaxHeads(MaxHeads), .MaxHead(MaxHead)
  ) u_accelerator (
      .clk_i, .rst_ni, .start_i(start), .header_i(header), .done_o(done), .error_o(error), .ar_valid_o, .ar_ready_i, .ar_id_o,
      .ar_address_o(ar_offset), .ar_length_o, .r_valid_i, .r_ready_o, .r_id_i, .r_data_i, .aw_valid_o, .aw_ready_i,
      .aw_address_o(aw_offset), .w_valid_o, .w_ready_i, .w_data_o, .w_strobe_o, .b_valid_i, .b_ready_o, .operation_o(operation),
      .layer_o(layer), .row_o(row), .attending_o(attending), .vector_busy_o(vector_busy), .matrix_running_o(matrix_running), .matrix_mapping_o(matrix_mapping),
      .decided_o(decided), .computing_o(computing), .replaying_o(replaying), .core_busy_o(core_busy),
      .core_wait_weights_o(core_wait_weights), .core_wait_packets_o(core_wait_packets), .stream_beat_o(stream_beat),
      .stream_full_o(stream_full), .stream_empty_o(stream_empty), .attend_busy_o(attend_busy)
  );
  for (genvar p = 0; p < Ports; p++) begin : g_port
    assign ar_address_o[p*64+:64] = base[p*64+:64] + 64'(ar_offset[p*38+:38]);
    assign aw_address_o[p*64+:64] = base[p*64+:64] + 64'(aw_offset[p*38+:38]);
  end

  fc_counters #(.Cores(Cores), .Ports(Ports)) u_counters (
      .clk_i, .rst_ni, .start_i(start), .running_i(running),
      .whole_i({|core_busy && |attend_busy, operation == 4'd7, attending, operation == 4'd5, |attend_busy, stream_empty, stream_full,
                stream_beat, |core_busy, matrix_mapping, matrix_running, vector_busy, 1'b1}),
      .computed_i(decided ? computing : 6'd0), .replayed_i(decided ? replaying : 6'd0), .read_i(r_valid_i & r_ready_o),
      .written_i(w_valid_o & w_ready_i), .attend_i(attend_busy), .busy_i(core_busy), .wait_weights_i(core_wait_weights),
      .wait_packets_i(core_wait_packets), .read_index_i(counter_index),
      .counter_o(counter)
  );
endmodule
