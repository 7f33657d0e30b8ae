// SPDX-License-Identifier: Apache-2.0
//
// Counts cycles by what happens in them, from the beginning of a run to its end (docs/accelerator.md, "Counters"). Numbers 0 to 15 are of the whole,
// then three times 32 by port and three times 32 by core; what is beyond the ports and cores that there are reads as 0.

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
    input  logic [7:0]         read_index_i,
    output logic [63:0]        counter_o
);
  // They lie close together: the whole's, then those of each port and core that there is.
  localparam int unsigned Count = 16 + 3 * Ports + 3 * Cores;
  localparam int unsigned OfCores = 16 + 3 * Ports;
  logic [Count-1:0] events;
  assign events = {wait_packets_i, wait_weights_i, busy_i, attend_i, written_i, read_i, 3'd0, whole_i};
  logic [63:0] counts[Count];
  for (genvar i = 0; i < Count; i++) begin : g_count
    logic [63:0] count_q;
    logic [5:0] more;
    assign more      = i == 13 ? computed_i : i == 14 ? replayed_i : 6'(events[i]);
    assign counts[i] = count_q;
    always_ff @(posedge clk_i or negedge rst_ni) begin
      if (!rst_ni) count_q <= '0;
      else if (start_i) count_q <= '0;
      else if (running_i) count_q <= count_q + 64'(more);
    end
  end

  localparam int unsigned PlaceBits = $clog2(Count);
  logic [7:0] listed;  // in six lists of 32
  logic [31:0] kind, unit;
  logic there;
  logic [PlaceBits-1:0] place;
  assign listed = read_index_i - 8'd16;
  assign kind   = 32'(listed[7:5]);
  assign unit   = 32'(listed[4:0]);
  always_comb begin
    there = 1'b1;
    place = PlaceBits'(read_index_i);
    if (read_index_i >= 8'd16) begin
      there = kind < 3 ? unit < Ports : kind < 6 && unit < Cores;
      place = PlaceBits'(kind < 3 ? 16 + kind * Ports + unit : OfCores + (kind - 3) * Cores + unit);
    end
  end
  assign counter_o = there ? counts[place] : '0;
endmodule
