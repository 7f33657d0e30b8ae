// SPDX-License-Identifier: Apache-2.0
//
// From the largest magnitude of a vector to what makes int8 of it: factor, shift, and the Scale that one step is worth
// ("Quantise" of docs/accelerator.md).

module fc_quantiser (
    input  logic        clk_i,
    input  logic        rst_ni,
    input  logic        start_i,
    /// Largest magnitude, below 2^31.
    input  logic [30:0] largest_i,
    /// One cycle; the results hold until the next start. A factor of 0 makes all of the vector 0.
    output logic        done_o,
    output logic [15:0] factor_o,
    output logic [5:0]  shift_o,
    output logic [31:0] scale_o
);
  logic [5:0] zeros;
  always_comb begin
    zeros = 6'd32;
    for (int unsigned b = 0; b < 31; b++) if (largest_i[b]) zeros = 6'(31 - b);
  end

  // The leading 16 bits, rounded up: 2^16 where they are all ones and more follow.
  logic [31:0] shifted;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [32:0] raised;
  assign shifted = {1'b0, largest_i} << zeros;
  assign raised  = {1'b0, shifted} + 33'd65535;

  logic zero_q, carried_q, settled_q, running_q, quotient_done;
  logic [16:0] mantissa_q;
  logic [5:0] zeros_q;
  logic [15:0] quotient;
  logic [31:0] worth;  // its leading 16 bits count; at least 2^30, below 2^32
  /* verilator lint_on UNUSEDSIGNAL */
  assign worth = 32'(mantissa_q) * 32'd33026;

  fc_divide u_divide (
      .clk_i, .rst_ni, .start_i(settled_q), .numerator_i(31'h7f00_0000), .divisor_i(mantissa_q[15:0]), .done_o(quotient_done),
      .quotient_o(quotient)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      zero_q     <= 1'b0;
      carried_q  <= 1'b0;
      settled_q  <= 1'b0;
      running_q  <= 1'b0;
      mantissa_q <= '0;
      zeros_q    <= '0;
      done_o     <= 1'b0;
      factor_o   <= '0;
      shift_o    <= '0;
      scale_o    <= '0;
    end else begin
      settled_q <= 1'b0;
      done_o    <= 1'b0;
      if (start_i) begin
        zero_q     <= largest_i == 0;
        carried_q  <= raised[32];
        mantissa_q <= raised[32:16];
        zeros_q    <= zeros;
        settled_q  <= 1'b1;
        running_q  <= 1'b1;
      end else if (running_q && quotient_done) begin
        running_q <= 1'b0;
        done_o    <= 1'b1;
        // (127 << 24) / 2^16, where the divider's 16 bits do not hold the divisor.
        factor_o  <= zero_q ? 16'd0 : carried_q ? 16'h7f00 : quotient;
        shift_o   <= 6'd40 - zeros_q;
        if (zero_q) scale_o <= '0;
        else if (worth[31]) scale_o <= {16'd10 - 16'(zeros_q), worth[31:16]};
        else scale_o <= {16'd9 - 16'(zeros_q), worth[30:15]};
      end
    end
  end
endmodule
