// SPDX-License-Identifier: Apache-2.0
//
// Several readers on one AXI4 port. Each has an ID of its own, by which the beats find their way back; an address that was offered stands until it is
// taken, and the turn goes round.

module fc_read_mux #(
    /// At most 4.
    parameter int unsigned Readers = 2,
    localparam int unsigned IdBits = 2
) (
    input  logic                   clk_i,
    input  logic                   rst_ni,
    input  logic [Readers-1:0]     ar_valid_i,
    output logic [Readers-1:0]     ar_ready_o,
    input  logic [Readers*38-1:0]  ar_address_i,
    input  logic [Readers*8-1:0]   ar_length_i,
    output logic [Readers-1:0]     r_valid_o,
    input  logic [Readers-1:0]     r_ready_i,
    output logic                   ar_valid_o,
    input  logic                   ar_ready_i,
    output logic [IdBits-1:0]      ar_id_o,
    output logic [37:0]            ar_address_o,
    output logic [7:0]             ar_length_o,
    input  logic                   r_valid_i,
    output logic                   r_ready_o,
    input  logic [IdBits-1:0]      r_id_i
);
  logic [IdBits-1:0] chosen, chosen_q, candidate;
  logic held_q;  // the address of chosen_q was offered and not taken
  logic [3:0] offers, ready;
  assign offers = 4'(ar_valid_i);
  assign ready  = 4'(r_ready_i);
  always_comb begin
    chosen    = chosen_q;
    candidate = '0;
    if (!held_q)
      for (int unsigned i = 4; i > 0; i--) begin  // the nearest behind the last one wins
        candidate = chosen_q + IdBits'(i);
        if (offers[candidate]) chosen = candidate;
      end
  end
  assign ar_valid_o   = |ar_valid_i;
  assign ar_id_o      = chosen;
  assign ar_address_o = ar_address_i[32'(chosen)*38+:38];
  assign ar_length_o  = ar_length_i[32'(chosen)*8+:8];
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      chosen_q <= '0;
      held_q   <= 1'b0;
    end else begin
      chosen_q <= chosen;
      held_q   <= ar_valid_o && !ar_ready_i;
    end
  end
  for (genvar i = 0; i < Readers; i++) begin : g_reader
    assign ar_ready_o[i] = ar_ready_i && chosen == IdBits'(i);
    assign r_valid_o[i]  = r_valid_i && r_id_i == IdBits'(i);
  end
  assign r_ready_o = ready[r_id_i];

`ifdef FORMAL
  // Of the readers: an address that was offered stands. Then it stands here too, with its ID, until it is taken, and no other is taken meanwhile; and whoever
  // offers an address waits for three others at the most.
  (* anyconst *) logic [IdBits-1:0] patient;
  logic [2:0] others_q, behind;  // taken since the patient reader offered; how far its turn is off
  logic waits;
  assign waits  = offers[patient];
  assign behind = !held_q && patient == chosen_q ? 3'd4 : {1'b0, patient - chosen_q};
  logic [Readers-1:0] offered_q;
  logic [Readers*38-1:0] addresses_q;
  logic [Readers*8-1:0] lengths_q;
  logic stalled_q;
  logic [IdBits-1:0] id_q;
  logic [37:0] address_q;
  logic [7:0] length_q;
  always @(posedge clk_i) begin
    offered_q   <= rst_ni ? ar_valid_i & ~ar_ready_o : '0;
    addresses_q <= ar_address_i;
    lengths_q   <= ar_length_i;
    for (int unsigned i = 0; i < Readers; i++)
      assume (!offered_q[i] || (ar_valid_i[i] && ar_address_i[i*38+:38] == addresses_q[i*38+:38] && ar_length_i[i*8+:8] == lengths_q[i*8+:8]));
    others_q  <= !rst_ni || !waits || (ar_ready_i && chosen == patient) ? '0 : others_q + 3'(ar_ready_i);
    stalled_q <= rst_ni && ar_valid_o && !ar_ready_i;
    id_q      <= ar_id_o;
    address_q <= ar_address_o;
    length_q  <= ar_length_o;
    if (rst_ni) begin
      assert (held_q == stalled_q);
      if (stalled_q) begin
        assert (chosen_q == id_q && offered_q[id_q]);
        assert (addresses_q[32'(id_q)*38+:38] == address_q && lengths_q[32'(id_q)*8+:8] == length_q);
        assert (ar_valid_o && ar_id_o == id_q && ar_address_o == address_q && ar_length_o == length_q);
      end
      if (ar_valid_o) assert (ar_valid_i[ar_id_o]);
      if (waits) assert (others_q <= 3'd3 && others_q + behind <= (held_q ? 3'd3 : 3'd4));
      assert ((ar_ready_o & (ar_ready_o - 1'b1)) == '0);
    end
  end
`endif
endmodule
