// SPDX-License-Identifier: Apache-2.0
//
// value * scaleA * scaleB in Q16, rounded half up and saturated, a new one every cycle, three cycles later: `toFixed` of
// `multiply` of docs/accelerator.md. A Scale is 32 bits: mantissa below, exponent above.

module fc_to_fixed #(
    /// Bits of the value; at most 40.
    parameter int unsigned Width = 32
) (
    input  logic                    clk_i,
    /// While low, all stands still.
    input  logic                    enable_i,
    input  logic signed [Width-1:0] value_i,
    input  logic        [31:0]      scale_a_i,
    input  logic        [31:0]      scale_b_i,
    output logic signed [31:0]      fixed_o
);
  localparam int unsigned ProductBits = Width + 17;

  // 1: product of the Scales.
  logic [31:0] mantissas_q;
  logic signed [16:0] exponent_q;
  logic signed [Width-1:0] value_q;
  always_ff @(posedge clk_i) if (enable_i) begin
    mantissas_q <= scale_a_i[15:0] * scale_b_i[15:0];
    exponent_q  <= 17'($signed(scale_a_i[31:16])) + 17'($signed(scale_b_i[31:16]));
    value_q     <= value_i;
  end

  // 2: normalised (both mantissas have their top bit, or the product is zero), times the value.
  logic [15:0] mantissa;
  logic signed [16:0] exponent, shift;
  assign mantissa = mantissas_q[31] ? mantissas_q[31:16] : mantissas_q[30:15];
  assign exponent = exponent_q + (mantissas_q[31] ? 17'sd16 : 17'sd15);
  assign shift    = -(exponent + 17'sd16);

  logic signed [ProductBits-1:0] product_q;
  logic [5:0] shift_q;
  logic zero_q, over_q, negative_q;
  always_ff @(posedge clk_i) if (enable_i) begin
    product_q  <= value_q * $signed({1'b0, mantissa});
    shift_q    <= shift[5:0];
    zero_q     <= mantissas_q == 0 || value_q == 0 || shift > 17'sd62;
    over_q     <= shift < 17'sd1;
    negative_q <= value_q[Width-1];
  end

  // 3: rounded, shifted, saturated.
  localparam int unsigned SumBits = 64;  // 57 bits and half of 2^62 fit
  logic signed [SumBits-1:0] rounded, shifted;
  logic saturates;
  assign rounded   = SumBits'(product_q) + (SumBits'(1) << (shift_q - 6'd1));
  assign shifted   = rounded >>> shift_q;
  assign saturates = shifted[SumBits-1:31] != {(SumBits - 31) {shifted[SumBits-1]}};
  always_ff @(posedge clk_i) if (enable_i) begin
    if (zero_q) fixed_o <= '0;
    else if (over_q || saturates) fixed_o <= negative_q ? 32'sh8000_0000 : 32'sh7fff_ffff;
    else fixed_o <= shifted[31:0];
  end
endmodule
