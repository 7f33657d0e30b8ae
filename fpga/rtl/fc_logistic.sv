// SPDX-License-Identifier: Apache-2.0
//
// Two neighbouring entries of the logistic function's table: round(2^15 / (1 + e^(-k/16))), k = 0..256.

module fc_logistic (
    input  logic [7:0]  k_i,
    output logic [15:0] low_o,
    output logic [15:0] high_o
);
  logic [15:0] entries[257];
  for (genvar k = 0; k < 257; k++) begin : g_entry
    localparam int unsigned Value = $rtoi(32768.0 / (1.0 + $exp(-k / 16.0)) + 0.5);
    assign entries[k] = 16'(Value);
  end
  assign low_o  = entries[9'(k_i)];
  assign high_o = entries[9'(k_i) + 9'd1];
endmodule
