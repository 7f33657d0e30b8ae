// SPDX-License-Identifier: Apache-2.0
//
// A quotient of 16 bits, one bit a cycle: numerator / divisor, rounded down. The divisor has its top bit set and the numerator
// has 31 bits whose upper half is below the divisor, as the accelerator's numbers have it.

module fc_divide (
    input  logic        clk_i,
    input  logic        rst_ni,
    /// Not heeded while a division runs.
    input  logic        start_i,
    input  logic [30:0] numerator_i,
    input  logic [15:0] divisor_i,
    /// One cycle; the quotient holds until the next start.
    output logic        done_o,
    output logic [15:0] quotient_o
);
  logic [31:0] remainder_q;  // remainder above, numerator's bits to come below
  logic [15:0] divisor_q;
  logic [4:0] left_q;
  logic [16:0] top;
  logic fits;
  assign top  = remainder_q[31:15];
  assign fits = top >= {1'b0, divisor_q};

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      left_q      <= '0;
      done_o      <= 1'b0;
      remainder_q <= '0;
      divisor_q   <= '0;
      quotient_o  <= '0;
    end else begin
      done_o <= left_q == 5'd1;
      if (left_q != 0) begin
        left_q      <= left_q - 5'd1;
        quotient_o  <= {quotient_o[14:0], fits};
        remainder_q <= {fits ? 16'(top - {1'b0, divisor_q}) : top[15:0], remainder_q[14:0], 1'b0};
      end else if (start_i) begin
        left_q      <= 5'd16;
        divisor_q   <= divisor_i;
        remainder_q <= {1'b0, numerator_i};
      end
    end
  end
endmodule
