// SPDX-License-Identifier: Apache-2.0
//
// Writes beats, whole or in part, through one AXI4 port, each as a burst of its own. Idle when the memory has answered for all.

module fc_port_writer #(
    /// Beats that wait; a power of two.
    parameter int unsigned Depth = 16
) (
    input  logic         clk_i,
    input  logic         rst_ni,
    input  logic         write_valid_i,
    output logic         write_ready_o,
    input  logic [31:0]  write_beat_i,
    input  logic [511:0] write_data_i,
    input  logic [63:0]  write_strobe_i,
    output logic         idle_o,
    /// Nothing waits here (the memory's answers may be on their way).
    output logic         empty_o,
    output logic         aw_valid_o,
    input  logic         aw_ready_i,
    output logic [37:0]  aw_address_o,
    output logic         w_valid_o,
    input  logic         w_ready_i,
    output logic [511:0] w_data_o,
    output logic [63:0]  w_strobe_o,
    input  logic         b_valid_i,
    output logic         b_ready_o
);
  logic full, empty, pop, address_done_q, data_done_q;
  logic [31:0] beat;
  fc_fifo #(.Width(32 + 512 + 64), .Depth(Depth)) u_beats (
      .clk_i, .rst_ni, .push_i(write_valid_i), .data_i({write_beat_i, write_data_i, write_strobe_i}), .full_o(full), .pop_i(pop),
      .data_o({beat, w_data_o, w_strobe_o}), .empty_o(empty)
  );
  logic [15:0] unanswered_q;
  assign write_ready_o = !full;
  assign empty_o       = empty;
  assign idle_o        = empty && unanswered_q == 0;
  assign aw_address_o  = {beat, 6'd0};
  assign aw_valid_o    = !empty && !address_done_q;
  assign w_valid_o     = !empty && !data_done_q;
  assign b_ready_o     = 1'b1;
  assign pop           = !empty && (address_done_q || aw_ready_i) && (data_done_q || w_ready_i);
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      address_done_q <= 1'b0;
      data_done_q    <= 1'b0;
      unanswered_q   <= '0;
    end else begin
      address_done_q <= !pop && (address_done_q || (aw_valid_o && aw_ready_i));
      data_done_q    <= !pop && (data_done_q || (w_valid_o && w_ready_i));
      unanswered_q   <= unanswered_q + 16'(pop) - 16'(b_valid_i);
    end
  end

`ifdef FORMAL
  // Of the memory: it answers no write that it did not take, and takes no more than can be counted. Of the queue, what is proved of it: the oldest beat stands
  // until it is popped. Then: what is offered stands until it is taken, address and data of
  // a beat are handed over once each and in the same order, a beat never crosses 4 KiB, and idle means that the memory has answered for all.
  logic address_stalled_q, data_stalled_q, stands_q;
  logic [32+512+64-1:0] oldest_q;
  logic [37:0] address_q;
  logic [511:0] data_q;
  logic [63:0] strobe_q;
  logic [15:0] addresses_q, datas_q, answers_q;  // handed over, modulo 2^16
  always @(posedge clk_i) begin
    address_stalled_q <= rst_ni && aw_valid_o && !aw_ready_i;
    data_stalled_q    <= rst_ni && w_valid_o && !w_ready_i;
    address_q         <= aw_address_o;
    data_q            <= w_data_o;
    strobe_q          <= w_strobe_o;
    assume (!b_valid_i || unanswered_q != 0);
    assume (unanswered_q != 16'hffff);
    stands_q <= rst_ni && !empty && !pop;
    oldest_q <= {beat, w_data_o, w_strobe_o};
    assume (!stands_q || (!empty && {beat, w_data_o, w_strobe_o} == oldest_q));
    if (!rst_ni) begin
      addresses_q <= '0;
      datas_q     <= '0;
      answers_q   <= '0;
    end else begin
      addresses_q <= addresses_q + 16'(aw_valid_o && aw_ready_i);
      datas_q     <= datas_q + 16'(w_valid_o && w_ready_i);
      answers_q   <= answers_q + 16'(b_valid_i && b_ready_o);
      if (address_stalled_q) assert (aw_valid_o && aw_address_o == address_q);
      if (data_stalled_q) assert (w_valid_o && w_data_o == data_q && w_strobe_o == strobe_q);
      assert (aw_address_o[5:0] == 0);
      assert (!(address_done_q && data_done_q) && (!empty || (!address_done_q && !data_done_q)));
      assert (addresses_q - 16'(address_done_q) == datas_q - 16'(data_done_q));
      assert (addresses_q - 16'(address_done_q) - answers_q == unanswered_q);
      if (idle_o) assert (empty && addresses_q == datas_q && addresses_q == answers_q);
    end
  end
`endif
endmodule
