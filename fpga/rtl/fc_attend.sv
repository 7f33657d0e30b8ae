// SPDX-License-Identifier: Apache-2.0
//
// Attention of one query head at a time over the keys and values that lie behind one memory port, a position a cycle, and the head's share of a TAS:
// the same without values (docs/accelerator.md, "Attention", "TAS"). Reads of the next job begin as soon as those of the one before are asked for.

module fc_attend #(
    /// Of a sequence, at the most; a multiple of 16.
    parameter int unsigned MaxPositions = 1024,
    /// Numbers in a head, at the most: 64 or 128. Where a head has more than 64 a position is two beats, and takes two cycles.
    parameter int unsigned MaxHead = 64,
    localparam int unsigned PositionBits = $clog2(MaxPositions),
    localparam int unsigned JobBits = MaxHead * 8 + 32 + 32 + 4 * 32 + 3 * 16 + 5 + 16 + 5 + 1
) (
    input  logic         clk_i,
    input  logic         rst_ni,

    /// A job: the query's int8 and Scale; the constant that makes scores of products; where keys, values and their Scales begin (beats);
    /// visible positions [0, sinks) and [from, end); whose it is: row, the word of y that takes the result (or what the TAS is known by), words of a head.
    input  logic         job_valid_i,
    output logic         job_ready_o,
    input  logic         job_tas_i,
    input  logic [MaxHead*8-1:0] job_query_i,
    input  logic [31:0]  job_scale_i,
    input  logic [31:0]  job_constant_i,
    input  logic [31:0]  job_keys_i,
    input  logic [31:0]  job_values_i,
    input  logic [31:0]  job_key_scales_i,
    input  logic [31:0]  job_value_scales_i,
    input  logic [15:0]  job_sinks_i,
    input  logic [15:0]  job_from_i,
    input  logic [15:0]  job_end_i,
    input  logic [4:0]   job_row_i,
    input  logic [15:0]  job_word_i,
    input  logic [4:0]   job_words_i,
    output logic         idle_o,

    /// Results: words of y, and TAS.
    output logic         y_valid_o,
    input  logic         y_ready_i,
    output logic [4:0]   y_row_o,
    output logic [15:0]  y_word_o,
    output logic [255:0] y_data_o,
    output logic         tas_valid_o,
    input  logic         tas_ready_i,
    output logic [4:0]   tas_row_o,
    output logic [15:0]  tas_word_o,
    output logic [31:0]  tas_score_o,

    /// AXI4 reads.
    output logic         ar_valid_o,
    input  logic         ar_ready_i,
    output logic [37:0]  ar_address_o,
    output logic [7:0]   ar_length_o,
    input  logic         r_valid_i,
    output logic         r_ready_o,
    input  logic [511:0] r_data_i,

    /// This cycle: a key or a value is worked on.
    output logic         busy_o
);
  // ---- Jobs: one is asked for while another is worked on --------------------------------------------------------------------
  logic job_take, work_full, work_empty, work_pop, asking_q;
  logic [JobBits-1:0] work;
  assign job_ready_o = !asking_q && !work_full;
  assign job_take    = job_valid_i && job_ready_o;
  assign idle_o      = work_empty && !asking_q && !y_valid_o && !tas_valid_o;
  fc_fifo #(.Width(JobBits), .Depth(2)) u_work (
      .clk_i, .rst_ni, .push_i(job_take),
      .data_i({job_tas_i, job_words_i, job_word_i, job_row_i, job_end_i, job_from_i, job_sinks_i, job_value_scales_i, job_key_scales_i,
               job_values_i, job_keys_i, job_constant_i, job_scale_i, job_query_i}),
      .full_o(work_full), .pop_i(work_pop), .data_o(work), .empty_o(work_empty)
  );
  logic tas, wide;
  logic [4:0] head_words;
  logic [15:0] y_word, last_end, from, sinks;
  logic [4:0] row;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [127:0] unused_places;
  /* verilator lint_on UNUSEDSIGNAL */
  logic [31:0] constant, query_scale;
  logic [MaxHead*8-1:0] query;
  assign {tas, head_words, y_word, row, last_end, from, sinks, unused_places, constant, query_scale, query} = work;
  assign wide = MaxHead > 64 && head_words > 5'd8;

  // ---- Asking: Scales of keys, keys, Scales of values, values; of each the sinks' stretch and the window's --------------
  logic ask_tas_q, ask_wide_q;
  logic [2:0] stretch_q;
  logic [31:0] ask_place_q[4];  // in that order
  logic [15:0] ask_sinks_q, ask_from_q, ask_end_q;
  logic [31:0] ask_beat, ask_beats;
  logic [15:0] ask_first, ask_limit;
  logic ask_valid, ask_ready;
  always_comb begin
    ask_first = stretch_q[0] ? ask_from_q : 16'd0;
    ask_limit = stretch_q[0] ? ask_end_q : ask_sinks_q;
    if (!stretch_q[1]) begin  // Scales: 16 to a beat
      ask_first = ask_first >> 4;
      ask_limit = (ask_limit + 16'd15) >> 4;
    end
    ask_beat  = ask_place_q[stretch_q[2:1]] + (32'(ask_first) << (ask_wide_q && stretch_q[1]));
    ask_beats = (32'(ask_limit) - 32'(ask_first)) << (ask_wide_q && stretch_q[1]);
  end
  assign ask_valid = asking_q && ask_beats != 0;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      asking_q    <= 1'b0;
      stretch_q   <= '0;
      ask_tas_q   <= 1'b0;
      ask_wide_q  <= 1'b0;
      ask_sinks_q <= '0;
      ask_from_q  <= '0;
      ask_end_q   <= '0;
      for (int unsigned i = 0; i < 4; i++) ask_place_q[i] <= '0;
    end else if (job_take) begin
      asking_q       <= 1'b1;
      stretch_q      <= '0;
      ask_tas_q      <= job_tas_i;
      ask_wide_q     <= MaxHead > 64 && job_words_i > 5'd8;
      ask_sinks_q    <= job_sinks_i;
      ask_from_q     <= job_from_i;
      ask_end_q      <= job_end_i;
      ask_place_q[0] <= job_key_scales_i;
      ask_place_q[1] <= job_keys_i;
      ask_place_q[2] <= job_value_scales_i;
      ask_place_q[3] <= job_values_i;
    end else if (asking_q && (ask_ready || ask_beats == 0)) begin
      stretch_q <= stretch_q + 3'd1;
      if (stretch_q == (ask_tas_q ? 3'd3 : 3'd7)) asking_q <= 1'b0;
    end
  end

  logic beat_valid, beat_take;
  logic [511:0] beat;
  fc_port_reader u_reader (
      .clk_i, .rst_ni, .command_valid_i(ask_valid), .command_ready_o(ask_ready), .command_beat_i(ask_beat), .command_beats_i(ask_beats),
      .ar_valid_o, .ar_ready_i, .ar_address_o, .ar_length_o, .r_valid_i, .r_ready_o, .r_data_i, .beat_valid_o(beat_valid),
      .beat_ready_i(beat_take), .beat_o(beat)
  );

  // ---- Working: the positions in the order in which they were asked for ------------------------------------------------------
  typedef enum logic [3:0] {Wait, KeyScales, Keys, Scored, ValueScales, Values, Weighed, Reciprocal, Emit, Drain, Tas} state_e;
  state_e state_q;
  logic second_q;  // in the window's stretch
  logic [15:0] at_q, stretch_end;
  logic [3:0] wait_q;
  logic upper_q, half, whole;  // of a position's two beats, the keys' or the values'
  logic of_scales, step, last;
  assign of_scales   = state_q == KeyScales || state_q == ValueScales;
  assign stretch_end = of_scales ? ((second_q ? last_end : sinks) + 16'd15) >> 4 : second_q ? last_end : sinks;

  // Values' weights are made ahead of the values, which then are taken as they come.
  logic weight_room, weight_valid, weight_take, value_take;
  logic [3:0] on_way_q;
  assign weight_room = on_way_q != 4'd15;
  always_comb begin
    unique case (state_q)
      KeyScales, Keys, ValueScales: step = beat_valid;
      Values: step = weight_room;
      default: step = 1'b0;
    endcase
  end
  assign whole       = !wide || upper_q;
  assign half        = state_q == Keys && !whole;  // the position stays
  assign last        = step && !half && second_q && at_q + 16'd1 == stretch_end;
  assign value_take  = weight_valid && beat_valid && (state_q == Values || state_q == Weighed);
  assign weight_take = value_take && whole;
  assign beat_take   = (step && state_q != Values) || value_take;

  logic [511:0] scales[MaxPositions/16];
  logic [31:0] scores[MaxPositions];
  logic [511:0] scales_read_q;
  logic [31:0] score_read_q;
  logic [3:0] lane_q;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [15:0] position_q[10];
  /* verilator lint_on UNUSEDSIGNAL */
  logic [9:0] scored_q;
  logic [31:0] score;
  always_ff @(posedge clk_i) begin
    if (of_scales && step) scales[(PositionBits-4)'(at_q)] <= beat;
    if (scored_q[9]) scores[PositionBits'(position_q[9])] <= score;
    scales_read_q <= scales[(PositionBits-4)'(at_q>>4)];
    score_read_q  <= scores[PositionBits'(at_q)];
    lane_q        <= at_q[3:0];
  end
  logic [31:0] scale_read;
  assign scale_read = scales_read_q[9'(lane_q)*32+:32];

  // Scores: dot product (7 cycles; of two beats the first one's waits for the second's), times the Scales (3).
  logic signed [31:0] dot, first_dot_q, product, score_signed;
  logic [6:0] first_beat_q;
  logic [511:0] query_part;
  logic scoring;
  assign scoring = state_q == Keys || state_q == Scored;
  logic [31:0] key_scale_q[6], of_query, of_query_q;
  fc_dot #(.Lanes(64)) u_dot (.clk_i, .enable_i(scoring), .a_i(query_part), .b_i(beat), .sum_o(dot));
  assign query_part = 512'(upper_q ? query >> 512 : query);
  assign product    = first_dot_q + dot;
  fc_scale_product u_of_query (.a_i(query_scale), .b_i(constant), .product_o(of_query));
  fc_to_fixed #(.Width(32)) u_score (
      .clk_i, .enable_i(scoring), .value_i(product), .scale_a_i(of_query_q), .scale_b_i(key_scale_q[5]), .fixed_o(score_signed)
  );
  assign score = score_signed;
  always_ff @(posedge clk_i) if (scoring) begin
    of_query_q     <= of_query;
    key_scale_q[0] <= scale_read;
    for (int unsigned s = 1; s < 6; s++) key_scale_q[s] <= key_scale_q[s-1];
    position_q[0] <= at_q;
    for (int unsigned s = 1; s < 10; s++) position_q[s] <= position_q[s-1];
  end
  logic signed [31:0] top_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      scored_q     <= '0;
      first_beat_q <= '0;
      first_dot_q  <= '0;
      top_q        <= '0;
    end else begin
      scored_q     <= {scored_q[8:0], step && state_q == Keys && !half};
      first_beat_q <= {first_beat_q[5:0], step && half};
      if (first_beat_q[6]) first_dot_q <= dot;
      else if (scored_q[6]) first_dot_q <= '0;
      if (state_q == Wait) top_q <= 32'sh8000_0000;
      else if (scored_q[9] && score_signed > top_q) top_q <= score_signed;
    end
  end

  // The largest exponent of the visible values' Scales.
  logic any_q, any;
  logic [15:0] position;
  logic signed [15:0] exponent_q, exponent;
  always_comb begin
    any      = any_q;
    exponent = exponent_q;
    position = '0;
    if (state_q == ValueScales) for (int unsigned l = 0; l < 16; l++) begin
      position = {at_q[11:0], 4'(l)};
      if ((second_q ? position >= from && position < last_end : position < sinks) && beat[l*32+:16] != 0
          && (!any || $signed(beat[l*32+16+:16]) > exponent)) begin
        any      = 1'b1;
        exponent = beat[l*32+16+:16];
      end
    end
  end

  // Weights: read (1), distance to the top (2), power of two (4), times the value's Scale and shifted (5).
  logic [4:0] weighing_q;
  logic [31:0] distance_q, value_scale_q[4], product_q, mass_q;
  logic [32:0] distance;
  logic [15:0] power, weight;
  logic [16:0] below;
  logic [4:0] shift_q;
  assign distance = 33'(top_q) - 33'($signed(score_read_q));
  assign below    = 17'(exponent_q) - 17'($signed(value_scale_q[2][31:16]));
  fc_exponential u_power (.clk_i, .z_i(distance_q), .power_o(power));
  always_ff @(posedge clk_i) if (state_q == Values || state_q == Weighed) begin
    distance_q       <= distance > 33'h7fff_ffff ? 32'h7fff_ffff : distance[31:0];
    value_scale_q[0] <= scale_read;
    for (int unsigned s = 1; s < 4; s++) value_scale_q[s] <= value_scale_q[s-1];
    product_q <= 32'(power) * 32'(value_scale_q[2][15:0]);
    shift_q   <= below > 17'd15 ? 5'd31 : 5'd16 + 5'(below);
  end
  assign weight = value_scale_q[3][15:0] == 0 ? 16'd0 : 16'(product_q >> shift_q);
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      weighing_q <= '0;
      mass_q     <= '0;
      on_way_q   <= '0;
    end else begin
      weighing_q <= {weighing_q[3:0], step && state_q == Values};
      if (state_q == Wait) mass_q <= '0;
      else if (weighing_q[3]) mass_q <= mass_q + 32'(power);
      on_way_q <= on_way_q + 4'(step && state_q == Values) - 4'(weight_take);
    end
  end
  logic [15:0] weight_head;
  logic weights_empty;
  /* verilator lint_off PINCONNECTEMPTY */
  fc_fifo #(.Width(16), .Depth(16)) u_weights (
      .clk_i, .rst_ni, .push_i(weighing_q[4]), .data_i(weight), .full_o(), .pop_i(weight_take), .data_o(weight_head), .empty_o(weights_empty)
  );
  /* verilator lint_on PINCONNECTEMPTY */
  assign weight_valid = !weights_empty;

  // ---- Sums of values and their way out ------------------------------------------------------------------------------------------
  localparam int unsigned Banks = MaxHead / 64;
  logic [4:0] emit_q;  // words
  logic [319:0] emitted[Banks], emitted_word;
  assign emitted_word = emitted[Banks > 1 ? emit_q[3] : 0];
  for (genvar b = 0; b < Banks; b++) begin : g_sums
    logic signed [39:0] sums_q[64];
    always_ff @(posedge clk_i) begin
      if (state_q == Wait) for (int unsigned i = 0; i < 64; i++) sums_q[i] <= '0;
      else if (value_take && upper_q == 1'(b))
        for (int unsigned i = 0; i < 64; i++) sums_q[i] <= sums_q[i] + 40'($signed({1'b0, weight_head}) * $signed(beat[i*8+:8]));
    end
    for (genvar i = 0; i < 8; i++) begin : g_word
      assign emitted[b][i*40+:40] = sums_q[{emit_q[2:0], 3'(i)}];
    end
  end

  logic [31:0] inverse;
  logic inverted, start_inverse, out_empty;
  assign start_inverse = state_q == Weighed && on_way_q == 0 && out_empty;
  fc_reciprocal u_reciprocal (.clk_i, .rst_ni, .start_i(start_inverse), .n_i(mass_q), .done_o(inverted), .scale_o(inverse));

  logic [2:0] emitting_q;
  logic [4:0] emit_word_q[3];
  logic [255:0] fixed;
  logic [31:0] worth;
  assign worth = any_q ? {exponent_q - 16'd15, 16'h8000} : 32'd0;
  for (genvar i = 0; i < 8; i++) begin : g_fix
    fc_to_fixed #(.Width(40)) u_fix (
        .clk_i, .enable_i(state_q == Emit || state_q == Drain), .value_i(emitted_word[i*40+:40]), .scale_a_i(inverse), .scale_b_i(worth), .fixed_o(fixed[i*32+:32])
    );
  end
  /* verilator lint_off PINCONNECTEMPTY */
  fc_fifo #(.Width(256 + 21), .Depth(MaxHead / 8)) u_out (
      .clk_i, .rst_ni, .push_i(emitting_q[2]), .data_i({row, y_word + 16'(emit_word_q[2]), fixed}), .full_o(), .pop_i(y_ready_i),
      .data_o({y_row_o, y_word_o, y_data_o}), .empty_o(out_empty)
  );
  /* verilator lint_on PINCONNECTEMPTY */
  assign y_valid_o = !out_empty;
  always_ff @(posedge clk_i) begin
    emit_word_q[0] <= emit_q;
    for (int unsigned s = 1; s < 3; s++) emit_word_q[s] <= emit_word_q[s-1];
  end

  // ---- The job's course ---------------------------------------------------------------------------------------------------------------
  assign work_pop    = (state_q == Tas && tas_ready_i) || (state_q == Drain && wait_q == 0);
  assign tas_valid_o = state_q == Tas;
  assign tas_row_o   = row;
  assign tas_word_o  = y_word;
  assign tas_score_o = top_q;  // of the one key
  assign busy_o      = (step && state_q == Keys) || value_take;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q    <= Wait;
      second_q   <= 1'b0;
      upper_q    <= 1'b0;
      at_q       <= '0;
      wait_q     <= '0;
      any_q      <= 1'b0;
      exponent_q <= '0;
      emit_q     <= '0;
      emitting_q <= '0;
    end else begin
      emitting_q <= {emitting_q[1:0], state_q == Emit};
      wait_q     <= wait_q == 0 ? '0 : wait_q - 4'd1;
      if (wide && ((step && state_q == Keys) || value_take)) upper_q <= !upper_q;
      if (step && !half) begin
        at_q <= at_q + 16'd1;
        if (!second_q && at_q + 16'd1 == stretch_end) begin
          second_q <= 1'b1;
          at_q     <= of_scales ? from >> 4 : from;
        end
        if (state_q == ValueScales) begin
          any_q      <= any;
          exponent_q <= exponent;
        end
      end
      unique case (state_q)
        Wait: begin
          any_q <= 1'b0;
          if (!work_empty) state_q <= KeyScales;
        end
        KeyScales: if (last) state_q <= Keys;
        Keys:
        if (last) begin
          state_q <= Scored;
          wait_q  <= 4'd13;
        end
        Scored: if (wait_q == 0) state_q <= tas ? Tas : ValueScales;
        ValueScales: if (last) state_q <= Values;
        Values: if (last) state_q <= Weighed;
        Weighed: if (start_inverse) state_q <= Reciprocal;
        Reciprocal:
        if (inverted) begin
          state_q <= Emit;
          emit_q  <= '0;
        end
        Emit: begin
          emit_q <= emit_q + 5'd1;
          if (emit_q + 5'd1 == head_words) begin
            state_q <= Drain;
            wait_q  <= 4'd4;
          end
        end
        Drain: if (wait_q == 0) state_q <= Wait;
        Tas: if (tas_ready_i) state_q <= Wait;
        default: state_q <= Wait;
      endcase
      // A part begins with the sinks, where there are any.
      if (state_q == Wait || (last && state_q != Values) || (state_q == Scored && wait_q == 0)) begin
        second_q <= sinks == 0;
        at_q     <= sinks != 0 ? '0
                  : (state_q == Wait || (state_q == Scored && wait_q == 0)) ? from >> 4 : from;
      end
    end
  end
endmodule
