// SPDX-License-Identifier: Apache-2.0
//
// The accelerator: one start is one step of the whole backbone for all rows in flight (docs/accelerator.md). Addresses are offsets into each port's own
// memory.

module fc_accelerator #(
    /// Of the matrix-vector engine.
    parameter int unsigned Cores = 4,
    parameter int unsigned Lanes = 64,
    /// Memory ports of 512 bit; a power of two.
    parameter int unsigned Ports = 4,
    /// Rows in flight; at most 32.
    parameter int unsigned Rows = 32,
    /// Columns and outputs of a matrix, width of the residual stream, positions of a sequence and query heads, at the most.
    parameter int unsigned MaxK = 1536,
    parameter int unsigned MaxN = 3072,
    parameter int unsigned MaxD = 256,
    parameter int unsigned MaxPositions = 1024,
    parameter int unsigned MaxHeads = 8,
    /// Numbers in a head, at the most: 64 or 128.
    parameter int unsigned MaxHead = 64
) (
    input  logic                 clk_i,
    input  logic                 rst_ni,
    input  logic                 start_i,
    /// The run's header: beat at port 0.
    input  logic [31:0]          header_i,
    output logic                 done_o,
    output logic                 error_o,

    /// AXI4, port p in bits p.
    output logic [Ports-1:0]     ar_valid_o,
    input  logic [Ports-1:0]     ar_ready_i,
    output logic [Ports*2-1:0]   ar_id_o,
    output logic [Ports*38-1:0]  ar_address_o,
    output logic [Ports*8-1:0]   ar_length_o,
    input  logic [Ports-1:0]     r_valid_i,
    output logic [Ports-1:0]     r_ready_o,
    input  logic [Ports*2-1:0]   r_id_i,
    input  logic [Ports*512-1:0] r_data_i,
    output logic [Ports-1:0]     aw_valid_o,
    input  logic [Ports-1:0]     aw_ready_i,
    output logic [Ports*38-1:0]  aw_address_o,
    output logic [Ports-1:0]     w_valid_o,
    input  logic [Ports-1:0]     w_ready_i,
    output logic [Ports*512-1:0] w_data_o,
    output logic [Ports*64-1:0]  w_strobe_o,
    input  logic [Ports-1:0]     b_valid_i,
    output logic [Ports-1:0]     b_ready_o,

    /// What goes on in this cycle, for counters and pictures: instruction, layer, row; attention has jobs; vector unit at work; a layer was decided, and for how many rows to
    /// compute and to replay; matrix engine: running, mapping, by core busy, waiting for weights, waiting for room; stream: beat taken, no slot, no beat;
    /// attention by port.
    output logic [3:0]           operation_o,
    output logic [15:0]          layer_o,
    output logic [4:0]           row_o,
    output logic                 attending_o,
    output logic                 vector_busy_o,
    output logic                 matrix_running_o,
    output logic                 matrix_mapping_o,
    output logic                 decided_o,
    output logic [5:0]           computing_o,
    output logic [5:0]           replaying_o,
    output logic [Cores-1:0]     core_busy_o,
    output logic [Cores-1:0]     core_wait_weights_o,
    output logic [Cores-1:0]     core_wait_packets_o,
    output logic                 stream_beat_o,
    output logic                 stream_full_o,
    output logic                 stream_empty_o,
    output logic [Ports-1:0]     attend_busy_o
);
  localparam int unsigned XWords = MaxD / 8;
  localparam int unsigned YWords = MaxN / 8;
  localparam int unsigned CacheBeats = XWords / 2 > 16 ? 1 << $clog2(XWords / 2) : 16;

  // ---- Wires between the units ------------------------------------------------------------------------------------------------
  logic data_valid, data_ready, beat_valid, beat_ready, program_valid, program_ready, instruction_valid, instruction_ready;
  logic [31:0] data_beat, data_beats, program_beat, program_beats;
  logic [511:0] beat, instruction;
  logic [Ports-1:0] write_valid, write_ready, writer_idle, writer_empty;
  logic [31:0] write_beat;
  logic [511:0] write_data;
  logic [63:0] write_strobe;
  logic vector_valid, vector_ready, vector_done, weight_write, turn_write, stream_valid, stream_ready, q8_write, scale_write, word_write;
  logic [3:0] vector_operation;
  logic [4:0] vector_row;
  logic [15:0] vector_first, vector_words, weight_word, q8_group, word_index;
  logic [31:0] vector_constant, scale_data;
  logic [47:0] vector_epsilon;
  logic [127:0] weight_data;
  logic [2:0] turn_word;
  logic [255:0] turn_data, stream_data, word_data;
  logic [63:0] q8_data;
  logic matrix_valid, matrix_ready, multiply_valid, multiply_ready, multiply_done, activation_write, activation_scale_write;
  logic [31:0] matrix_beat, multiply_index;
  logic [15:0] matrix_tiles, matrix_k_words, matrix_scale_words, matrix_tile_words;
  logic [5:0] multiply_rows;
  logic [4:0] multiply_first;
  logic [1:0] multiply_policy;
  logic matrix_y_write;
  logic [4:0] matrix_y_row;
  logic [15:0] matrix_y_word;
  logic [7:0] matrix_y_mask;
  logic [255:0] matrix_y_data;
  logic [Ports-1:0] job_valid, job_ready, job_idle;
  logic job_tas;
  logic [MaxHead*8+31:0] job_query;
  logic [31:0] job_constant, job_keys, job_values, job_key_scales, job_value_scales;
  logic [15:0] job_sinks, job_from, job_end, job_word;
  logic [4:0] job_row;
  logic [4:0] job_words;
  logic [Ports-1:0] attend_y_valid, attend_y_ready, attend_tas_valid, attend_tas_ready;
  logic [4:0] attend_y_row[Ports], attend_tas_row[Ports];
  /* verilator lint_off UNUSEDSIGNAL */
  logic [15:0] attend_y_word[Ports], attend_tas_word[Ports];
  /* verilator lint_on UNUSEDSIGNAL */
  logic [255:0] attend_y_data[Ports];
  logic [31:0] attend_tas_score[Ports];

  // ---- One result of attention a cycle, the lower port first ------------------------------------------------------------------
  logic y_write, share_write;
  logic [4:0] y_row, share_row, share_head;
  logic [15:0] y_word;
  logic [7:0] y_mask;
  logic [255:0] y_data;
  logic [31:0] share_data;
  always_comb begin
    y_write          = matrix_y_write;
    y_row            = matrix_y_row;
    y_word           = matrix_y_word;
    y_mask           = matrix_y_mask;
    y_data           = matrix_y_data;
    attend_y_ready   = '0;
    share_write      = 1'b0;
    share_row        = '0;
    share_head       = '0;
    share_data       = '0;
    attend_tas_ready = '0;
    for (int unsigned p = 0; p < Ports; p++) begin
      if (attend_y_valid[p] && !y_write) begin
        attend_y_ready[p] = 1'b1;
        y_write           = 1'b1;
        y_row             = attend_y_row[p];
        y_word            = attend_y_word[p];
        y_mask            = '1;
        y_data            = attend_y_data[p];
      end
      if (attend_tas_valid[p] && !share_write) begin
        attend_tas_ready[p] = 1'b1;
        share_write         = 1'b1;
        share_row           = attend_tas_row[p];
        share_head          = attend_tas_word[p][4:0];
        share_data          = attend_tas_score[p];
      end
    end
  end

  // ---- Units ------------------------------------------------------------------------------------------------------------------------
  fc_sequencer #(.Rows(Rows), .Ports(Ports), .MaxHeads(MaxHeads), .MaxHead(MaxHead)) u_sequencer (
      .clk_i, .rst_ni, .start_i, .header_i, .done_o, .error_o, .operation_o, .layer_o, .row_o, .attending_o, .decided_o, .computing_o,
      .replaying_o,
      .data_valid_o(data_valid), .data_ready_i(data_ready), .data_beat_o(data_beat), .data_beats_o(data_beats),
      .beat_valid_i(beat_valid), .beat_ready_o(beat_ready), .beat_i(beat),
      .program_valid_o(program_valid), .program_ready_i(program_ready), .program_beat_o(program_beat), .program_beats_o(program_beats),
      .instruction_valid_i(instruction_valid), .instruction_ready_o(instruction_ready), .instruction_i(instruction),
      .write_valid_o(write_valid), .write_ready_i(write_ready), .write_beat_o(write_beat), .write_data_o(write_data),
      .write_strobe_o(write_strobe), .writes_idle_i(&writer_idle), .writes_empty_i(&writer_empty),
      .vector_valid_o(vector_valid), .vector_ready_i(vector_ready), .vector_operation_o(vector_operation), .vector_row_o(vector_row),
      .vector_first_o(vector_first), .vector_words_o(vector_words), .vector_constant_o(vector_constant), .vector_epsilon_o(vector_epsilon),
      .vector_done_i(vector_done), .weight_write_o(weight_write), .weight_word_o(weight_word), .weight_data_o(weight_data),
      .turn_write_o(turn_write), .turn_word_o(turn_word), .turn_data_o(turn_data), .stream_valid_o(stream_valid),
      .stream_ready_i(stream_ready), .stream_data_o(stream_data), .q8_write_i(q8_write), .q8_group_i(q8_group), .q8_data_i(q8_data),
      .scale_write_i(scale_write), .scale_data_i(scale_data), .word_write_i(word_write), .word_index_i(word_index), .word_data_i(word_data),
      .matrix_valid_o(matrix_valid), .matrix_ready_i(matrix_ready), .matrix_beat_o(matrix_beat), .matrix_tiles_o(matrix_tiles),
      .matrix_k_words_o(matrix_k_words), .matrix_scale_words_o(matrix_scale_words), .matrix_tile_words_o(matrix_tile_words),
      .multiply_valid_o(multiply_valid), .multiply_ready_i(multiply_ready), .multiply_index_o(multiply_index), .multiply_rows_o(multiply_rows), .multiply_first_o(multiply_first),
      .multiply_policy_o(multiply_policy), .multiply_done_i(multiply_done), .activation_write_o(activation_write),
      .activation_scale_write_o(activation_scale_write),
      .job_valid_o(job_valid), .job_ready_i(job_ready), .job_idle_i(job_idle), .job_tas_o(job_tas), .job_query_o(job_query),
      .job_constant_o(job_constant), .job_keys_o(job_keys), .job_values_o(job_values), .job_key_scales_o(job_key_scales),
      .job_value_scales_o(job_value_scales), .job_sinks_o(job_sinks), .job_from_o(job_from), .job_end_o(job_end), .job_row_o(job_row),
      .job_word_o(job_word), .job_words_o(job_words), .share_write_i(share_write), .share_row_i(share_row), .share_head_i(share_head),
      .share_data_i(share_data)
  );

  fc_vector #(.Rows(Rows), .XWords(XWords), .YWords(YWords)) u_vector (
      .clk_i, .rst_ni, .command_valid_i(vector_valid), .command_ready_o(vector_ready), .command_operation_i(vector_operation),
      .command_row_i(vector_row), .command_first_i(vector_first), .command_words_i(vector_words), .command_constant_i(vector_constant),
      .command_epsilon_i(vector_epsilon), .done_o(vector_done), .weight_write_i(weight_write), .weight_word_i(weight_word),
      .weight_data_i(weight_data), .turn_write_i(turn_write), .turn_word_i(turn_word), .turn_data_i(turn_data),
      .y_write_i(y_write), .y_row_i(y_row), .y_word_i(y_word), .y_mask_i(y_mask), .y_data_i(y_data),
      .stream_valid_i(stream_valid), .stream_ready_o(stream_ready), .stream_data_i(stream_data),
      .q8_write_o(q8_write), .q8_group_o(q8_group), .q8_data_o(q8_data), .scale_write_o(scale_write), .scale_data_o(scale_data),
      .word_write_o(word_write), .word_index_o(word_index), .word_data_o(word_data)
  );
  assign vector_busy_o = !vector_ready;

  /* verilator lint_off UNUSEDSIGNAL */
  logic [5:0] unused_computing;
  /* verilator lint_on UNUSEDSIGNAL */
  logic [Ports-1:0] matrix_ar_valid, matrix_ar_ready, matrix_r_valid, matrix_r_ready;
  logic [Ports*38-1:0] matrix_ar_address;
  logic [Ports*8-1:0] matrix_ar_length;
  fc_matvec #(.Cores(Cores), .Lanes(Lanes), .Ports(Ports), .Rows(Rows), .MaxK(MaxK), .MaxN(MaxN)) u_matrix (
      .clk_i, .rst_ni, .command_valid_i(matrix_valid), .command_ready_o(matrix_ready), .command_beat_i(matrix_beat),
      .command_tiles_i(matrix_tiles), .command_k_words_i(matrix_k_words), .command_scale_words_i(matrix_scale_words),
      .command_tile_words_i(matrix_tile_words), .start_valid_i(multiply_valid), .start_ready_o(multiply_ready),
      .start_index_i(multiply_index), .start_rows_i(multiply_rows), .start_first_i(multiply_first), .start_policy_i(multiply_policy), .start_y_word_i(16'd0),
      .done_o(multiply_done), .q8_write_i(activation_write), .q8_row_i(vector_row), .q8_group_i(q8_group), .q8_data_i(q8_data),
      .scale_write_i(activation_scale_write), .scale_row_i(vector_row), .scale_data_i(scale_data),
      .y_write_o(matrix_y_write), .y_row_o(matrix_y_row), .y_word_o(matrix_y_word), .y_mask_o(matrix_y_mask), .y_data_o(matrix_y_data),
      .ar_valid_o(matrix_ar_valid), .ar_ready_i(matrix_ar_ready), .ar_address_o(matrix_ar_address), .ar_length_o(matrix_ar_length),
      .r_valid_i(matrix_r_valid), .r_ready_o(matrix_r_ready), .r_data_i,
      .running_o(matrix_running_o), .mapping_o(matrix_mapping_o), .core_busy_o, .core_wait_weights_o, .core_wait_packets_o,
      .stream_beat_o, .stream_full_o, .stream_empty_o, .computing_o(unused_computing)
  );

  // ---- Behind each port: attention, a writer, and the way to memory; behind the first also data and program -----------------
  for (genvar p = 0; p < Ports; p++) begin : g_port
    localparam int unsigned Readers = p == 0 ? 4 : 2;
    logic [Readers-1:0] reader_valid, reader_ready, reader_r_valid, reader_r_ready;
    logic [Readers*38-1:0] reader_address;
    logic [Readers*8-1:0] reader_length;
    logic [511:0] r_data;
    assign r_data                  = r_data_i[p*512+:512];
    assign reader_valid[0]         = matrix_ar_valid[p];
    assign matrix_ar_ready[p]      = reader_ready[0];
    assign reader_address[37:0]    = matrix_ar_address[p*38+:38];
    assign reader_length[7:0]      = matrix_ar_length[p*8+:8];
    assign matrix_r_valid[p]       = reader_r_valid[0];
    assign reader_r_ready[0]       = matrix_r_ready[p];

    fc_attend #(.MaxPositions(MaxPositions), .MaxHead(MaxHead)) u_attend (
        .clk_i, .rst_ni, .job_valid_i(job_valid[p]), .job_ready_o(job_ready[p]), .job_tas_i(job_tas), .job_query_i(job_query[MaxHead*8-1:0]),
        .job_scale_i(job_query[MaxHead*8+:32]), .job_constant_i(job_constant), .job_keys_i(job_keys), .job_values_i(job_values),
        .job_key_scales_i(job_key_scales), .job_value_scales_i(job_value_scales), .job_sinks_i(job_sinks), .job_from_i(job_from),
        .job_end_i(job_end), .job_row_i(job_row), .job_word_i(job_word), .job_words_i(job_words), .idle_o(job_idle[p]),
        .y_valid_o(attend_y_valid[p]), .y_ready_i(attend_y_ready[p]), .y_row_o(attend_y_row[p]), .y_word_o(attend_y_word[p]),
        .y_data_o(attend_y_data[p]), .tas_valid_o(attend_tas_valid[p]), .tas_ready_i(attend_tas_ready[p]), .tas_row_o(attend_tas_row[p]),
        .tas_word_o(attend_tas_word[p]), .tas_score_o(attend_tas_score[p]),
        .ar_valid_o(reader_valid[1]), .ar_ready_i(reader_ready[1]), .ar_address_o(reader_address[38+:38]),
        .ar_length_o(reader_length[8+:8]), .r_valid_i(reader_r_valid[1]), .r_ready_o(reader_r_ready[1]), .r_data_i(r_data),
        .busy_o(attend_busy_o[p])
    );

    if (p == 0) begin : g_sequencer
      fc_port_reader u_data (
          .clk_i, .rst_ni, .command_valid_i(data_valid), .command_ready_o(data_ready), .command_beat_i(data_beat),
          .command_beats_i(data_beats), .ar_valid_o(reader_valid[2]), .ar_ready_i(reader_ready[2]),
          .ar_address_o(reader_address[2*38+:38]), .ar_length_o(reader_length[2*8+:8]), .r_valid_i(reader_r_valid[2]),
          .r_ready_o(reader_r_ready[2]), .r_data_i(r_data), .beat_valid_o(beat_valid), .beat_ready_i(beat_ready), .beat_o(beat)
      );
      fc_port_reader #(.Depth(32)) u_program (
          .clk_i, .rst_ni, .command_valid_i(program_valid), .command_ready_o(program_ready), .command_beat_i(program_beat),
          .command_beats_i(program_beats), .ar_valid_o(reader_valid[3]), .ar_ready_i(reader_ready[3]),
          .ar_address_o(reader_address[3*38+:38]), .ar_length_o(reader_length[3*8+:8]), .r_valid_i(reader_r_valid[3]),
          .r_ready_o(reader_r_ready[3]), .r_data_i(r_data), .beat_valid_o(instruction_valid), .beat_ready_i(instruction_ready),
          .beat_o(instruction)
      );
    end

    fc_read_mux #(.Readers(Readers)) u_reads (
        .clk_i, .rst_ni, .ar_valid_i(reader_valid), .ar_ready_o(reader_ready), .ar_address_i(reader_address),
        .ar_length_i(reader_length), .r_valid_o(reader_r_valid), .r_ready_i(reader_r_ready), .ar_valid_o(ar_valid_o[p]),
        .ar_ready_i(ar_ready_i[p]), .ar_id_o(ar_id_o[p*2+:2]), .ar_address_o(ar_address_o[p*38+:38]), .ar_length_o(ar_length_o[p*8+:8]),
        .r_valid_i(r_valid_i[p]), .r_ready_o(r_ready_o[p]), .r_id_i(r_id_i[p*2+:2])
    );
    fc_port_writer #(.Depth(p == 0 ? CacheBeats : 16)) u_writes (
        .clk_i, .rst_ni, .write_valid_i(write_valid[p]), .write_ready_o(write_ready[p]), .write_beat_i(write_beat),
        .write_data_i(write_data), .write_strobe_i(write_strobe), .idle_o(writer_idle[p]), .empty_o(writer_empty[p]),
        .aw_valid_o(aw_valid_o[p]), .aw_ready_i(aw_ready_i[p]), .aw_address_o(aw_address_o[p*38+:38]), .w_valid_o(w_valid_o[p]),
        .w_ready_i(w_ready_i[p]), .w_data_o(w_data_o[p*512+:512]), .w_strobe_o(w_strobe_o[p*64+:64]), .b_valid_i(b_valid_i[p]),
        .b_ready_o(b_ready_o[p])
    );
  end
endmodule
