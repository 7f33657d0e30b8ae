// SPDX-License-Identifier: Apache-2.0
//
// The decision to replay, taken on the card: the heads' shares are summed to each row's TAS in the order of the heads, and compared with the layer's
// threshold as the gate's mode says (docs/accelerator.md, "TAS").

module fc_gate #(
    parameter int unsigned Rows = 32,
    /// Query heads, at the most.
    parameter int unsigned MaxHeads = 32
) (
    input  logic               clk_i,
    input  logic               rst_ni,
    /// A head's share.
    input  logic               share_write_i,
    input  logic [4:0]         share_row_i,
    input  logic [4:0]         share_head_i,
    input  logic [31:0]        share_data_i,
    /// Decides: rows in flight, heads; mode 0 row, 1 all, 2 conditional, 3 mean; threshold and its kind: 0 never, 1 above, 2 always.
    input  logic               start_i,
    input  logic [5:0]         rows_i,
    input  logic [5:0]         heads_i,
    input  logic [1:0]         mode_i,
    input  logic [31:0]        threshold_i,
    input  logic [1:0]         kind_i,
    /// Row r may replay, and its partner in bits [r*5+:5].
    input  logic [Rows-1:0]    eligible_i,
    input  logic [Rows*5-1:0]  partner_i,
    /// One cycle; the results hold until the next start.
    output logic               done_o,
    output logic [Rows-1:0]    replay_o,
    output logic [Rows*32-1:0] tas_o
);
  localparam int unsigned ShareBits = $clog2(Rows * MaxHeads);

  logic [31:0] shares[Rows*MaxHeads];
  logic signed [31:0] share_q, tas_q[Rows];
  logic [5:0] row_q, head_q;
  logic [4:0] summed_row_q;
  logic adding_q, summing_q, deciding_q, first_q, passes_all_q;

  always_ff @(posedge clk_i) begin
    share_q <= shares[ShareBits'(row_q * MaxHeads) + ShareBits'(head_q)];
    if (share_write_i) shares[ShareBits'(share_row_i * MaxHeads) + ShareBits'(share_head_i)] <= share_data_i;
  end

  logic signed [31:0] so_far;
  logic signed [32:0] total;
  assign so_far = first_q ? '0 : tas_q[summed_row_q];
  assign total  = 33'(so_far) + 33'(share_q);

  logic signed [31:0] own, partner, counted;
  logic signed [32:0] both;
  logic passes;
  assign own     = tas_q[row_q[4:0]];
  assign partner = tas_q[partner_i[32'(row_q[4:0])*5+:5]];
  assign both    = 33'(own) + 33'(partner);
  assign counted = mode_i == 2'd2 ? partner : mode_i == 2'd3 ? 32'(both >>> 1) : own;
  assign passes  = eligible_i[row_q[4:0]] && (kind_i == 2'd2 || (kind_i == 2'd1 && counted > $signed(threshold_i)));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      row_q        <= '0;
      head_q       <= '0;
      summed_row_q <= '0;
      adding_q     <= 1'b0;
      summing_q    <= 1'b0;
      deciding_q   <= 1'b0;
      first_q      <= 1'b0;
      passes_all_q <= 1'b0;
      done_o       <= 1'b0;
      replay_o     <= '0;
      for (int unsigned r = 0; r < Rows; r++) tas_q[r] <= '0;
    end else begin
      done_o       <= 1'b0;
      adding_q     <= summing_q;
      summed_row_q <= row_q[4:0];
      first_q      <= head_q == 0;
      if (adding_q)
        tas_q[summed_row_q] <= !eligible_i[summed_row_q] ? '0
                                  : total[32] != total[31] ? {total[32], {31{!total[32]}}} : total[31:0];
      if (start_i) begin
        summing_q <= 1'b1;
        row_q     <= '0;
        head_q    <= '0;
      end
      if (summing_q) begin
        head_q <= head_q + 6'd1;
        if (head_q + 6'd1 == heads_i) begin
          head_q <= '0;
          row_q  <= row_q + 6'd1;
          if (row_q + 6'd1 == rows_i) summing_q <= 1'b0;
        end
      end else if (adding_q) begin  // the last sum is being written
        deciding_q   <= 1'b1;
        row_q        <= '0;
        replay_o     <= '0;
        passes_all_q <= 1'b1;
      end
      if (deciding_q) begin
        replay_o[row_q[4:0]] <= passes;
        passes_all_q         <= passes_all_q && passes;
        row_q                <= row_q + 6'd1;
        if (row_q + 6'd1 == rows_i) begin
          deciding_q <= 1'b0;
          done_o     <= 1'b1;
          if (mode_i == 2'd1 && !(passes_all_q && passes)) replay_o <= '0;
        end
      end
    end
  end
  for (genvar r = 0; r < Rows; r++) begin : g_tas
    assign tas_o[r*32+:32] = tas_q[r];
  end
endmodule
