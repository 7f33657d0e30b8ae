// SPDX-License-Identifier: Apache-2.0
//
// 2^-z for z >= 0 in Q16, as Q15, two cycles later: a table of 1/64, between its entries a line (docs/accelerator.md, "Attention").

module fc_exponential (
    input  logic        clk_i,
    input  logic [31:0] z_i,
    output logic [15:0] power_o
);
  logic [15:0] entries[65];
  for (genvar k = 0; k < 65; k++) begin : g_entry
    localparam int unsigned Value = $rtoi(32768.0 * $pow(2.0, -k / 64.0) + 0.5);
    assign entries[k] = 16'(Value);
  end
  logic [15:0] low_q, high_q, line;
  logic [9:0] rest_q;
  logic [4:0] whole_q;
  assign line = low_q - 16'(((26'(low_q) - 26'(high_q)) * 26'(rest_q)) >> 10);
  always_ff @(posedge clk_i) begin
    low_q   <= entries[7'(z_i[15:10])];
    high_q  <= entries[7'(z_i[15:10]) + 7'd1];
    rest_q  <= z_i[9:0];
    whole_q <= |z_i[31:20] ? 5'd16 : 5'(z_i[19:16]);
    power_o <= line >> whole_q;
  end
endmodule
