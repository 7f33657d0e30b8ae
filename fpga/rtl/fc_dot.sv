// SPDX-License-Identifier: Apache-2.0
//
// The sum of Lanes products of int8, a new one every cycle, Stages cycles later. Two bodies of equal latency: an adder tree with a
// register behind each level, and (FC_DPI) a call into C++ that simulates several times faster. A test holds them against each other.

module fc_dot #(
    /// Products a cycle; a power of two.
    parameter int unsigned Lanes = 64,
    /// From the operands to the sum, in cycles.
    localparam int unsigned Stages = $clog2(Lanes) + 1
) (
    input  logic                 clk_i,
    /// While low, all stands still.
    input  logic                 enable_i,
    input  logic [Lanes*8-1:0]   a_i,
    input  logic [Lanes*8-1:0]   b_i,
    output logic signed [31:0]   sum_o
);
`ifdef FC_DPI
  import "DPI-C" function int fc_dot_sum(input bit [Lanes*8-1:0] a, input bit [Lanes*8-1:0] b, input int lanes);

  logic signed [31:0] delay_q[Stages];
  always_ff @(posedge clk_i) if (enable_i) begin
    delay_q[0] <= fc_dot_sum(a_i, b_i, Lanes);
    for (int unsigned s = 1; s < Stages; s++) delay_q[s] <= delay_q[s-1];
  end
  assign sum_o = delay_q[Stages-1];
`else
  // Level 0 holds the products; each level above half as many sums. One variable a node: that simulates fastest.
  for (genvar level = 0; level < Stages; level++) begin : g_level
    for (genvar n = 0; n < (Lanes >> level); n++) begin : g_node
      logic signed [15+level:0] value_q;
      if (level == 0) begin : g_product
        logic signed [7:0] a, b;
        assign a = a_i[n*8+:8];
        assign b = b_i[n*8+:8];
        always_ff @(posedge clk_i) if (enable_i) value_q <= a * b;
      end else begin : g_sum
        always_ff @(posedge clk_i) if (enable_i)
          value_q <= (16 + level)'(g_level[level-1].g_node[2*n].value_q)
                   + (16 + level)'(g_level[level-1].g_node[2*n+1].value_q);
      end
    end
  end
  assign sum_o = 32'(g_level[Stages-1].g_node[0].value_q);
`endif
endmodule
