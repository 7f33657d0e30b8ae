// SPDX-License-Identifier: Apache-2.0
//
// Counts cycles by what happens in them, from the beginning of a run to its end (docs/accelerator.md, "Counters"). Numbers 0 to 15 are of the whole,
// then eight each by port and by core.

module fc_counters #(
    parameter int unsigned Cores = 4,
    parameter int unsigned Ports = 4
) (
    input  logic               clk_i,
    input  logic               rst_ni,
    input  logic               start_i,
    input  logic               running_i,
    input  logic [12:0]        whole_i,  // by number; 13 and 14 count rows
    input  logic [5:0]         computed_i,
    input  logic [5:0]         replayed_i,
    input  logic [Ports-1:0]   read_i,
    input  logic [Ports-1:0]   written_i,
    input  logic [Ports-1:0]   attend_i,
    input  logic [Cores-1:0]   busy_i,
    input  logic [Cores-1:0]   wait_weights_i,
    input  logic [Cores-1:0]   wait_packets_i,
    /// Counter `read_index_i`.
    input  logic [5:0]         read_index_i,
    output logic [63:0]        counter_o
);
  logic [63:0] events;
  always_comb begin
    events = '0;
    events[12:0]            = whole_i;
    events[16+:Ports]       = read_i;
    events[24+:Ports]       = written_i;
    events[32+:Ports]       = attend_i;
    events[40+:Cores]       = busy_i;
    events[48+:Cores]       = wait_weights_i;
    events[56+:Cores]       = wait_packets_i;
  end
  logic [63:0] counts_q[64];
  assign counter_o = counts_q[read_index_i];
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      for (int unsigned i = 0; i < 64; i++) counts_q[i] <= '0;
    end else if (start_i) begin
      for (int unsigned i = 0; i < 64; i++) counts_q[i] <= '0;
    end else if (running_i) begin
      for (int unsigned i = 0; i < 64; i++) if (events[i]) counts_q[i] <= counts_q[i] + 64'd1;
      counts_q[13] <= counts_q[13] + 64'(computed_i);
      counts_q[14] <= counts_q[14] + 64'(replayed_i);
    end
  end
endmodule
