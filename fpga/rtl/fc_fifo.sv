// SPDX-License-Identifier: Apache-2.0
//
// A queue: what is pushed in a cycle can be popped from the next one on.

module fc_fifo #(
    /// Bits of an entry.
    parameter int unsigned Width = 8,
    /// Entries; a power of two.
    parameter int unsigned Depth = 4,
    localparam int unsigned AddressBits = $clog2(Depth)
) (
    input  logic                 clk_i,
    input  logic                 rst_ni,
    /// Not heeded while full.
    input  logic                 push_i,
    input  logic [Width-1:0]     data_i,
    output logic                 full_o,
    /// Not heeded while empty.
    input  logic                 pop_i,
    /// The oldest entry; of meaning while not empty.
    output logic [Width-1:0]     data_o,
    output logic                 empty_o
);
  logic [Width-1:0] entries[Depth];
  logic [AddressBits:0] head_q, tail_q;

  assign full_o  = (tail_q - head_q) == (AddressBits + 1)'(Depth);
  assign empty_o = tail_q == head_q;
  assign data_o  = entries[head_q[AddressBits-1:0]];

  always_ff @(posedge clk_i) begin
    if (push_i && !full_o) entries[tail_q[AddressBits-1:0]] <= data_i;
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      head_q <= '0;
      tail_q <= '0;
    end else begin
      if (push_i && !full_o) tail_q <= tail_q + 1'b1;
      if (pop_i && !empty_o) head_q <= head_q + 1'b1;
    end
  end

`ifdef FORMAL
  // One item, whichever: it leaves as it came, when those before it have left. The oldest stands until it is popped.
  logic stands_q;
  logic [Width-1:0] oldest_q;
  (* anyconst *) logic [Width-1:0] item;
  (* anyseq *) logic watch;
  logic watched_q;
  logic [AddressBits:0] place_q, fill;
  assign fill = tail_q - head_q;
  always @(posedge clk_i) begin
    stands_q <= rst_ni && !empty_o && !pop_i;
    oldest_q <= data_o;
    if (!rst_ni) watched_q <= 1'b0;
    else begin
      assert (fill <= (AddressBits + 1)'(Depth));
      if (stands_q) assert (!empty_o && data_o == oldest_q);
      if (watched_q) begin
        assert ((place_q - head_q) < fill);
        assert (entries[place_q[AddressBits-1:0]] == item);
        if (place_q == head_q) assert (!empty_o && data_o == item);
      end
      if (!watched_q && watch && push_i && !full_o && data_i == item) begin
        watched_q <= 1'b1;
        place_q   <= tail_q;
      end else if (watched_q && pop_i && place_q == head_q) watched_q <= 1'b0;
    end
  end
`endif
endmodule
