// SPDX-License-Identifier: Apache-2.0
//
// The matrix-vector engine: weights are streamed once from all memory ports and broadcast to the cores, which multiply them with the activations of the
// rows that compute, as DRS shares them out (docs/accelerator.md). Weights of a command that is queued stream ahead while the one before still runs
// or its activations are not there yet.

module fc_matvec #(
    /// A power of two.
    parameter int unsigned Cores = 4,
    /// int8 multiply-adds of a core a cycle; a power of two, at most 64 * Ports.
    parameter int unsigned Lanes = 64,
    /// Memory ports of 512 bit; a power of two.
    parameter int unsigned Ports = 4,
    /// Rows in flight.
    parameter int unsigned Rows = 32,
    /// Columns (padded) and outputs of a matrix, at the most; multiples of max(Lanes, 8 * Ports) and of 16 * Ports.
    parameter int unsigned MaxK = 1536,
    parameter int unsigned MaxN = 4096
) (
    input  logic                 clk_i,
    input  logic                 rst_ni,

    /// A command: the matrix's first beat (the same at every port), tiles of 8 outputs, words of Lanes columns, and beats of every port for Scales and for a tile.
    input  logic                 command_valid_i,
    output logic                 command_ready_o,
    input  logic [31:0]          command_beat_i,
    input  logic [15:0]          command_tiles_i,
    /* verilator lint_off UNUSEDSIGNAL */  // 16 bits whatever MaxK is
    input  logic [15:0]          command_k_words_i,
    /* verilator lint_on UNUSEDSIGNAL */
    input  logic [15:0]          command_scale_words_i,
    input  logic [15:0]          command_tile_words_i,

    /// The next command's activations are there: index register of a stretch of rows, how many they are and the first one, policy (0 static, 1 deal,
    /// 2 split), where in y its outputs go.
    input  logic                 start_valid_i,
    output logic                 start_ready_o,
    input  logic [31:0]          start_index_i,
    input  logic [5:0]           start_rows_i,
    input  logic [4:0]           start_first_i,
    input  logic [1:0]           start_policy_i,
    input  logic [15:0]          start_y_word_i,
    /// One cycle, when the last output has been written.
    output logic                 done_o,

    /// Activations and their Scales; not while a command runs that uses the row.
    input  logic                 q8_write_i,
    input  logic [4:0]           q8_row_i,
    input  logic [15:0]          q8_group_i,
    input  logic [63:0]          q8_data_i,
    input  logic                 scale_write_i,
    input  logic [4:0]           scale_row_i,
    input  logic [31:0]          scale_data_i,

    /// To the y buffer.
    output logic                 y_write_o,
    output logic [4:0]           y_row_o,
    output logic [15:0]          y_word_o,
    output logic [7:0]           y_mask_o,
    output logic [255:0]         y_data_o,

    /// AXI4 reads, port p in bits p.
    output logic [Ports-1:0]     ar_valid_o,
    input  logic [Ports-1:0]     ar_ready_i,
    output logic [Ports*38-1:0]  ar_address_o,
    output logic [Ports*8-1:0]   ar_length_o,
    input  logic [Ports-1:0]     r_valid_i,
    output logic [Ports-1:0]     r_ready_o,
    input  logic [Ports*512-1:0] r_data_i,

    /// This cycle: a command runs; by core: multiplies, waits for weights, waits for room for its sums; a beat of every port was taken; the stream
    /// had one but no free slot; it had none.
    output logic                 running_o,
    output logic                 mapping_o,
    output logic [Cores-1:0]     core_busy_o,
    output logic [Cores-1:0]     core_wait_weights_o,
    output logic [Cores-1:0]     core_wait_packets_o,
    output logic                 stream_beat_o,
    output logic                 stream_full_o,
    output logic                 stream_empty_o,
    /// Of the running command: rows that compute.
    output logic [5:0]           computing_o
);
  localparam int unsigned WideBits = 512 * Ports;
  localparam int unsigned TileWords = 8 * MaxK / (64 * Ports);
  localparam int unsigned TileBits = $clog2(TileWords + 1);
  localparam int unsigned KBits = $clog2(MaxK / Lanes + 1);
  localparam int unsigned Groups = 2 * Ports;
  localparam int unsigned ScaleBits = $clog2((MaxN / 8 + Groups - 1) / Groups + 1);

  // ---- Commands, to the readers, to the stream, and to the cores -------------------------------------------------------
  logic [Ports-1:0] reader_ready;
  logic stream_queue_full, core_queue_full, stream_queue_empty, core_queue_empty, stream_pop, core_pop;
  logic [15:0] stream_tiles, stream_scale_words, stream_tile_words, core_tiles;
  logic [KBits-1:0] core_k_words;
  logic accept;
  assign command_ready_o = &reader_ready && !stream_queue_full && !core_queue_full;
  assign accept          = command_valid_i && command_ready_o;

  fc_fifo #(.Width(48), .Depth(2)) u_stream_queue (
      .clk_i, .rst_ni, .push_i(accept), .data_i({command_tiles_i, command_scale_words_i, command_tile_words_i}),
      .full_o(stream_queue_full), .pop_i(stream_pop), .data_o({stream_tiles, stream_scale_words, stream_tile_words}),
      .empty_o(stream_queue_empty)
  );
  fc_fifo #(.Width(16 + KBits), .Depth(2)) u_core_queue (
      .clk_i, .rst_ni, .push_i(accept), .data_i({command_tiles_i, command_k_words_i[KBits-1:0]}),
      .full_o(core_queue_full), .pop_i(core_pop), .data_o({core_tiles, core_k_words}), .empty_o(core_queue_empty)
  );

  logic [31:0] command_words;
  assign command_words = 32'(command_scale_words_i) + 32'(command_tiles_i) * 32'(command_tile_words_i);

  logic [Ports-1:0] beat_valid;
  logic [WideBits-1:0] wide;
  logic wide_valid, wide_take;
  for (genvar p = 0; p < Ports; p++) begin : g_port
    fc_port_reader u_reader (
        .clk_i, .rst_ni, .command_valid_i(accept), .command_ready_o(reader_ready[p]), .command_beat_i,
        .command_beats_i(command_words), .ar_valid_o(ar_valid_o[p]), .ar_ready_i(ar_ready_i[p]),
        .ar_address_o(ar_address_o[p*38+:38]), .ar_length_o(ar_length_o[p*8+:8]), .r_valid_i(r_valid_i[p]),
        .r_ready_o(r_ready_o[p]), .r_data_i(r_data_i[p*512+:512]), .beat_valid_o(beat_valid[p]),
        .beat_ready_i(wide_take), .beat_o(wide[p*512+:512])
    );
  end
  assign wide_valid = &beat_valid;

  // ---- The stream: Scales, then tiles, into slots -----------------------------------------------------------------------
  logic in_tiles_q;                    // the command's Scales are there
  logic [15:0] word_q, tile_q;
  logic [1:0] ahead_q;                 // commands whose Scales hold a slot
  logic scale_slot_q;                  // that the stream fills
  logic [15:0] loaded_q, retired_q, finished_total, finished_least;  // tiles since reset
  logic room, done, scale_part;

  assign scale_part = !in_tiles_q;
  assign room       = !stream_queue_empty && (scale_part ? ahead_q != 2'd2 : loaded_q - finished_total < 16'd2);
  assign wide_take  = wide_valid && room;
  logic last_scale_word, last_tile_word;
  assign last_scale_word = word_q + 16'd1 == stream_scale_words;
  assign last_tile_word  = word_q + 16'd1 == stream_tile_words;
  assign stream_pop      = wide_take && in_tiles_q && last_tile_word && tile_q + 16'd1 == stream_tiles;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      in_tiles_q   <= 1'b0;
      word_q       <= '0;
      tile_q       <= '0;
      ahead_q      <= '0;
      scale_slot_q <= 1'b0;
      loaded_q     <= '0;
    end else begin
      ahead_q <= ahead_q + 2'(stream_pop) - 2'(done);
      if (wide_take) begin
        word_q <= word_q + 16'd1;
        if (scale_part && last_scale_word) begin
          in_tiles_q <= 1'b1;
          word_q     <= '0;
        end
        if (in_tiles_q && last_tile_word) begin
          word_q   <= '0;
          tile_q   <= tile_q + 16'd1;
          loaded_q <= loaded_q + 16'd1;
        end
        if (stream_pop) begin
          in_tiles_q   <= 1'b0;
          tile_q       <= '0;
          scale_slot_q <= !scale_slot_q;
        end
      end
    end
  end

  // ---- DRS and the cores ------------------------------------------------------------------------------------------------------
  logic running_q, mapping, mapped, slot_q;
  logic [15:0] y_word_q;
  logic [159:0] stretch_map, map;  // counted from the stretch's first row, and from row 0
  logic [4:0] first_q;
  logic [Cores*9-1:0] map_first, map_limit;
  logic [8:0] map_step, map_turn;
  logic [1:0] granule_log2;
  logic waiting_q;  // between the start and the mapping's end
  assign start_ready_o = !running_q && !waiting_q && !core_queue_empty;

  fc_drs #(.Cores(Cores)) u_drs (
      .clk_i, .rst_ni, .valid_i(start_valid_i && start_ready_o), .index_i(start_index_i), .rows_i(start_rows_i),
      .policy_i(start_policy_i), .mapped_o(mapped), .busy_o(mapping), .map_o(stretch_map), .first_o(map_first),
      .limit_o(map_limit), .step_o(map_step), .turn_o(map_turn), .granule_log2_o(granule_log2), .computing_o
  );

  for (genvar r = 0; r < 32; r++) begin : g_map
    assign map[r*5+:5] = first_q + stretch_map[r*5+:5];
  end

  logic [Cores-1:0] idle, packet_valid, packet_ready;
  logic [Cores*5-1:0] packet_row;
  logic [Cores*16-1:0] packet_tile, finished;
  logic [Cores*8-1:0] packet_mask;
  logic [Cores*256-1:0] packet_sums;
  logic collecting;
  logic [15:0] loaded;
  assign loaded = loaded_q - retired_q;

  for (genvar c = 0; c < Cores; c++) begin : g_core
    fc_core #(.Cores(Cores), .Lanes(Lanes), .Ports(Ports), .Rows(Rows), .MaxK(MaxK)) u_core (
        .clk_i, .rst_ni, .q8_write_i, .q8_row_i, .q8_group_i, .q8_data_i,
        .tile_write_i(wide_take && in_tiles_q), .tile_slot_i(loaded_q[0]), .tile_word_i(TileBits'(word_q)),
        .tile_data_i(wide),
        .start_i(mapped), .k_words_i(core_k_words), .tiles_i(core_tiles), .first_slot_i(retired_q[0]),
        .map_i(map), .map_first_i(map_first[c*9+:9]), .map_limit_i(map_limit[c*9+:9]), .map_step_i(map_step),
        .map_turn_i(map_turn), .granule_log2_i(granule_log2),
        .loaded_i(loaded), .finished_o(finished[c*16+:16]), .idle_o(idle[c]), .busy_o(core_busy_o[c]),
        .wait_weights_o(core_wait_weights_o[c]), .wait_packets_o(core_wait_packets_o[c]),
        .packet_valid_o(packet_valid[c]), .packet_ready_i(packet_ready[c]), .packet_row_o(packet_row[c*5+:5]),
        .packet_tile_o(packet_tile[c*16+:16]), .packet_mask_o(packet_mask[c*8+:8]),
        .packet_sums_o(packet_sums[c*256+:256])
    );
  end

  always_comb begin
    finished_least = finished[15:0];
    for (int unsigned c = 1; c < Cores; c++)
      if (finished[c*16+:16] < finished_least) finished_least = finished[c*16+:16];
  end
  assign finished_total = retired_q + (running_q ? finished_least : 16'd0);

  fc_collector #(.Cores(Cores), .Ports(Ports), .Rows(Rows), .MaxN(MaxN)) u_collector (
      .clk_i, .rst_ni, .scale_write_i, .scale_row_i, .scale_data_i,
      .weight_scale_write_i(wide_take && scale_part), .weight_scale_slot_i(scale_slot_q),
      .weight_scale_word_i(ScaleBits'(word_q)), .weight_scale_data_i(wide), .slot_i(slot_q), .y_word_i(y_word_q),
      .packet_valid_i(packet_valid), .packet_ready_o(packet_ready), .packet_row_i(packet_row),
      .packet_tile_i(packet_tile), .packet_mask_i(packet_mask), .packet_sums_i(packet_sums), .y_write_o, .y_row_o,
      .y_word_o, .y_mask_o, .y_data_o, .busy_o(collecting)
  );

  assign done     = running_q && &idle && !collecting;
  assign core_pop = done;
  assign done_o   = done;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      running_q <= 1'b0;
      waiting_q <= 1'b0;
      slot_q    <= 1'b0;
      y_word_q  <= '0;
      first_q   <= '0;
      retired_q <= '0;
    end else begin
      if (start_valid_i && start_ready_o) begin
        waiting_q <= 1'b1;
        y_word_q  <= start_y_word_i;
        first_q   <= start_first_i;
      end
      if (mapped) begin
        waiting_q <= 1'b0;
        running_q <= 1'b1;
      end
      if (done) begin
        running_q <= 1'b0;
        slot_q    <= !slot_q;
        retired_q <= retired_q + core_tiles;
      end
    end
  end

  assign running_o      = running_q;
  assign mapping_o      = mapping;
  assign stream_beat_o  = wide_take;
  assign stream_full_o  = wide_valid && !room;
  assign stream_empty_o = !wide_valid && !stream_queue_empty;

`ifndef SYNTHESIS
  logic [31:0] at_work_q;  // rows of the product that was started last
  always_ff @(posedge clk_i) begin
    if (start_valid_i && start_ready_o) at_work_q <= start_index_i << start_first_i;
    assert (!((running_q || waiting_q) && q8_write_i && at_work_q[q8_row_i])) else $error("activations change while they are multiplied");
  end
`endif
endmodule
