// SPDX-License-Identifier: Apache-2.0
//
// Deals attention's work out: for each row and query head a job to the unit behind whose port its keys and values lie: all of them attention, or all of them the
// shares of the TAS, of the rows that have an earlier frame. What it is asked for it keeps, so the sequencer goes on meanwhile.

module fc_jobs #(
    parameter int unsigned Ports = 4,
    /// Numbers in a head, at the most.
    parameter int unsigned MaxHead = 64,
    localparam int unsigned PortBits = Ports > 1 ? $clog2(Ports) : 1
) (
    input  logic              clk_i,
    input  logic              rst_ni,

    /// Heeded while not busy. Whether the TAS is wanted, not attention; the first row and how many.
    input  logic              start_i,
    input  logic              tas_i,
    input  logic [4:0]        first_i,
    input  logic [5:0]        rows_i,
    /// Jobs are still to be dealt out.
    output logic              busy_o,
    /// As in fc_heads.
    input  logic [5:0]        heads_i,
    input  logic [5:0]        key_heads_i,
    input  logic [5:0]        group_i,  // query heads of a key head
    input  logic [4:0]        words_i,
    input  logic [31:0]       cache_i,
    input  logic [31:0]       region_i,
    input  logic [15:0]       positions_i,
    input  logic [15:0]       scale_beats_i,
    /// What makes scores of products; whether TAS looks at the query before its rotation.
    input  logic [31:0]       constant_i,
    input  logic              raw_i,
    /// What is visible: all, or the first and the last positions.
    input  logic              windowed_i,
    input  logic [15:0]       sinks_i,
    input  logic [15:0]       window_i,

    output logic [4:0]        row_o,
    input  logic [7:0]        sequence_i,
    input  logic [15:0]       position_i,
    input  logic [15:0]       earlier_i,
    input  logic              measured_i,

    output logic [4:0]        query_head_o,
    output logic              query_raw_o,

    /// To the units; the query comes from fc_heads.
    output logic [Ports-1:0]  job_valid_o,
    input  logic [Ports-1:0]  job_ready_i,
    output logic              job_tas_o,
    output logic [31:0]       job_constant_o,
    output logic [31:0]       job_keys_o,
    output logic [31:0]       job_values_o,
    output logic [31:0]       job_key_scales_o,
    output logic [31:0]       job_value_scales_o,
    output logic [15:0]       job_sinks_o,
    output logic [15:0]       job_from_o,
    output logic [15:0]       job_end_o,
    output logic [15:0]       job_word_o,
    output logic [4:0]        job_words_o
);
  typedef enum logic [1:0] {Idle, Read, Offer} state_e;
  state_e state_q;
  logic tas_q;
  logic [4:0] row_q, words_q;
  logic [5:0] end_q, heads_q, key_heads_q, group_q;
  logic [31:0] cache_q, region_q, constant_q;
  logic [15:0] positions_q, scale_beats_q;
  logic [5:0] head_q, key_head_q, in_group_q;

  logic [15:0] place, seen, from;
  logic [31:0] region, length;
  logic [PortBits-1:0] port;
  assign place  = 16'(sequence_i) * 16'(key_heads_q) + 16'(key_head_q);
  assign port   = Ports > 1 ? PortBits'(place) : '0;
  assign region = cache_q + (32'(place) >> (Ports > 1 ? PortBits : 0)) * region_q;
  assign length = 32'(positions_q) << (MaxHead > 64 && words_q > 5'd8);  // of the keys, in beats
  assign seen   = position_i + 16'd1;
  assign from   = windowed_i && seen > window_i ? seen - window_i : 16'd0;

  assign row_o              = row_q;
  assign query_head_o       = head_q[4:0];
  assign query_raw_o        = tas_q && raw_i;
  assign job_tas_o          = tas_q;
  assign job_constant_o     = constant_q;
  assign job_keys_o         = region;
  assign job_values_o       = region + length;
  assign job_key_scales_o   = region + 2 * length;
  assign job_value_scales_o = region + 2 * length + 32'(scale_beats_q);
  assign job_sinks_o        = tas_q || !windowed_i ? 16'd0 : sinks_i < from ? sinks_i : from;
  assign job_from_o         = tas_q ? earlier_i : from;
  assign job_end_o          = tas_q ? earlier_i + 16'd1 : seen;
  assign job_word_o         = tas_q ? 16'(head_q) : 16'(head_q) * 16'(words_q);
  assign job_words_o        = words_q;
  always_comb begin
    job_valid_o = '0;
    job_valid_o[port] = state_q == Offer;
  end

  logic taken, last_head, last_row, row_done;
  assign taken     = state_q == Offer && job_ready_i[port];
  assign last_head = head_q + 6'd1 == heads_q;
  assign last_row  = 6'(row_q) + 6'd1 == end_q;
  assign row_done  = (taken && last_head) || (state_q == Read && tas_q && !measured_i);
  assign busy_o    = state_q != Idle;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      state_q       <= Idle;
      tas_q         <= 1'b0;
      row_q         <= '0;
      end_q         <= '0;
      heads_q       <= '0;
      key_heads_q   <= '0;
      group_q       <= '0;
      words_q       <= '0;
      cache_q       <= '0;
      region_q      <= '0;
      positions_q   <= '0;
      scale_beats_q <= '0;
      constant_q    <= '0;
      head_q        <= '0;
      key_head_q    <= '0;
      in_group_q    <= '0;
    end else begin
      unique case (state_q)
        Idle:
        if (start_i) begin
          state_q       <= Read;
          tas_q         <= tas_i;
          row_q         <= first_i;
          end_q         <= 6'(first_i) + rows_i;
          heads_q       <= heads_i;
          key_heads_q   <= key_heads_i;
          group_q       <= group_i;
          words_q       <= words_i;
          cache_q       <= cache_i;
          region_q      <= region_i;
          positions_q   <= positions_i;
          scale_beats_q <= scale_beats_i;
          constant_q    <= constant_i;
          head_q        <= '0;
          key_head_q    <= '0;
          in_group_q    <= '0;
        end
        // The query is there in the next cycle.
        Read: if (!row_done) state_q <= Offer;
        Offer:
        if (taken) begin
          state_q    <= Read;
          head_q     <= last_head ? '0 : head_q + 6'd1;
          in_group_q <= in_group_q + 6'd1 == group_q ? '0 : in_group_q + 6'd1;
          if (in_group_q + 6'd1 == group_q) key_head_q <= last_head ? '0 : key_head_q + 6'd1;
        end
        default: state_q <= Idle;
      endcase
      if (row_done) begin
        row_q <= row_q + 5'd1;
        if (last_row) state_q <= Idle;
      end
    end
  end
endmodule
