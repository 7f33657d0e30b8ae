// SPDX-License-Identifier: Apache-2.0
//
// Runs a step: reads the run's header, its rows and the program from memory behind port 0, and hands each instruction to a unit (docs/accelerator.md,
// "Programs"). The vector unit it serves itself, row by row; matrices, their streams and attention's jobs go on by themselves until a WAIT names
// them. What may go on at once is the program's care. The host does not come in between.

module fc_sequencer #(
    /// Rows in flight; at most 32.
    parameter int unsigned Rows = 32,
    parameter int unsigned Ports = 4,
    parameter int unsigned MaxHeads = 32,
    /// Numbers in a head, at the most.
    parameter int unsigned MaxHead = 64,
    localparam int unsigned PortBits = Ports > 1 ? $clog2(Ports) : 1
) (
    input  logic                 clk_i,
    input  logic                 rst_ni,

    /// Begins a run whose header is at this beat of port 0.
    input  logic                 start_i,
    input  logic [31:0]          header_i,
    /// One cycle, when all results are in memory.
    output logic                 done_o,
    /// The program met something that it does not know.
    output logic                 error_o,
    /// What is being done: instruction, layer's number (gates met so far), row. Attention has jobs.
    output logic [3:0]           operation_o,
    output logic [15:0]          layer_o,
    output logic [4:0]           row_o,
    output logic                 attending_o,
    /// One cycle for each layer: how many rows compute and replay.
    output logic                 decided_o,
    output logic [5:0]           computing_o,
    output logic [5:0]           replaying_o,

    /// Data and program through port 0.
    output logic                 data_valid_o,
    input  logic                 data_ready_i,
    output logic [31:0]          data_beat_o,
    output logic [31:0]          data_beats_o,
    input  logic                 beat_valid_i,
    output logic                 beat_ready_o,
    input  logic [511:0]         beat_i,
    output logic                 program_valid_o,
    input  logic                 program_ready_i,
    output logic [31:0]          program_beat_o,
    output logic [31:0]          program_beats_o,
    input  logic                 instruction_valid_i,
    output logic                 instruction_ready_o,
    input  logic [511:0]         instruction_i,

    /// Writes; idle: all are in memory.
    output logic [Ports-1:0]     write_valid_o,
    input  logic [Ports-1:0]     write_ready_i,
    output logic [31:0]          write_beat_o,
    output logic [511:0]         write_data_o,
    output logic [63:0]          write_strobe_o,
    input  logic                 writes_idle_i,
    input  logic                 writes_empty_i,

    /// The vector unit.
    output logic                 vector_valid_o,
    input  logic                 vector_ready_i,
    output logic [3:0]           vector_operation_o,
    output logic [4:0]           vector_row_o,
    output logic [15:0]          vector_first_o,
    output logic [15:0]          vector_words_o,
    output logic [31:0]          vector_constant_o,
    output logic [47:0]          vector_epsilon_o,
    input  logic                 vector_done_i,
    output logic                 weight_write_o,
    output logic [15:0]          weight_word_o,
    output logic [127:0]         weight_data_o,
    output logic                 turn_write_o,
    output logic [2:0]           turn_word_o,
    output logic [255:0]         turn_data_o,
    output logic                 stream_valid_o,
    input  logic                 stream_ready_i,
    output logic [255:0]         stream_data_o,
    input  logic                 q8_write_i,
    input  logic [15:0]          q8_group_i,
    input  logic [63:0]          q8_data_i,
    input  logic                 scale_write_i,
    input  logic [31:0]          scale_data_i,
    input  logic                 word_write_i,
    input  logic [15:0]          word_index_i,
    input  logic [255:0]         word_data_i,

    /// The matrix-vector engine; activations go there unless they are heads.
    output logic                 matrix_valid_o,
    input  logic                 matrix_ready_i,
    output logic [31:0]          matrix_beat_o,
    output logic [15:0]          matrix_tiles_o,
    output logic [15:0]          matrix_k_words_o,
    output logic [15:0]          matrix_scale_words_o,
    output logic [15:0]          matrix_tile_words_o,
    output logic                 multiply_valid_o,
    input  logic                 multiply_ready_i,
    output logic [31:0]          multiply_index_o,
    output logic [5:0]           multiply_rows_o,
    output logic [4:0]           multiply_first_o,
    output logic [1:0]           multiply_policy_o,
    input  logic                 multiply_done_i,
    output logic                 activation_write_o,
    output logic                 activation_scale_write_o,

    /// Attention's jobs and their ends.
    output logic [Ports-1:0]     job_valid_o,
    input  logic [Ports-1:0]     job_ready_i,
    input  logic [Ports-1:0]     job_idle_i,
    output logic                 job_tas_o,
    output logic [MaxHead*8+31:0] job_query_o,
    output logic [31:0]          job_constant_o,
    output logic [31:0]          job_keys_o,
    output logic [31:0]          job_values_o,
    output logic [31:0]          job_key_scales_o,
    output logic [31:0]          job_value_scales_o,
    output logic [15:0]          job_sinks_o,
    output logic [15:0]          job_from_o,
    output logic [15:0]          job_end_o,
    output logic [4:0]           job_row_o,
    output logic [15:0]          job_word_o,
    output logic [4:0]           job_words_o,
    /// A head's share of a TAS.
    input  logic                 share_write_i,
    input  logic [4:0]           share_row_i,
    input  logic [4:0]           share_head_i,
    input  logic [31:0]          share_data_i
);
  localparam logic [3:0] End = 4'd0, Load = 4'd1, Norm = 4'd2, Stream = 4'd3, Multiply = 4'd4, Heads = 4'd5, Attend = 4'd6, Gate = 4'd7,
                         Quantise = 4'd8, Silu = 4'd9, Add = 4'd10, Replay = 4'd11, Final = 4'd12, Wait = 4'd13, Score = 4'd14;
  typedef enum logic [4:0] {
    Idle, AskHeader, TakeHeader, AskRows, TakeRows, AskProgram, Fetch, Begin,
    AskWeights, TakeWeights, NextRow, AskRow, Command, Work,
    GiveMatrix, StartMultiply, RunHeads,
    AskThreshold, TakeThreshold, WaitGate, WriteDecisions, WriteTas, WriteTasHigh, Settle, Stuck
  } state_e;
  state_e state_q;

  // ---- The run ---------------------------------------------------------------------------------------------------------------------
  logic [5:0] rows_q;
  logic [1:0] policy_q, mode_q;
  logic rotated_q, windowed_q;
  logic [15:0] sinks_q, window_q, program_beats_q;
  logic [31:0] program_q, rows_at_q, input_q, hidden_q, outcome_q, thresholds_q, turns_q;
  logic [7:0] sequence_q[Rows];
  logic [15:0] position_q[Rows], slot_q[Rows], earlier_q[Rows];
  logic [Rows-1:0] measured_q, stores_q, wanted_q;
  logic [Rows*5-1:0] partner_q;
  logic [Rows-1:0] in_flight, replays, computes;
  assign in_flight = Rows'((33'd1 << rows_q) - 33'd1);
  assign computes  = in_flight & ~replays;

  // ---- The instruction: sixteen words ------------------------------------------------------------------------------------------
  /* verilator lint_off UNUSEDSIGNAL */
  logic [511:0] word_q;
  /* verilator lint_on UNUSEDSIGNAL */
  logic [3:0] operation;
  logic [31:0] address;
  logic [15:0] words;
  logic [Rows-1:0] chosen, in_stretch;  // the rows that it is about
  // Of all rows, of the first half or of the second: where they begin and how many they are.
  logic [5:0] first_half, stretch_rows;
  logic [4:0] stretch_first;
  assign first_half    = (rows_q + 6'd1) >> 1;
  assign stretch_first = word_q[11] ? 5'(first_half) : 5'd0;
  assign stretch_rows  = word_q[10] ? first_half : word_q[11] ? rows_q - first_half : rows_q;
  assign in_stretch    = Rows'(((33'd1 << stretch_rows) - 33'd1) << stretch_first);
  assign operation = word_q[3:0];
  assign address   = word_q[32+:32];
  assign words     = word_q[64+:16];
  always_comb begin
    unique case (word_q[9:8])
      2'd1: chosen = computes & in_stretch;
      2'd2: chosen = replays & in_stretch;
      2'd3: chosen = wanted_q & in_stretch;
      default: chosen = in_stretch;
    endcase
  end
  assign operation_o = operation;

  logic [4:0] row_q;
  logic [5:0] taken_q;   // beats, or rows, of what is read
  logic [15:0] count_q;  // of 8 weights
  logic high_q;          // the beat's upper half is next
  logic [15:0] gates_q;
  logic multiplying_q;
  assign layer_o = gates_q;
  assign row_o   = state_q == RunHeads ? heads_row : row_q;

  // ---- Heads, jobs, gate ---------------------------------------------------------------------------------------------------------
  logic heads_done, heads_read, heads_beat_ready, heads_vector, heads_write;
  logic [4:0] heads_row, jobs_row, query_head;
  logic [31:0] heads_beat, heads_beats, heads_write_beat;
  logic [3:0] heads_operation;
  logic [15:0] heads_first;
  logic [PortBits-1:0] heads_port;
  logic [511:0] heads_data;
  logic [63:0] heads_strobe;
  logic jobs_start, jobs_busy, query_raw, raw;
  assign raw = !rotated_q;
  fc_heads #(.Rows(Rows), .Ports(Ports), .MaxHeads(MaxHeads), .MaxHead(MaxHead)) u_heads (
      .clk_i, .rst_ni, .start_i(state_q == Begin && operation == Heads && chosen != '0), .done_o(heads_done), .first_i(stretch_first), .rows_i(stretch_rows), .heads_i(word_q[128+:6]),
      .key_heads_i(word_q[136+:6]), .words_i(word_q[144+:5]), .raw_i(raw && (measured_q & in_flight) != '0), .cache_i(address), .region_i(word_q[64+:32]),
      .positions_i(word_q[96+:16]), .scale_beats_i(word_q[112+:16]), .turns_i(turns_q), .turn_beats_i(word_q[160+:4]), .row_o(heads_row),
      .sequence_i(sequence_q[heads_row]), .position_i(position_q[heads_row]), .read_valid_o(heads_read), .read_ready_i(data_ready_i),
      .read_beat_o(heads_beat), .read_beats_o(heads_beats), .beat_valid_i, .beat_ready_o(heads_beat_ready), .beat_i, .turn_write_o,
      .turn_word_o, .turn_data_o, .vector_valid_o(heads_vector), .vector_ready_i, .vector_operation_o(heads_operation),
      .vector_first_o(heads_first), .vector_done_i, .q8_write_i, .q8_group_i, .q8_data_i, .scale_data_i, .write_valid_o(heads_write),
      .write_ready_i(write_ready_i[heads_port]), .write_port_o(heads_port), .write_beat_o(heads_write_beat), .write_data_o(heads_data),
      .write_strobe_o(heads_strobe), .query_row_i(jobs_row), .query_head_i(query_head), .query_raw_i(query_raw), .query_o(job_query_o)
  );
  fc_jobs #(.Ports(Ports), .MaxHead(MaxHead)) u_jobs (
      .clk_i, .rst_ni, .start_i(jobs_start), .tas_i(operation == Score), .first_i(stretch_first), .rows_i(stretch_rows), .busy_o(jobs_busy),
      .heads_i(word_q[128+:6]), .key_heads_i(word_q[136+:6]), .group_i(word_q[168+:6]), .words_i(word_q[144+:5]), .cache_i(address),
      .region_i(word_q[64+:32]), .positions_i(word_q[96+:16]), .scale_beats_i(word_q[112+:16]), .constant_i(word_q[192+:32]),
      .raw_i(raw), .windowed_i(windowed_q), .sinks_i(sinks_q), .window_i(window_q), .row_o(jobs_row),
      .sequence_i(sequence_q[jobs_row]), .position_i(position_q[jobs_row]), .earlier_i(earlier_q[jobs_row]),
      .measured_i(measured_q[jobs_row]), .query_head_o(query_head), .query_raw_o(query_raw), .job_valid_o, .job_ready_i, .job_tas_o,
      .job_constant_o, .job_keys_o, .job_values_o, .job_key_scales_o, .job_value_scales_o, .job_sinks_o, .job_from_o, .job_end_o,
      .job_word_o, .job_words_o
  );
  assign job_row_o   = jobs_row;
  assign attending_o = jobs_busy || !(&job_idle_i);
  // Keys and values are in memory before they are looked at.
  assign jobs_start = state_q == Begin && (operation == Attend || operation == Score) && chosen != '0 && writes_idle_i && !jobs_busy;

  logic gate_done;
  logic [Rows*32-1:0] tas;
  logic [1023:0] tas_padded;
  logic [33:0] threshold_q;
  assign tas_padded = 1024'(tas);
  fc_gate #(.Rows(Rows), .MaxHeads(MaxHeads)) u_gate (
      .clk_i, .rst_ni, .share_write_i, .share_row_i, .share_head_i, .share_data_i,
      .start_i(state_q == TakeThreshold && beat_valid_i), .rows_i(rows_q), .heads_i(word_q[128+:6]), .mode_i(mode_q),
      .threshold_i(threshold_q[31:0]), .kind_i(threshold_q[33:32]), .eligible_i(measured_q), .partner_i(partner_q), .done_o(gate_done),
      .replay_o(replays), .tas_o(tas)
  );

  assign decided_o = gate_done;
  always_comb begin
    replaying_o = '0;
    for (int unsigned r = 0; r < Rows; r++) replaying_o = replaying_o + 6'(replays[r]);
  end
  assign computing_o = rows_q - replaying_o;

  // ---- Reads -----------------------------------------------------------------------------------------------------------------------
  logic [31:0] row_beats, cache_place;
  assign row_beats   = 32'(words) >> 1;
  assign cache_place = address + (32'(sequence_q[row_q]) * 32'(word_q[96+:16]) + 32'(slot_q[row_q])) * row_beats;
  always_comb begin
    data_valid_o = 1'b0;
    data_beat_o  = header_i;
    data_beats_o = 32'd1;
    unique case (state_q)
      AskHeader: data_valid_o = 1'b1;
      AskRows: begin
        data_valid_o = 1'b1;
        data_beat_o  = rows_at_q;
        data_beats_o = (32'(rows_q) + 32'd3) >> 2;
      end
      AskWeights: begin
        data_valid_o = 1'b1;
        data_beat_o  = address;
        data_beats_o = (32'(words) + 32'd3) >> 2;
      end
      AskRow: begin
        data_valid_o = 1'b1;
        data_beat_o  = operation == Load ? input_q + 32'(row_q) * row_beats : cache_place;
        data_beats_o = row_beats;
      end
      AskThreshold: begin
        data_valid_o = 1'b1;
        data_beat_o  = thresholds_q + (32'(gates_q) >> 3);
      end
      RunHeads: begin
        data_valid_o = heads_read;
        data_beat_o  = heads_beat;
        data_beats_o = heads_beats;
      end
      default: ;
    endcase
  end
  assign program_valid_o     = state_q == AskProgram;
  assign program_beat_o      = program_q;
  assign program_beats_o     = 32'(program_beats_q);
  assign instruction_ready_o = state_q == Fetch;

  logic row_stream, weights_end;
  assign row_stream     = state_q == Work && (operation == Load || operation == Replay);
  assign stream_valid_o = row_stream && beat_valid_i;
  assign stream_data_o  = high_q ? beat_i[511:256] : beat_i[255:0];
  assign weights_end    = count_q[1:0] == 2'd3 || count_q + 16'd1 == words;
  assign weight_write_o = state_q == TakeWeights && beat_valid_i;
  assign weight_word_o  = count_q;
  assign weight_data_o  = beat_i[9'(count_q[1:0])*128+:128];
  always_comb begin
    unique case (state_q)
      TakeHeader, TakeRows, TakeThreshold: beat_ready_o = 1'b1;
      TakeWeights: beat_ready_o = weights_end;
      Work: beat_ready_o = row_stream && high_q && stream_ready_i;
      RunHeads: beat_ready_o = heads_beat_ready;
      default: beat_ready_o = 1'b0;
    endcase
  end

  // ---- Writes: two words of the vector unit make a beat ------------------------------------------------------------------------
  logic [255:0] word_low_q;
  logic [31:0] word_place;
  logic word_pair, writes_words;
  assign word_place   = (operation == Final ? hidden_q + 32'(row_q) * row_beats : cache_place) + (32'(word_index_i) >> 1);
  assign writes_words = operation == Final || (address != '1 && stores_q[row_q]);
  assign word_pair    = word_write_i && word_index_i[0] && writes_words;
  always_comb begin
    write_valid_o  = '0;
    write_beat_o   = word_place;
    write_data_o   = {word_data_i, word_low_q};
    write_strobe_o = '1;
    unique case (state_q)
      RunHeads: begin
        write_valid_o[heads_port] = heads_write;
        write_beat_o   = heads_write_beat;
        write_data_o   = heads_data;
        write_strobe_o = heads_strobe;
      end
      WriteDecisions: begin
        write_valid_o[0] = 1'b1;
        write_beat_o = outcome_q + 32'(gates_q) * 32'd3;
        write_data_o = 512'(replays);
      end
      WriteTas: begin
        write_valid_o[0] = 1'b1;
        write_beat_o = outcome_q + 32'(gates_q) * 32'd3 + 32'd1;
        write_data_o = tas_padded[511:0];
      end
      WriteTasHigh: begin
        write_valid_o[0] = 1'b1;
        write_beat_o = outcome_q + 32'(gates_q) * 32'd3 + 32'd2;
        write_data_o = tas_padded[1023:512];
      end
      default: write_valid_o[0] = word_pair;
    endcase
  end

  // ---- The units --------------------------------------------------------------------------------------------------------------------
  logic [3:0] row_operation;
  always_comb begin
    unique case (operation)
      Load: row_operation = 4'd0;
      Norm: row_operation = 4'd1;
      Final: row_operation = 4'd2;
      Quantise: row_operation = 4'd3;
      Silu: row_operation = 4'd4;
      Add: row_operation = 4'd5;
      default: row_operation = 4'd6;
    endcase
  end
  assign vector_valid_o           = state_q == RunHeads ? heads_vector : state_q == Command && ((operation != Add && operation != Final) || writes_empty_i);
  assign vector_operation_o       = state_q == RunHeads ? heads_operation : row_operation;
  assign vector_row_o             = state_q == RunHeads ? heads_row : row_q;
  assign vector_first_o           = state_q == RunHeads ? heads_first : 16'd0;
  assign vector_words_o           = state_q == RunHeads ? 16'(word_q[144+:5]) : words;
  assign vector_constant_o        = word_q[96+:32];
  assign vector_epsilon_o         = word_q[128+:48];
  assign activation_write_o       = q8_write_i && state_q != RunHeads;
  assign activation_scale_write_o = scale_write_i && state_q != RunHeads;

  // Streams wait in a queue, so that the vector unit can be served while a matrix's weights are still being asked for.
  logic streams_full, streams_empty;
  fc_fifo #(.Width(96), .Depth(4)) u_streams (
      .clk_i, .rst_ni, .push_i(state_q == GiveMatrix), .data_i(word_q[32+:96]), .full_o(streams_full), .pop_i(matrix_ready_i),
      .data_o({matrix_tile_words_o, matrix_scale_words_o, matrix_k_words_o, matrix_tiles_o, matrix_beat_o}), .empty_o(streams_empty)
  );
  assign matrix_valid_o       = !streams_empty;
  assign multiply_valid_o     = state_q == StartMultiply;
  assign multiply_index_o     = 32'(chosen >> stretch_first);
  assign multiply_rows_o      = stretch_rows;
  assign multiply_first_o     = stretch_first;
  assign multiply_policy_o    = policy_q;

  // ---- The course -------------------------------------------------------------------------------------------------------------------
  assign done_o  = state_q == Settle && writes_idle_i;
  assign error_o = state_q == Stuck;
  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q         <= Idle;
      rows_q          <= '0;
      policy_q        <= '0;
      mode_q          <= '0;
      rotated_q       <= 1'b0;
      windowed_q      <= 1'b0;
      sinks_q         <= '0;
      window_q        <= '0;
      program_beats_q <= '0;
      program_q       <= '0;
      rows_at_q       <= '0;
      input_q         <= '0;
      hidden_q        <= '0;
      outcome_q       <= '0;
      thresholds_q    <= '0;
      turns_q         <= '0;
      word_q          <= '0;
      row_q           <= '0;
      taken_q         <= '0;
      count_q         <= '0;
      high_q          <= 1'b0;
      gates_q         <= '0;
      threshold_q     <= '0;
      multiplying_q   <= 1'b0;
    end else begin
      if (multiply_valid_o && multiply_ready_i) multiplying_q <= 1'b1;
      else if (multiply_done_i) multiplying_q <= 1'b0;
      if (stream_valid_o && stream_ready_i) high_q <= !high_q;
      unique case (state_q)
        Idle: begin
          gates_q <= '0;
          taken_q <= '0;
          if (start_i) state_q <= AskHeader;
        end
        AskHeader: if (data_ready_i) state_q <= TakeHeader;
        TakeHeader:
        if (beat_valid_i) begin
          rows_q          <= beat_i[5:0];
          policy_q        <= beat_i[9:8];
          mode_q          <= beat_i[13:12];
          rotated_q       <= beat_i[14];
          windowed_q      <= beat_i[15];
          sinks_q         <= beat_i[31:16];
          window_q        <= beat_i[47:32];
          program_beats_q <= beat_i[63:48];
          program_q       <= beat_i[64+:32];
          rows_at_q       <= beat_i[96+:32];
          input_q         <= beat_i[128+:32];
          hidden_q        <= beat_i[160+:32];
          outcome_q       <= beat_i[192+:32];
          thresholds_q    <= beat_i[224+:32];
          turns_q         <= beat_i[256+:32];
          state_q         <= beat_i[5:0] == 0 || beat_i[5:0] > 6'(Rows) ? Stuck : AskRows;
        end
        AskRows: if (data_ready_i) state_q <= TakeRows;
        TakeRows:
        if (beat_valid_i) begin
          taken_q <= taken_q + 6'd4;
          if (taken_q + 6'd4 >= rows_q) state_q <= AskProgram;
        end
        AskProgram: if (program_ready_i) state_q <= Fetch;
        Fetch: begin
          row_q   <= '0;
          count_q <= '0;
          high_q  <= 1'b0;
          if (instruction_valid_i) begin
            word_q  <= instruction_i;
            state_q <= Begin;
          end
        end
        Begin:
        unique case (operation)
          End: state_q <= Settle;
          Norm, Final: state_q <= chosen == '0 ? Fetch : AskWeights;
          Load, Quantise, Silu, Add, Replay: state_q <= NextRow;
          Stream: state_q <= chosen == '0 ? Fetch : GiveMatrix;
          Multiply: state_q <= chosen == '0 ? Fetch : StartMultiply;
          Wait: if (!(word_q[32] && multiplying_q) && !(word_q[33] && attending_o)) state_q <= Fetch;
          Heads: state_q <= chosen == '0 ? Fetch : RunHeads;
          Score, Attend: if (chosen == '0 || jobs_start) state_q <= Fetch;
          Gate: state_q <= AskThreshold;
          default: state_q <= Stuck;
        endcase
        AskWeights: if (data_ready_i) state_q <= TakeWeights;
        TakeWeights:
        if (beat_valid_i) begin
          count_q <= count_q + 16'd1;
          if (count_q + 16'd1 == words) state_q <= NextRow;
        end
        NextRow:
        if (6'(row_q) == rows_q || chosen >> row_q == '0) state_q <= Fetch;
        else if (!chosen[row_q]) row_q <= row_q + 5'd1;
        else state_q <= operation == Load || operation == Replay ? AskRow : Command;
        AskRow: if (data_ready_i) state_q <= Command;
        Command: if (vector_valid_o && vector_ready_i) state_q <= Work;
        Work:
        if (vector_done_i) begin
          row_q   <= row_q + 5'd1;
          state_q <= 6'(row_q) + 6'd1 == rows_q ? Fetch : NextRow;
        end
        GiveMatrix: if (!streams_full) state_q <= Fetch;
        StartMultiply: if (multiply_ready_i) state_q <= Fetch;
        RunHeads: if (heads_done) state_q <= Fetch;
        AskThreshold: if (data_ready_i) state_q <= TakeThreshold;
        TakeThreshold: if (beat_valid_i) state_q <= WaitGate;
        WaitGate: if (gate_done) state_q <= WriteDecisions;
        WriteDecisions: if (write_ready_i[0]) state_q <= WriteTas;
        WriteTas: if (write_ready_i[0]) state_q <= WriteTasHigh;
        WriteTasHigh:
        if (write_ready_i[0]) begin
          gates_q <= gates_q + 16'd1;
          state_q <= Fetch;
        end
        Settle: if (writes_idle_i) state_q <= Idle;
        default: ;  // stuck until reset
      endcase
      if (state_q == TakeThreshold) threshold_q <= beat_i[9'(gates_q[2:0])*64+:34];
    end
  end
  always_ff @(posedge clk_i) begin
    if (word_write_i && !word_index_i[0]) word_low_q <= word_data_i;
    if (state_q == TakeRows && beat_valid_i)
      for (int unsigned i = 0; i < 4; i++)
        if (32'(taken_q) + i < Rows) begin
          sequence_q[5'(taken_q)+5'(i)]        <= beat_i[i*128+:8];
          position_q[5'(taken_q)+5'(i)]        <= beat_i[i*128+8+:16];
          slot_q[5'(taken_q)+5'(i)]            <= beat_i[i*128+32+:16];
          measured_q[5'(taken_q)+5'(i)]        <= beat_i[i*128+56] && 32'(taken_q) + i < 32'(rows_q);
          stores_q[5'(taken_q)+5'(i)]          <= beat_i[i*128+57];
          wanted_q[5'(taken_q)+5'(i)]          <= beat_i[i*128+59];
          partner_q[(32'(taken_q)+i)*5+:5]     <= beat_i[i*128+64+:5];
          earlier_q[5'(taken_q)+5'(i)]         <= beat_i[i*128+72+:16];
        end
  end

`ifndef SYNTHESIS
  // What the program must see to.
  always_ff @(posedge clk_i) begin
    assert (!(state_q == RunHeads && jobs_busy && heads_row == jobs_row)) else $error("queries change while they are dealt out");
    assert (!(state_q == WaitGate && attending_o)) else $error("decisions before all shares of the TAS");
    assert (!(state_q == Settle && (multiplying_q || attending_o || !streams_empty))) else $error("the program ends before its units");
  end
`endif
endmodule
