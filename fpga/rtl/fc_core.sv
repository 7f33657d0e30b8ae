// SPDX-License-Identifier: Apache-2.0
//
// A core: Lanes multiply-adds a cycle on the activations of any row and one of the weight tiles, of which it holds copies. It walks
// through the tiles of a command by itself: which (row, outputs) of a tile are its own follows from the mapping that it is given (docs/accelerator.md, "The
// matrix-vector engine"). Sums leave as packets of up to 8 outputs of one row.

module fc_core #(
    /// How many cores there are; a power of two.
    parameter int unsigned Cores = 4,
    parameter int unsigned Lanes = 64,
    parameter int unsigned Ports = 4,
    parameter int unsigned Rows = 32,
    parameter int unsigned MaxK = 512,
    localparam int unsigned KWords = MaxK / Lanes,
    localparam int unsigned WideBits = 512 * Ports,
    localparam int unsigned Banks = WideBits / (Lanes * 8),
    localparam int unsigned TileWords = 8 * MaxK / (64 * Ports),
    localparam int unsigned KBits = $clog2(KWords + 1),
    localparam int unsigned TileBits = $clog2(TileWords + 1)
) (
    input  logic                clk_i,
    input  logic                rst_ni,
    /// Activations: 8 int8 of row `q8_row_i`, from column 8 * `q8_group_i` on.
    input  logic                q8_write_i,
    input  logic [4:0]          q8_row_i,
    input  logic [15:0]         q8_group_i,
    input  logic [63:0]         q8_data_i,
    /// Weights: one beat of every port, into a slot.
    input  logic                tile_write_i,
    input  logic                tile_slot_i,
    input  logic [TileBits-1:0] tile_word_i,
    input  logic [WideBits-1:0] tile_data_i,
    /// A command: pulse, and what holds until `idle_o`.
    input  logic                start_i,
    input  logic [KBits-1:0]    k_words_i,
    input  logic [15:0]         tiles_i,
    input  logic                first_slot_i,
    /// Mapping: the rows that compute, in order, 5 bits each; the entries [first, limit) in steps that are this core's in the first tile;
    /// how much the first one moves on, tile by tile; log2 of the granules that a row's 8 outputs are cut in.
    input  logic [159:0]        map_i,
    input  logic [8:0]          map_first_i,
    input  logic [8:0]          map_limit_i,
    input  logic [8:0]          map_step_i,
    input  logic [8:0]          map_turn_i,
    input  logic [1:0]          granule_log2_i,
    /// Tiles of this command that are there, and that this core needs no more.
    input  logic [15:0]         loaded_i,
    output logic [15:0]         finished_o,
    output logic                idle_o,
    /// This cycle: multiplies; waits for weights; waits for room for its sums.
    output logic                busy_o,
    output logic                wait_weights_o,
    output logic                wait_packets_o,
    /// Sums of the outputs in `packet_mask_o` of one row and tile.
    output logic                packet_valid_o,
    input  logic                packet_ready_i,
    output logic [4:0]          packet_row_o,
    output logic [15:0]         packet_tile_o,
    output logic [7:0]          packet_mask_o,
    output logic [255:0]        packet_sums_o
);
  localparam int unsigned DotStages = $clog2(Lanes) + 1;
  localparam int unsigned Packets = 8;  // that can be on the way or wait
  localparam int unsigned AddressBits = $clog2(TileWords * Banks + 1);
  localparam int unsigned QBits = $clog2(Rows * KWords);
  localparam int unsigned TagBits = 1 + 1 + 1 + 1 + 3 + 5 + 16 + 8;

  // ---- Where the core stands -------------------------------------------------------------------------------------------
  logic active_q;
  logic [15:0] tile_q;
  logic [8:0] entry_q, start_q;
  logic [3:0] output_q;  // within the granule
  logic [KBits-1:0] k_q;
  logic [AddressBits-1:0] address_q;  // of the tile's next word, in words of Lanes bytes
  logic [3:0] in_flight_q;

  logic [3:0] outputs;
  logic [2:0] first_output;
  logic [4:0] row;
  logic [4:0] map_index;
  logic has_work, have_room, issue, first_word, last_word, last_output, ends_tile;
  logic [8:0] next_entry, next_start;
  logic [2:0] next_output;
  logic tile_ready;

  assign outputs      = 4'd8 >> granule_log2_i;
  assign map_index    = 5'(entry_q >> granule_log2_i);
  assign row          = map_i[map_index*5+:5];
  assign has_work     = entry_q < map_limit_i;
  assign tile_ready   = loaded_i > tile_q;
  assign first_word   = k_q == 0 && output_q == 0;
  assign have_room    = !first_word || in_flight_q != 4'(Packets);
  assign issue        = active_q && has_work && tile_ready && have_room;
  assign last_word    = k_q == k_words_i - 1'b1;
  assign last_output  = output_q == outputs - 1'b1;
  assign next_entry   = entry_q + map_step_i;
  // The next tile's first entry: this one's moved on by the turn, within the cores.
  assign next_start   = map_turn_i == 0 ? start_q
                      : start_q >= map_turn_i ? start_q - map_turn_i : start_q + 9'(Cores) - map_turn_i;
  assign ends_tile    = active_q && tile_ready
                      && (!has_work || (issue && last_word && last_output && next_entry >= map_limit_i));

  // The first of a granule's 8 outputs.
  function automatic logic [2:0] first_of(input logic [2:0] entry, input logic [1:0] log2);
    unique case (log2)
      2'd0: first_of = 3'd0;
      2'd1: first_of = {entry[0], 2'd0};
      2'd2: first_of = {entry[1:0], 1'd0};
      default: first_of = entry[2:0];
    endcase
  endfunction

  assign first_output = first_of(entry_q[2:0], granule_log2_i);
  assign next_output  = first_of(ends_tile ? next_start[2:0] : next_entry[2:0], granule_log2_i);

  assign busy_o         = issue;
  assign wait_weights_o = active_q && !tile_ready;
  assign wait_packets_o = active_q && has_work && tile_ready && !have_room;
  assign finished_o     = tile_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      active_q  <= 1'b0;
      tile_q    <= '0;
      entry_q   <= '0;
      start_q   <= '0;
      output_q  <= '0;
      k_q       <= '0;
      address_q <= '0;
    end else if (start_i) begin
      active_q  <= 1'b1;
      tile_q    <= '0;
      entry_q   <= map_first_i;
      start_q   <= map_first_i;
      output_q  <= '0;
      k_q       <= '0;
      address_q <= AddressBits'(first_of(map_first_i[2:0], granule_log2_i)) * AddressBits'(k_words_i);
    end else begin
      if (issue) begin
        k_q       <= last_word ? '0 : k_q + 1'b1;
        address_q <= address_q + 1'b1;
        if (last_word) begin
          output_q <= last_output ? '0 : output_q + 1'b1;
          if (last_output) begin
            entry_q   <= next_entry;
            address_q <= AddressBits'(next_output) * AddressBits'(k_words_i);
          end
        end
      end
      if (ends_tile) begin
        tile_q    <= tile_q + 1'b1;
        active_q  <= tile_q + 1'b1 != tiles_i;
        entry_q   <= next_start;
        start_q   <= next_start;
        address_q <= AddressBits'(next_output) * AddressBits'(k_words_i);
      end
    end
  end

  // ---- Memories: activations of every row, two slots of weights -------------------------------------------------------
  logic [Lanes*8-1:0] q8_word_q, tile_word_q;
  logic [QBits-1:0] q8_read;
  logic tile_slot;
  assign q8_read   = QBits'(row) * QBits'(KWords) + QBits'(k_q);
  assign tile_slot = first_slot_i ^ tile_q[0];

  for (genvar g = 0; g < Lanes / 8; g++) begin : g_q8
    logic [63:0] memory[Rows*KWords];
    logic [QBits-1:0] write_address;
    assign write_address = QBits'(q8_row_i) * QBits'(KWords) + QBits'(q8_group_i / 16'(Lanes / 8));
    always_ff @(posedge clk_i) begin
      if (q8_write_i && q8_group_i % 16'(Lanes / 8) == 16'(g)) memory[write_address] <= q8_data_i;
      q8_word_q[g*64+:64] <= memory[q8_read];
    end
  end

  logic [Lanes*8-1:0] bank_words[Banks];
  localparam int unsigned BankBits = Banks > 1 ? $clog2(Banks) : 1;
  logic [BankBits-1:0] bank_q;
  for (genvar b = 0; b < Banks; b++) begin : g_bank
    logic [Lanes*8-1:0] memory[2*TileWords];
    logic [Lanes*8-1:0] word_q;
    localparam int unsigned MemoryBits = $clog2(2 * TileWords);
    logic [MemoryBits-1:0] write_address, read_address;
    assign write_address = (tile_slot_i ? MemoryBits'(TileWords) : '0) + MemoryBits'(tile_word_i);
    assign read_address  = (tile_slot ? MemoryBits'(TileWords) : '0) + MemoryBits'(address_q / AddressBits'(Banks));
    always_ff @(posedge clk_i) begin
      if (tile_write_i) memory[write_address] <= tile_data_i[b*Lanes*8+:Lanes*8];
      word_q <= memory[read_address];
    end
    assign bank_words[b] = word_q;
  end
  always_ff @(posedge clk_i) bank_q <= Banks > 1 ? BankBits'(address_q % AddressBits'(Banks)) : '0;
  assign tile_word_q = bank_words[bank_q];

  // ---- Products, sums, packets ----------------------------------------------------------------------------------------
  logic signed [31:0] product;
  fc_dot #(.Lanes(Lanes)) u_dot (.clk_i, .enable_i(1'b1), .a_i(q8_word_q), .b_i(tile_word_q), .sum_o(product));

  logic [7:0] granule_mask;
  assign granule_mask = ((8'd1 << outputs) - 8'd1) << first_output;
  logic [TagBits-1:0] tag, late;
  assign tag = {issue, k_q == 0, last_word, last_word && last_output, first_output + output_q[2:0], row, tile_q,
                outputs == 4'd8 ? 8'hff : granule_mask};
  logic [TagBits-1:0] tags_q[DotStages+1];
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      for (int unsigned s = 0; s <= DotStages; s++) tags_q[s] <= '0;
    end else begin
      tags_q[0] <= tag;
      for (int unsigned s = 1; s <= DotStages; s++) tags_q[s] <= tags_q[s-1];
    end
  end
  assign late = tags_q[DotStages];

  logic late_valid, late_first, late_last, late_packet;
  logic [2:0] late_output;
  logic [28:0] late_rest;
  assign {late_valid, late_first, late_last, late_packet, late_output, late_rest} = late;

  logic signed [31:0] sum_q, sum;
  logic [255:0] sums_q, sums;
  assign sum = late_first ? product : sum_q + product;
  always_comb begin
    sums = sums_q;
    sums[late_output*32+:32] = sum;
  end
  always_ff @(posedge clk_i) begin
    if (late_valid) sum_q <= sum;
    if (late_valid && late_last) sums_q <= sums;
  end

  logic full, empty;
  fc_fifo #(.Width(29 + 256), .Depth(Packets)) u_packets (
      .clk_i, .rst_ni, .push_i(late_valid && late_packet), .data_i({late_rest, sums}), .full_o(full),
      .pop_i(packet_ready_i), .data_o({packet_row_o, packet_tile_o, packet_mask_o, packet_sums_o}), .empty_o(empty)
  );
  assign packet_valid_o = !empty;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) in_flight_q <= '0;
    else in_flight_q <= in_flight_q + 4'(issue && first_word) - 4'(packet_valid_o && packet_ready_i);
  end
  assign idle_o = !active_q && in_flight_q == 0;

`ifdef FORMAL
  // Of whoever starts it: not while it works, and what holds until then holds. Entries [first, limit) in steps of one (fixed shares) or of all cores. Of the queue of
  // packets, what is proved of it: it is empty and full when its count says so.
  // Then, for any entry of any tile: it is multiplied whole, word by word with its own weights, where it is this core's, and not at all where it is not; where
  // entries are dealt, it is this core's where it is behind (first - tile * turn) by a whole number of rounds, so the cores' entries are all of them, each once.
  // And the core does not idle: it multiplies in every cycle in which its tile is there and its sums find room, and stands at the next tile at once.
  (* anyconst *) logic [8:0] watched_entry;
  (* anyconst *) logic [15:0] watched_tile;
  localparam int unsigned CoreBits = $clog2(Cores);
  localparam int unsigned SettingBits = KBits + 16 + 4 * 9 + 2;
  logic [SettingBits-1:0] settings, settings_q;
  assign settings = {k_words_i, tiles_i, map_first_i, map_limit_i, map_step_i, map_turn_i, granule_log2_i};
  logic begun_q, through_q, owned_q, mine, dealt;
  logic [CoreBits-1:0] turned;  // where the tile's first entry is, in the round
  assign turned     = CoreBits'(map_first_i) - CoreBits'(tile_q) * CoreBits'(map_turn_i);
  logic [15:0] words_q, whole, done_words, asked_q, whole_q;  // asked for: tiles, and words of an entry
  logic [4:0] waiting_q, coming;  // packets: in the queue; and all that in_flight_q counts
  assign dealt      = map_step_i == 9'(Cores);
  assign mine       = watched_entry >= start_q && watched_entry < map_limit_i && ((watched_entry - start_q) & (map_step_i - 9'd1)) == 0;
  assign whole      = 16'(k_words_i) << (2'd3 - granule_log2_i);
  assign done_words = 16'(output_q) * 16'(k_words_i) + 16'(k_q);
  always_comb begin
    coming = waiting_q + 5'(active_q && (k_q != 0 || output_q != 0));
    for (int unsigned s = 0; s <= DotStages; s++) coming = coming + 5'(tags_q[s][TagBits-1] && tags_q[s][TagBits-4]);
  end
  always @(posedge clk_i) begin
    assume (!start_i || idle_o);
    assume (!active_q || settings == settings_q);
    assume (k_words_i >= 1 && k_words_i <= KBits'(KWords) && tiles_i >= 1 && map_limit_i <= 9'd256);
    assume (dealt ? map_first_i < 9'(Cores) && map_turn_i < 9'(Cores)
                  : map_step_i == 9'd1 && map_turn_i == 0 && granule_log2_i == 0 && map_first_i <= map_limit_i && map_limit_i <= 9'd32);
    assume (empty == (waiting_q == 0) && full == (waiting_q == 5'(Packets)));
    if (!rst_ni) begin
      begun_q   <= 1'b0;
      through_q <= 1'b0;
      waiting_q <= '0;
    end else begin
      waiting_q <= waiting_q + 5'(late_valid && late_packet && !full) - 5'(packet_valid_o && packet_ready_i);
      if (start_i) begin
        begun_q    <= 1'b1;
        settings_q <= settings;
        asked_q    <= tiles_i;
        whole_q    <= whole;
        words_q    <= '0;
        through_q  <= 1'b0;
        owned_q    <= 1'b0;
      end else begin
        if (issue && tile_q == watched_tile && entry_q == watched_entry) words_q <= words_q + 16'd1;
        if (ends_tile && tile_q == watched_tile) begin
          through_q <= 1'b1;
          owned_q   <= mine;
        end
      end

      assert (waiting_q <= 5'(Packets) && in_flight_q <= 4'(Packets) && coming == 5'(in_flight_q));
      assert (!(late_valid && late_packet && full));
      assert (!active_q || begun_q);
      if (active_q) begin
        assert (tile_q < tiles_i && k_q < k_words_i && output_q < outputs);
        assert (entry_q >= start_q && ((entry_q - start_q) & (map_step_i - 9'd1)) == 0);
        if (dealt) assert (start_q < 9'(Cores) && start_q[CoreBits-1:0] == turned);
        else assert (start_q == map_first_i);
        assert (entry_q < map_limit_i || (entry_q == start_q && k_q == 0 && output_q == 0));
        if (has_work) assert (address_q == AddressBits'((16'(first_output) + 16'(output_q)) * 16'(k_words_i) + 16'(k_q)));
        assert (issue || !has_work || !tile_ready || in_flight_q == 4'(Packets));
        if (tile_q < watched_tile) assert (words_q == 0 && !through_q);
        if (tile_q == watched_tile) begin
          assert (!through_q);
          assert (words_q == (!mine || watched_entry > entry_q ? 16'd0 : watched_entry == entry_q ? done_words : whole));
        end
        if (tile_q > watched_tile) assert (through_q);
        if (through_q) assert (words_q == (owned_q ? whole : 16'd0));
      end
      if (begun_q && !active_q) begin
        assert (tile_q == asked_q && through_q == (watched_tile < asked_q));
        if (through_q) assert (words_q == (owned_q ? whole_q : 16'd0));
      end
      if (active_q) assert (asked_q == tiles_i && whole_q == whole);
    end
  end
`elsif SYNTHESIS
`else
  always_ff @(posedge clk_i)
    assert (!(late_valid && late_packet && full)) else $error("a packet is lost");
`endif
endmodule
