// SPDX-License-Identifier: Apache-2.0
//
// One of the vector unit's 8 lanes: what it can make of a word of x, y or the scratch, each with its own number of
// cycles (docs/accelerator.md, "Numbers"). Nothing is held back: a new word may come every cycle.

module fc_vector_lane (
    input  logic               clk_i,
    /// Which of the four is at work; the others rest.
    input  logic               norm_i,
    input  logic               quantise_i,
    input  logic               rotate_i,
    input  logic               silu_i,
    /// First operand; the second one of SiLU (up) and of the rotation (the other half).
    input  logic signed [31:0] a_i,
    input  logic signed [31:0] b_i,
    /// RMSNorm: right shift to 16 bits and the weight. After 2 cycles: product and square.
    input  logic [4:0]         narrow_i,
    input  logic signed [15:0] weight_i,
    output logic signed [31:0] product_o,
    output logic [31:0]        square_o,
    /// Quantise a: factor and shift. After 3 cycles.
    input  logic [15:0]        factor_i,
    input  logic [5:0]         shift_i,
    output logic signed [7:0]  quantised_o,
    /// Rotation of (a, b) by cosine and sine. After 3 cycles.
    input  logic signed [15:0] cosine_i,
    input  logic signed [15:0] sine_i,
    output logic signed [31:0] first_o,
    output logic signed [31:0] second_o,
    /// silu(a) * b. After 6 cycles.
    output logic signed [31:0] silu_o
);
  function automatic logic signed [31:0] saturated(input logic signed [63:0] value);
    saturated = value[31:0];
    if (value[63:31] != {33{value[31]}}) saturated = value[63] ? 32'sh8000_0000 : 32'sh7fff_ffff;
  endfunction

  // ---- RMSNorm ---------------------------------------------------------------------------------------------------------------
  logic signed [15:0] narrow_q, weight_q;
  always_ff @(posedge clk_i) if (norm_i) begin
    narrow_q  <= 16'(a_i >>> narrow_i);
    weight_q  <= weight_i;
    product_o <= narrow_q * weight_q;
    square_o  <= narrow_q * narrow_q;
  end

  // ---- Quantise --------------------------------------------------------------------------------------------------------------
  logic signed [48:0] scaled_q, rounded_q, half;
  assign half = 49'sd1 <<< (shift_i - 6'd1);
  always_ff @(posedge clk_i) if (quantise_i) begin
    scaled_q  <= a_i * $signed({1'b0, factor_i});
    rounded_q <= (scaled_q + half) >>> shift_i;
    if (factor_i == 0) quantised_o <= '0;
    else if (rounded_q > 49'sd127) quantised_o <= 8'sd127;
    else if (rounded_q < -49'sd127) quantised_o <= -8'sd127;
    else quantised_o <= rounded_q[7:0];
  end

  // ---- Rotation --------------------------------------------------------------------------------------------------------------
  logic signed [47:0] a_cosine_q, a_sine_q, b_cosine_q, b_sine_q;
  logic signed [63:0] first_q, second_q;
  always_ff @(posedge clk_i) if (rotate_i) begin
    a_cosine_q <= a_i * cosine_i;
    a_sine_q   <= a_i * sine_i;
    b_cosine_q <= b_i * cosine_i;
    b_sine_q   <= b_i * sine_i;
    first_q    <= 64'(a_cosine_q) - 64'(b_sine_q) + 64'sd8192;
    second_q   <= 64'(b_cosine_q) + 64'(a_sine_q) + 64'sd8192;
    first_o    <= saturated(first_q >>> 14);
    second_o   <= saturated(second_q >>> 14);
  end

  // ---- SiLU: the logistic function from a table of 1/16, between its entries a line ----------------------------------
  logic [31:0] size;
  logic [15:0] low, high;
  fc_logistic u_logistic (.k_i(size[19:12]), .low_o(low), .high_o(high));
  logic over_q, negative_q, negative2_q;
  logic [15:0] low_q, high_q, sigma_q;
  logic [11:0] rest_q;
  logic signed [31:0] gate_q[3], up_q[4];
  logic signed [16:0] signed_sigma_q;
  logic signed [49:0] weighted_q;
  logic signed [63:0] scaled_silu_q;
  logic signed [32:0] silu;  // no larger than the gate
  assign size = a_i == 32'sh8000_0000 ? 32'h7fff_ffff : a_i[31] ? -a_i : a_i;
  assign silu = 33'(weighted_q >>> 15);
  always_ff @(posedge clk_i) if (silu_i) begin
    over_q         <= |size[31:20];
    negative_q     <= a_i[31];
    low_q          <= low;
    high_q         <= high;
    rest_q         <= size[11:0];
    gate_q[0]      <= a_i;
    up_q[0]        <= b_i;
    sigma_q        <= over_q ? 16'h8000 : low_q + 16'(((28'(high_q) - 28'(low_q)) * 28'(rest_q)) >> 12);
    negative2_q    <= negative_q;
    gate_q[1]      <= gate_q[0];
    up_q[1]        <= up_q[0];
    signed_sigma_q <= $signed({1'b0, negative2_q ? 16'h8000 - sigma_q : sigma_q});
    gate_q[2]      <= gate_q[1];
    up_q[2]        <= up_q[1];
    weighted_q     <= gate_q[2] * signed_sigma_q + 50'sd16384;
    up_q[3]        <= up_q[2];
    scaled_silu_q  <= silu * up_q[3] + 64'sd32768;
    silu_o         <= saturated(scaled_silu_q >>> 16);
  end
endmodule
