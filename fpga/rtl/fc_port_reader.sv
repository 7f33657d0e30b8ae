// SPDX-License-Identifier: Apache-2.0
//
// Reads stretches of memory through one AXI4 port of 512 bit, in order, ahead of whoever takes the beats. A burst is asked for only when the queue has
// room for all of it, so the port never waits for us; bursts end at 1 KiB boundaries and so never cross 4 KiB.

module fc_port_reader #(
    /// Beats that can be on the way or wait; a power of two, at least 32.
    parameter int unsigned Depth = 64
) (
    input  logic         clk_i,
    input  logic         rst_ni,
    /// A stretch: first beat (address / 64) and beats.
    input  logic         command_valid_i,
    output logic         command_ready_o,
    input  logic [31:0]  command_beat_i,
    input  logic [31:0]  command_beats_i,
    /// AXI4 read address and data; bursts of up to 16 beats, all of one ID.
    output logic         ar_valid_o,
    input  logic         ar_ready_i,
    output logic [37:0]  ar_address_o,
    output logic [7:0]   ar_length_o,
    input  logic         r_valid_i,
    output logic         r_ready_o,
    input  logic [511:0] r_data_i,
    /// The beats, in order.
    output logic         beat_valid_o,
    input  logic         beat_ready_i,
    output logic [511:0] beat_o
);
  localparam int unsigned FillBits = $clog2(Depth) + 1;

  logic [31:0] beat_q, left_q;
  logic [FillBits-1:0] reserved_q;  // beats asked for or waiting
  logic [4:0] to_boundary, burst;
  logic issue, full, empty, take;

  assign to_boundary     = 5'd16 - {1'b0, beat_q[3:0]};
  assign burst           = left_q < {27'd0, to_boundary} ? left_q[4:0] : to_boundary;
  assign ar_valid_o      = left_q != 0 && reserved_q + FillBits'(burst) <= FillBits'(Depth);
  assign ar_address_o    = {beat_q, 6'd0};
  assign ar_length_o     = {3'd0, burst} - 8'd1;
  assign issue           = ar_valid_o && ar_ready_i;
  assign command_ready_o = left_q == 0;
  assign take            = beat_valid_o && beat_ready_i;
  assign r_ready_o       = !full;
  assign beat_valid_o    = !empty;

  fc_fifo #(.Width(512), .Depth(Depth)) u_beats (
      .clk_i, .rst_ni, .push_i(r_valid_i), .data_i(r_data_i), .full_o(full),
      .pop_i(beat_ready_i), .data_o(beat_o), .empty_o(empty)
  );

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      beat_q     <= '0;
      left_q     <= '0;
      reserved_q <= '0;
    end else begin
      reserved_q <= reserved_q + (issue ? FillBits'(burst) : '0) - FillBits'(take);
      if (command_valid_i && command_ready_o) begin
        beat_q <= command_beat_i;
        left_q <= command_beats_i;
      end else if (issue) begin
        beat_q <= beat_q + 32'(burst);
        left_q <= left_q - 32'(burst);
      end
    end
  end

`ifdef FORMAL
  // Of the memory: it sends no beat that was not asked for. Of the queue, what is proved of it: it is empty and full when its count says so.
  // Then: the port never has to wait for us, an address stands until it is taken, no burst crosses 4 KiB.
  logic [FillBits-1:0] coming_q, waiting_q;
  logic [37:0] address_q;
  logic [7:0] length_q;
  logic stalled_q;
  always @(posedge clk_i) begin
    stalled_q <= rst_ni && ar_valid_o && !ar_ready_i;
    address_q <= ar_address_o;
    length_q  <= ar_length_o;
    assume (!r_valid_i || coming_q != 0);
    assume (empty == (waiting_q == 0) && full == (waiting_q == FillBits'(Depth)));
    if (!rst_ni) begin
      coming_q  <= '0;
      waiting_q <= '0;
    end else begin
      coming_q  <= coming_q + (issue ? FillBits'(burst) : '0) - FillBits'(r_valid_i);
      waiting_q <= waiting_q + FillBits'(r_valid_i) - FillBits'(take);
      assert (reserved_q <= FillBits'(Depth) && coming_q <= reserved_q && waiting_q <= reserved_q && coming_q + waiting_q == reserved_q);
      assert (!r_valid_i || r_ready_o);
      if (ar_valid_o) assert (burst != 0 && {1'b0, ar_address_o[11:6]} + 7'(burst) <= 7'd64);
      if (stalled_q) assert (ar_valid_o && ar_address_o == address_q && ar_length_o == length_q);
    end
  end
`endif
endmodule
