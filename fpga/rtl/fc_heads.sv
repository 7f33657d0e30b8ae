// SPDX-License-Identifier: Apache-2.0
//
// Queries, keys and values out of a matrix's results: for each row and head the vector unit is told what to rotate and quantise; queries
// stay here until attention asks for them, keys and values go into the cache.

module fc_heads #(
    parameter int unsigned Rows = 32,
    parameter int unsigned Ports = 4,
    /// Query heads, at the most.
    parameter int unsigned MaxHeads = 32,
    /// Numbers in a head, at the most: 64 or 128, one or two beats.
    parameter int unsigned MaxHead = 64,
    localparam int unsigned PortBits = Ports > 1 ? $clog2(Ports) : 1
) (
    input  logic               clk_i,
    input  logic               rst_ni,

    input  logic               start_i,
    output logic               done_o,
    /// The first row and how many; query heads, key heads, words of 8 in a head; whether the queries before their rotation are wanted.
    input  logic [4:0]         first_i,
    input  logic [5:0]         rows_i,
    input  logic [5:0]         heads_i,
    input  logic [5:0]         key_heads_i,
    input  logic [4:0]         words_i,
    input  logic               raw_i,
    /// Where the layer's cache begins (beats, at every port), beats of a head's region, of its keys, of the Scales of its keys.
    input  logic [31:0]        cache_i,
    input  logic [31:0]        region_i,
    input  logic [15:0]        positions_i,
    input  logic [15:0]        scale_beats_i,
    /// The rotation's table and its beats a position.
    input  logic [31:0]        turns_i,
    input  logic [3:0]         turn_beats_i,

    /// The row that is worked on, and what the sequencer knows of it.
    output logic [4:0]         row_o,
    input  logic [7:0]         sequence_i,
    input  logic [15:0]        position_i,

    /// Reads through port 0.
    output logic               read_valid_o,
    input  logic               read_ready_i,
    output logic [31:0]        read_beat_o,
    output logic [31:0]        read_beats_o,
    input  logic               beat_valid_i,
    output logic               beat_ready_o,
    input  logic [511:0]       beat_i,

    /// To and from the vector unit.
    output logic               turn_write_o,
    output logic [2:0]         turn_word_o,
    output logic [255:0]       turn_data_o,
    output logic               vector_valid_o,
    input  logic               vector_ready_i,
    output logic [3:0]         vector_operation_o,
    output logic [15:0]        vector_first_o,
    input  logic               vector_done_i,
    input  logic               q8_write_i,
    /* verilator lint_off UNUSEDSIGNAL */
    input  logic [15:0]        q8_group_i,
    /* verilator lint_on UNUSEDSIGNAL */
    input  logic [63:0]        q8_data_i,
    input  logic [31:0]        scale_data_i,

    /// Into the cache.
    output logic               write_valid_o,
    input  logic               write_ready_i,
    output logic [PortBits-1:0] write_port_o,
    output logic [31:0]        write_beat_o,
    output logic [511:0]       write_data_o,
    output logic [63:0]        write_strobe_o,

    /// A query, a cycle later: Scale above, int8 below.
    input  logic [4:0]         query_row_i,
    input  logic [4:0]         query_head_i,
    input  logic               query_raw_i,
    output logic [MaxHead*8+31:0] query_o
);
  localparam logic [3:0] Head = 4'd7, RotatedHead = 4'd8;
  localparam int unsigned GroupBits = $clog2(MaxHead / 8);
  localparam int unsigned QueryBits = $clog2(Rows * MaxHeads) + 1;

  typedef enum logic [3:0] {Idle, AskTurns, TakeTurns, TakeTurnsHigh, Command, Work, Keep, WriteVector, WriteUpper, WriteScale, Next} state_e;
  state_e state_q;
  logic [4:0] row_q;
  logic [6:0] head_q;  // queries, then keys, then values
  logic raw_q;
  logic [3:0] turn_q;
  logic [MaxHead*8-1:0] vector_q;
  logic [31:0] scale_q;
  logic is_query, is_value, wide, last_row;
  logic [5:0] key_head;
  logic [6:0] all_heads;
  assign wide      = MaxHead > 64 && words_i > 5'd8;  // two beats a position
  assign last_row  = 6'(row_q) + 6'd1 == 6'(first_i) + rows_i;
  assign is_query  = head_q < 7'(heads_i);
  assign is_value  = head_q >= 7'(heads_i) + 7'(key_heads_i);
  assign key_head  = 6'(head_q - 7'(heads_i) - (is_value ? 7'(key_heads_i) : 7'd0));
  assign all_heads = 7'(heads_i) + 7'(key_heads_i) + 7'(key_heads_i);

  // ---- Queries ------------------------------------------------------------------------------------------------------------------------
  logic [MaxHead*8+31:0] queries[2*Rows*MaxHeads];
  always_ff @(posedge clk_i) begin
    if (state_q == Keep && is_query) queries[{QueryBits'(row_q*MaxHeads)+QueryBits'(head_q)}*2+QueryBits'(raw_q)] <= {scale_q, vector_q};
    query_o <= queries[{QueryBits'(query_row_i*MaxHeads)+QueryBits'(query_head_i)}*2+QueryBits'(query_raw_i)];
  end

  // ---- The cache ----------------------------------------------------------------------------------------------------------------------
  logic [15:0] place;  // of the head among all sequences' heads
  logic [31:0] region, length, part;
  logic [511:0] upper;
  assign place  = 16'(sequence_i) * 16'(key_heads_i) + 16'(key_head);
  assign region = cache_i + (32'(place) >> (Ports > 1 ? PortBits : 0)) * region_i;
  assign length = 32'(positions_i) << wide;  // of the keys, in beats; the values' too
  assign part   = region + (is_value ? length : 32'd0);
  assign write_port_o   = Ports > 1 ? PortBits'(place) : '0;
  assign write_valid_o  = state_q == WriteVector || state_q == WriteUpper || state_q == WriteScale;
  assign upper          = 512'(vector_q >> 512);
  always_comb begin
    write_beat_o   = part + (32'(position_i) << wide);
    write_data_o   = vector_q[511:0];
    write_strobe_o = '1;
    if (state_q == WriteUpper) begin
      write_beat_o = part + (32'(position_i) << wide) + 32'd1;
      write_data_o = upper;
    end
    if (state_q == WriteScale) begin
      write_beat_o   = region + 2 * length + (is_value ? 32'(scale_beats_i) : 32'd0) + (32'(position_i) >> 4);
      write_data_o   = {16{scale_q}};
      write_strobe_o = 64'hf << {position_i[3:0], 2'd0};
    end
  end

  assign row_o              = row_q;
  assign read_valid_o       = state_q == AskTurns;
  assign read_beat_o        = turns_i + 32'(position_i) * 32'(turn_beats_i);
  assign read_beats_o       = 32'(turn_beats_i);
  assign beat_ready_o       = state_q == TakeTurnsHigh;
  assign turn_write_o       = (state_q == TakeTurns && beat_valid_i) || state_q == TakeTurnsHigh;
  assign turn_word_o        = {turn_q[1:0], state_q == TakeTurnsHigh};
  assign turn_data_o        = state_q == TakeTurnsHigh ? beat_i[511:256] : beat_i[255:0];
  assign vector_valid_o     = state_q == Command;
  assign vector_operation_o = is_value || (is_query && raw_q) ? Head : RotatedHead;
  assign vector_first_o     = 16'(head_q) * 16'(words_i);
  assign done_o             = state_q == Next && head_q + 7'd1 == all_heads && last_row;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q  <= Idle;
      row_q    <= '0;
      head_q   <= '0;
      raw_q    <= 1'b0;
      turn_q   <= '0;
      vector_q <= '0;
      scale_q  <= '0;
    end else begin
      if (q8_write_i) vector_q[32'(q8_group_i[GroupBits-1:0])*64+:64] <= q8_data_i;
      unique case (state_q)
        Idle:
        if (start_i) begin
          state_q <= AskTurns;
          row_q   <= first_i;
        end
        AskTurns: begin
          head_q <= '0;
          raw_q  <= raw_i;
          turn_q <= '0;
          if (read_ready_i) state_q <= TakeTurns;
        end
        TakeTurns: if (beat_valid_i) state_q <= TakeTurnsHigh;
        TakeTurnsHigh: begin
          turn_q  <= turn_q + 4'd1;
          state_q <= turn_q + 4'd1 == turn_beats_i ? Command : TakeTurns;
        end
        Command: begin
          vector_q <= '0;
          if (vector_ready_i) state_q <= Work;
        end
        Work:
        if (vector_done_i) begin
          scale_q <= scale_data_i;
          state_q <= is_query ? Keep : WriteVector;
        end
        Keep: begin
          raw_q   <= 1'b0;
          state_q <= raw_q ? Command : Next;
        end
        WriteVector: if (write_ready_i) state_q <= wide ? WriteUpper : WriteScale;
        WriteUpper: if (write_ready_i) state_q <= WriteScale;
        WriteScale: if (write_ready_i) state_q <= Next;
        Next: begin
          head_q  <= head_q + 7'd1;
          raw_q   <= raw_i;
          state_q <= Command;
          if (head_q + 7'd1 == all_heads) begin
            row_q   <= row_q + 5'd1;
            state_q <= last_row ? Idle : AskTurns;
          end
        end
        default: state_q <= Idle;
      endcase
    end
  end
endmodule
