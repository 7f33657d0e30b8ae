// SPDX-License-Identifier: Apache-2.0
//
// The product of two Scales: the 16 leading bits, the rest cut off. Between two registers.

module fc_scale_product (
    input  logic [31:0] a_i,
    input  logic [31:0] b_i,
    output logic [31:0] product_o
);
  logic [31:0] mantissas;
  logic [15:0] exponent;
  assign mantissas = a_i[15:0] * b_i[15:0];
  assign exponent  = a_i[31:16] + b_i[31:16] + (mantissas[31] ? 16'd16 : 16'd15);
  assign product_o = mantissas == 0 ? 32'd0 : {exponent, mantissas[31] ? mantissas[31:16] : mantissas[30:15]};
endmodule
