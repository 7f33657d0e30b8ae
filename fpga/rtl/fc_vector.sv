// SPDX-License-Identifier: Apache-2.0
//
// The vector unit: all that happens to a row between two matrices (docs/accelerator.md, "A step"), 8 numbers a cycle. It holds the residual stream x
// and the matrices' results y of all rows. A command is made of passes over a row's words; maxima and sums are taken beside
// the pass that makes the values, and the scalar units work while the next pass runs.

module fc_vector #(
    /// Rows in flight.
    parameter int unsigned Rows = 32,
    /// Words of 8 in a row of x and of y, at the most.
    parameter int unsigned XWords = 24,
    parameter int unsigned YWords = 384,
    localparam int unsigned HeadPairs = 64  // of the rotation, at the most
) (
    input  logic         clk_i,
    input  logic         rst_ni,

    /// A command for one row. Operation: 0 load (x = stream), 1 norm (x to int8), 2 final (x to normed Q16 words out), 3 quantise (y to int8), 4 silu
    /// (gate and up in y to int8), 5 add (x += y, y to words out), 6 replay (x += stream), 7 head (y to int8), 8 rotated head.
    input  logic         command_valid_i,
    output logic         command_ready_o,
    input  logic [3:0]   command_operation_i,
    input  logic [4:0]   command_row_i,
    /// First word in y; words of the result.
    input  logic [15:0]  command_first_i,
    input  logic [15:0]  command_words_i,
    /// normConst and epsilon of docs/accelerator.md.
    input  logic [31:0]  command_constant_i,
    input  logic [47:0]  command_epsilon_i,
    /// One cycle, when all results are out.
    output logic         done_o,

    /// Weights of the norm, 8 of int16; pairs of cosine (low) and sine for the rotation, 8 of them.
    input  logic         weight_write_i,
    /* verilator lint_off UNUSEDSIGNAL */  // 16 bits whatever the buffers hold
    input  logic [15:0]  weight_word_i,
    /* verilator lint_on UNUSEDSIGNAL */
    input  logic [127:0] weight_data_i,
    input  logic         turn_write_i,
    input  logic [2:0]   turn_word_i,
    input  logic [255:0] turn_data_i,

    /// Into y: those of 8 outputs that the mask names.
    input  logic         y_write_i,
    input  logic [4:0]   y_row_i,
    /* verilator lint_off UNUSEDSIGNAL */
    input  logic [15:0]  y_word_i,
    /* verilator lint_on UNUSEDSIGNAL */
    input  logic [7:0]   y_mask_i,
    input  logic [255:0] y_data_i,

    /// Words of 8 for load and replay.
    input  logic         stream_valid_i,
    output logic         stream_ready_o,
    input  logic [255:0] stream_data_i,

    /// int8 results and, after them, their Scale.
    output logic         q8_write_o,
    output logic [15:0]  q8_group_o,
    output logic [63:0]  q8_data_o,
    output logic         scale_write_o,
    output logic [31:0]  scale_data_o,
    /// Words that leave: final and add.
    output logic         word_write_o,
    output logic [15:0]  word_index_o,
    output logic [255:0] word_data_o
);
  localparam int unsigned XBits = $clog2(Rows * XWords);
  localparam int unsigned YBits = $clog2(Rows * YWords);
  localparam int unsigned TBits = $clog2(YWords);
  localparam int unsigned WBits = XWords > 1 ? $clog2(XWords) : 1;

  localparam logic [3:0] Load = 4'd0, Norm = 4'd1, Final = 4'd2, Quantise = 4'd3, Silu = 4'd4, Add = 4'd5, Replay = 4'd6, RotatedHead = 4'd8;
  /// What a pass reads and makes; its results leave `latency` cycles after the word was read.
  typedef enum logic [3:0] {LargestX, LargestY, Product, Fix, QuantiseScratch, QuantiseY, SiluPass, Rotate, AddY, AddStream, Store} pass_e;
  typedef enum logic [2:0] {Idle, Pass, Drain, Factor, Root, Finish} state_e;

  state_e state_q;
  logic [3:0] operation_q;
  pass_e pass_q;
  logic [4:0] row_q;
  logic [15:0] first_q, words_q;
  logic [31:0] constant_q;
  logic [47:0] epsilon_q;

  // ---- Memories: a read is there one cycle later -----------------------------------------------------------------------------
  logic [255:0] x[Rows*XWords];
  logic [255:0] scratch[YWords];
  logic [127:0] weights[XWords];
  logic [255:0] x_read_q, y_read, scratch_read_q;
  logic [127:0] weight_read_q;
  logic [255:0] turns_q[HeadPairs/8];

  logic [15:0] index_q;  // of the word that is read
  logic second_q;        // of a pair: up, or the head's other half
  logic reading, paired;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [15:0] y_word;
  logic x_write, scratch_write;
  logic [15:0] x_write_word, scratch_write_word;
  /* verilator lint_on UNUSEDSIGNAL */
  logic [255:0] x_write_data, scratch_write_data;

  assign paired  = pass_q == SiluPass || pass_q == Rotate;
  assign y_word  = first_q + index_q + (second_q ? (pass_q == Rotate ? words_q >> 1 : words_q) : 16'd0);
  assign stream_ready_o = reading && (pass_q == AddStream || pass_q == Store);

  always_ff @(posedge clk_i) begin
    x_read_q       <= x[XBits'(row_q * XWords) + XBits'(index_q)];
    scratch_read_q <= scratch[TBits'(index_q)];
    weight_read_q  <= weights[WBits'(index_q)];
    if (x_write) x[XBits'(row_q * XWords) + XBits'(x_write_word)] <= x_write_data;
    if (scratch_write) scratch[TBits'(scratch_write_word)] <= scratch_write_data;
    if (weight_write_i) weights[WBits'(weight_word_i)] <= weight_data_i;
    if (turn_write_i) turns_q[turn_word_i] <= turn_data_i;
  end
  for (genvar i = 0; i < 8; i++) begin : g_y
    logic [31:0] y[Rows*YWords];
    logic [31:0] read_q;
    always_ff @(posedge clk_i) begin
      read_q <= y[YBits'(row_q * YWords) + YBits'(y_word)];
      if (y_write_i && y_mask_i[i]) y[YBits'(y_row_i * YWords) + YBits'(y_word_i)] <= y_data_i[i*32+:32];
    end
    assign y_read[i*32+:32] = read_q;
  end

  // ---- A pass: words are read in order, results come out in order ----------------------------------------------------------
  logic advance, last_read;
  logic [15:0] pass_words;  // a rotation's words are counted in pairs
  assign pass_words = pass_q == Rotate ? words_q >> 1 : words_q;
  assign advance    = reading && (!stream_ready_o || stream_valid_i);
  assign last_read  = advance && index_q + 16'd1 == pass_words && (second_q || !paired);

  // Bit 0: the word has been read. Then one bit a stage of the lanes.
  logic [6:0] valid_q;
  logic [15:0] place_q[7];
  logic [255:0] a, held_q, stream_q;
  always_comb begin
    unique case (pass_q)
      LargestY, QuantiseY, AddY: a = y_read;
      SiluPass, Rotate: a = held_q;
      QuantiseScratch, Fix: a = scratch_read_q;
      default: a = x_read_q;
    endcase
  end

  logic second_read_q;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      valid_q       <= '0;
      second_read_q <= 1'b0;
    end else begin
      valid_q       <= {valid_q[5:0], advance && (second_q || !paired)};
      second_read_q <= second_q;
    end
  end
  always_ff @(posedge clk_i) begin
    place_q[0] <= index_q;
    for (int unsigned s = 1; s < 7; s++) place_q[s] <= place_q[s-1];
    stream_q <= stream_data_i;
    if (!second_read_q) held_q <= y_read;
  end

  // ---- Lanes ---------------------------------------------------------------------------------------------------------------------
  logic [4:0] narrow_q;
  logic [15:0] factor;
  logic [5:0] shift;
  logic [31:0] quantised_scale, root_scale;
  logic [255:0] product, square, first_half, second_half, silu, fixed, sum;
  logic [63:0] quantised;
  logic [255:0] turn;
  assign turn = turns_q[place_q[0][2:0]];
  for (genvar i = 0; i < 8; i++) begin : g_lane
    fc_vector_lane u_lane (
        .clk_i, .norm_i(pass_q == Product), .quantise_i(pass_q == QuantiseScratch || pass_q == QuantiseY), .rotate_i(pass_q == Rotate),
        .silu_i(pass_q == SiluPass), .a_i(a[i*32+:32]), .b_i(y_read[i*32+:32]), .narrow_i(narrow_q), .weight_i(weight_read_q[i*16+:16]),
        .product_o(product[i*32+:32]), .square_o(square[i*32+:32]), .factor_i(factor), .shift_i(shift),
        .quantised_o(quantised[i*8+:8]), .cosine_i(turn[i*32+:16]), .sine_i(turn[i*32+16+:16]),
        .first_o(first_half[i*32+:32]), .second_o(second_half[i*32+:32]), .silu_o(silu[i*32+:32])
    );
    fc_to_fixed #(.Width(32)) u_fix (
        .clk_i, .enable_i(pass_q == Fix), .value_i(scratch_read_q[i*32+:32]), .scale_a_i(root_scale), .scale_b_i(constant_q), .fixed_o(fixed[i*32+:32])
    );
    logic signed [32:0] total;
    assign total = 33'($signed(x_read_q[i*32+:32])) + 33'($signed(pass_q == AddY ? y_read[i*32+:32] : stream_q[i*32+:32]));
    assign sum[i*32+:32] = total[32] != total[31] ? {total[32], {31{!total[32]}}} : total[31:0];
  end

  // The rotation makes two words at a time; the second waits a cycle.
  logic [255:0] other_q;
  logic other_valid_q;
  always_ff @(posedge clk_i) other_q <= second_half;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) other_valid_q <= 1'b0;
    else other_valid_q <= pass_q == Rotate && valid_q[3];
  end

  // ---- Results --------------------------------------------------------------------------------------------------------------------
  logic result;
  logic [15:0] place;
  logic [255:0] measured;  // whose largest magnitude counts
  logic measure;
  always_comb begin
    unique case (pass_q)
      Product: {result, place} = {valid_q[2], place_q[2]};
      Fix, QuantiseScratch, QuantiseY, Rotate: {result, place} = {valid_q[3], place_q[3]};
      SiluPass: {result, place} = {valid_q[6], place_q[6]};
      default: {result, place} = {valid_q[0], place_q[0]};
    endcase
    scratch_write      = (result && (pass_q == Product || pass_q == SiluPass || pass_q == Rotate)) || other_valid_q;
    scratch_write_word = other_valid_q ? place_q[4] + (words_q >> 1) : place;
    unique case (pass_q)
      Product: scratch_write_data = product;
      SiluPass: scratch_write_data = silu;
      default: scratch_write_data = other_valid_q ? other_q : first_half;
    endcase
    measure  = scratch_write || (result && (pass_q == LargestX || pass_q == LargestY));
    measured = scratch_write ? scratch_write_data : a;
  end
  assign x_write      = result && (pass_q == AddY || pass_q == AddStream || pass_q == Store);
  assign x_write_word = place;
  assign x_write_data = pass_q == Store ? stream_q : sum;
  assign q8_write_o   = result && (pass_q == QuantiseScratch || pass_q == QuantiseY);
  assign q8_group_o   = place;
  assign q8_data_o    = quantised;
  assign word_write_o = result && (pass_q == Fix || pass_q == AddY);
  assign word_index_o = place;
  assign word_data_o  = pass_q == Fix ? fixed : y_read;

  // Largest magnitude and sum of squares, over the pass.
  logic [30:0] largest_q, of_word, of_word_q, part[8];
  logic [34:0] squares, squares_q;
  logic [47:0] sum_q;
  logic measure_q, square_q;
  always_comb begin
    of_word = '0;
    squares = '0;
    for (int unsigned i = 0; i < 8; i++) begin
      part[i] = measured[i*32+:32] == 32'h8000_0000 ? 31'h7fff_ffff
              : measured[i*32+31] ? 31'(-measured[i*32+:32]) : measured[i*32+:31];
      if (part[i] > of_word) of_word = part[i];
      squares = squares + 35'(square[i*32+:32]);
    end
  end

  logic clear, start_factor, start_root, factor_done, root_done;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      largest_q <= '0;
      of_word_q <= '0;
      squares_q <= '0;
      sum_q     <= '0;
      measure_q <= 1'b0;
      square_q  <= 1'b0;
    end else begin
      measure_q <= measure;
      of_word_q <= of_word;
      square_q  <= result && pass_q == Product;
      squares_q <= squares;
      if (clear) begin
        largest_q <= '0;
        sum_q     <= '0;
      end else begin
        if (measure_q && of_word_q > largest_q) largest_q <= of_word_q;
        if (square_q) sum_q <= sum_q + 48'(squares_q);
      end
    end
  end

  // ---- Scalars ----------------------------------------------------------------------------------------------------------------------
  logic [47:0] n, n_least;
  assign n       = sum_q + (epsilon_q >> {narrow_q, 1'b0});
  assign n_least = n == 0 ? 48'd1 : n;
  fc_quantiser u_quantiser (
      .clk_i, .rst_ni, .start_i(start_factor), .largest_i(largest_q), .done_o(factor_done), .factor_o(factor), .shift_o(shift),
      .scale_o(quantised_scale)
  );
  fc_reciprocal_root u_root (
      .clk_i, .rst_ni, .start_i(start_root), .n_i(n_least), .done_o(root_done), .scale_o(root_scale)
  );
  logic [31:0] of_norm, of_norm_q, of_row;
  fc_scale_product u_norm_worth (.a_i(root_scale), .b_i(constant_q), .product_o(of_norm));
  fc_scale_product u_row_worth (.a_i(of_norm_q), .b_i(quantised_scale), .product_o(of_row));

  logic [4:0] narrow;  // brings the largest magnitude to 15 bits
  always_comb begin
    narrow = '0;
    for (int unsigned b = 15; b < 31; b++) if (largest_q[b]) narrow = 5'(b - 14);
  end

  // ---- The command's course -------------------------------------------------------------------------------------------------------
  logic [3:0] drain_q;
  logic drained, root_ready_q;
  assign command_ready_o = state_q == Idle;
  assign reading         = state_q == Pass;
  assign clear           = reading && index_q == 0 && !second_q;
  assign drained         = state_q == Drain && drain_q == 4'd1;
  assign start_root      = drained && pass_q == Product;
  assign start_factor    = drained && (pass_q == LargestY || pass_q == SiluPass || pass_q == Rotate
                                       || (pass_q == Product && operation_q == Norm));

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q       <= Idle;
      operation_q   <= Load;
      pass_q        <= Store;
      row_q         <= '0;
      first_q       <= '0;
      words_q       <= '0;
      constant_q    <= '0;
      epsilon_q     <= '0;
      index_q       <= '0;
      second_q      <= 1'b0;
      drain_q       <= '0;
      narrow_q      <= '0;
      of_norm_q     <= '0;
      root_ready_q  <= 1'b0;
      done_o        <= 1'b0;
      scale_write_o <= 1'b0;
      scale_data_o  <= '0;
    end else begin
      done_o        <= 1'b0;
      scale_write_o <= 1'b0;
      if (start_root) root_ready_q <= 1'b0;
      else if (root_done) root_ready_q <= 1'b1;
      if (advance) begin
        second_q <= paired && !second_q;
        if (second_q || !paired) index_q <= index_q + 16'd1;
      end
      unique case (state_q)
        Idle:
        if (command_valid_i) begin
          operation_q <= command_operation_i;
          row_q       <= command_row_i;
          first_q     <= command_first_i;
          words_q     <= command_words_i;
          constant_q  <= command_constant_i;
          epsilon_q   <= command_epsilon_i;
          state_q     <= Pass;
          unique case (command_operation_i)
            Load: pass_q <= Store;
            Norm, Final: pass_q <= LargestX;
            Silu: pass_q <= SiluPass;
            Add: pass_q <= AddY;
            Replay: pass_q <= AddStream;
            RotatedHead: pass_q <= Rotate;
            default: pass_q <= LargestY;
          endcase
        end
        Pass:
        if (last_read) begin
          state_q <= Drain;
          unique case (pass_q)  // until the last result is written, and measured where that matters
            Store, AddY, AddStream: drain_q <= 4'd2;
            LargestX, LargestY: drain_q <= 4'd4;
            Product: drain_q <= 4'd6;
            SiluPass: drain_q <= 4'd10;
            Rotate: drain_q <= 4'd8;
            default: drain_q <= 4'd5;
          endcase
        end
        Drain: begin
          drain_q  <= drain_q - 4'd1;
          index_q  <= '0;
          if (drained)
            unique case (pass_q)
              LargestX: begin
                narrow_q <= narrow;
                pass_q   <= Product;
                state_q  <= Pass;
              end
              Product: state_q <= operation_q == Norm ? Factor : Root;
              LargestY, SiluPass, Rotate: state_q <= Factor;
              QuantiseScratch, QuantiseY: state_q <= operation_q == Norm ? Root : Finish;
              default: begin
                state_q <= Idle;
                done_o  <= 1'b1;
              end
            endcase
        end
        Factor:
        if (factor_done) begin
          pass_q  <= pass_q == LargestY ? QuantiseY : QuantiseScratch;
          state_q <= Pass;
        end
        Root:
        if (root_ready_q) begin
          of_norm_q <= of_norm;
          state_q   <= operation_q == Norm ? Finish : Pass;
          pass_q    <= Fix;
        end
        Finish: begin
          state_q       <= Idle;
          done_o        <= 1'b1;
          scale_write_o <= 1'b1;
          // Results of matrices and of attention are in Q16 steps; an activation's Scale is of real numbers.
          if (operation_q == Norm) scale_data_o <= of_row;
          else if ((operation_q == Quantise || operation_q == Silu) && quantised_scale[15:0] != 0)
            scale_data_o <= {quantised_scale[31:16] - 16'd16, quantised_scale[15:0]};
          else scale_data_o <= quantised_scale;
        end
        default: state_q <= Idle;
      endcase
    end
  end

`ifndef SYNTHESIS
  always_ff @(posedge clk_i)
    assert (!(y_write_i && y_row_i == row_q && state_q != Idle && operation_q != Load && operation_q != Replay))
      else $error("a row of y changes while it is read");
`endif
endmodule
