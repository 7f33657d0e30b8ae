// SPDX-License-Identifier: Apache-2.0
//
// 1 / sqrt(n) as a Scale: n is brought to 2^30..2^32 by an even shift, its root found bit by bit, and 2^31 - 1 divided by it.

module fc_reciprocal_root (
    input  logic        clk_i,
    input  logic        rst_ni,
    input  logic        start_i,
    /// At least 1.
    input  logic [47:0] n_i,
    /// One cycle; the Scale holds until the next start.
    output logic        done_o,
    output logic [31:0] scale_o
);
  // j of docs/accelerator.md: half of the zeros above 32 bits; negative where n has more.
  logic [5:0] bits;
  always_comb begin
    bits = '0;
    for (int unsigned b = 0; b < 48; b++) if (n_i[b]) bits = 6'(b + 1);
  end
  logic signed [6:0] j;
  assign j = bits <= 6'd32 ? $signed({1'b0, (6'd32 - bits) >> 1}) : -$signed({1'b0, (bits - 6'd31) >> 1});

  logic signed [6:0] j_q;
  logic [47:0] n_q;
  logic shift_q, rooting_q, divide_q, running_q, divided;
  logic [31:0] even_q;
  logic [15:0] root_q, bit_q, quotient, tried;
  assign tried = root_q | bit_q;

  fc_divide u_divide (
      .clk_i, .rst_ni, .start_i(divide_q), .numerator_i(31'h7fff_ffff), .divisor_i(root_q), .done_o(divided), .quotient_o(quotient)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      j_q       <= '0;
      n_q       <= '0;
      shift_q   <= 1'b0;
      rooting_q <= 1'b0;
      divide_q  <= 1'b0;
      running_q <= 1'b0;
      even_q    <= '0;
      root_q    <= '0;
      bit_q     <= '0;
      done_o    <= 1'b0;
      scale_o   <= '0;
    end else begin
      shift_q  <= 1'b0;
      divide_q <= 1'b0;
      done_o   <= 1'b0;
      if (start_i) begin
        j_q     <= j;
        n_q     <= n_i;
        shift_q <= 1'b1;
      end
      if (shift_q) begin
        even_q    <= j_q < 0 ? 32'(n_q >> (-2 * 8'(j_q))) : 32'(n_q << (2 * 8'(j_q)));
        root_q    <= '0;
        bit_q     <= 16'h8000;
        rooting_q <= 1'b1;
      end
      if (rooting_q) begin
        if (32'(tried) * 32'(tried) <= even_q) root_q <= tried;
        bit_q <= bit_q >> 1;
        if (bit_q[0]) begin
          rooting_q <= 1'b0;
          divide_q  <= 1'b1;
          running_q <= 1'b1;
        end
      end
      if (running_q && divided) begin
        running_q <= 1'b0;
        done_o    <= 1'b1;
        scale_o   <= {16'(j_q) - 16'd31, quotient};
      end
    end
  end
endmodule
