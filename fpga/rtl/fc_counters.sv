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
    output logic [64*64-1:0]   counters_o
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
  for (genvar i = 0; i < 64; i++) begin : g_counter
    logic [63:0] count_q;
    logic [5:0] more;
    assign more = i == 13 ? computed_i : i == 14 ? replayed_i : 6'(events[i]);
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) count_q <= '0;
      else if (start_i) count_q <= '0;
      else if (running_i) count_q <= count_q + 64'(more);
    end
    assign counters_o[i*64+:64] = count_q;
  end
endmodule
