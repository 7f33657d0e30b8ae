// SPDX-License-Identifier: Apache-2.0
//
// 1 / n as a Scale: n's leading 16 bits into 2^31 - 1.

module fc_reciprocal (
    input  logic        clk_i,
    input  logic        rst_ni,
    input  logic        start_i,
    /// At least 1.
    input  logic [31:0] n_i,
    /// One cycle; the Scale holds until the next start.
    output logic        done_o,
    output logic [31:0] scale_o
);
  logic [4:0] zeros, zeros_q;
  always_comb begin
    zeros = '0;
    for (int unsigned b = 0; b < 32; b++) if (n_i[b]) zeros = 5'(31 - b);
  end
  logic [15:0] mantissa_q, quotient;
  logic divide_q, divided;
  fc_divide u_divide (
      .clk_i, .rst_ni, .start_i(divide_q), .numerator_i(31'h7fff_ffff), .divisor_i(mantissa_q), .done_o(divided),
      .quotient_o(quotient)
  );
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      zeros_q    <= '0;
      mantissa_q <= '0;
      divide_q   <= 1'b0;
    end else begin
      divide_q <= start_i;
      if (start_i) begin
        zeros_q    <= zeros;
        mantissa_q <= 16'((n_i << zeros) >> 16);
      end
    end
  end
  assign done_o  = divided;
  assign scale_o = {16'(zeros_q) - 16'd47, quotient};
endmodule
