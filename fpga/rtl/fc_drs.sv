// SPDX-License-Identifier: Apache-2.0
//
// Dynamic Resource Scheduling: from the index register (which rows compute) to what each core does. The mapping registers hold the rows that compute, one
// behind the other; the cores take them by policy: a fixed share each (static), in turn (deal, the paper's round robin), or in turn after cutting each row's outputs into as many
// granules as make the shares equal (split). One row a cycle is entered; rows that replay leave no trace, so nothing is discarded later.

module fc_drs #(
    /// A power of two.
    parameter int unsigned Cores = 4
) (
    input  logic                 clk_i,
    input  logic                 rst_ni,
    /// Index register: bit r is set where row r computes; rows in flight (1 to 32).
    input  logic                 valid_i,
    input  logic [31:0]          index_i,
    input  logic [5:0]           rows_i,
    /// 0 static, 1 deal, 2 split.
    input  logic [1:0]           policy_i,
    /// One cycle long; the mapping holds until the next `valid_i`.
    output logic                 mapped_o,
    output logic                 busy_o,
    output logic [159:0]         map_o,
    output logic [Cores*9-1:0]   first_o,
    output logic [Cores*9-1:0]   limit_o,
    output logic [8:0]           step_o,
    output logic [8:0]           turn_o,
    output logic [1:0]           granule_log2_o,
    output logic [5:0]           computing_o
);
  localparam int unsigned CoreBits = $clog2(Cores);

  logic [31:0] index_q;
  logic [5:0] rows_q, row_q, count_q, in_share_q, share_q;
  logic [CoreBits:0] core_q;
  logic [1:0] policy_q;
  logic busy_q;
  logic [4:0] map_q[32];
  logic [5:0] first_q[Cores], limit_q[Cores];

  logic computes, share_ends;
  logic [5:0] count;
  assign computes   = index_q[row_q[4:0]];
  assign count      = count_q + 6'(computes);
  assign share_ends = in_share_q + 6'd1 == share_q;

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      busy_q     <= 1'b0;
      mapped_o   <= 1'b0;
      index_q    <= '0;
      rows_q     <= '0;
      row_q      <= '0;
      count_q    <= '0;
      in_share_q <= '0;
      share_q    <= '0;
      core_q     <= '0;
      policy_q   <= '0;
      for (int unsigned r = 0; r < 32; r++) map_q[r] <= '0;
      for (int unsigned c = 0; c < Cores; c++) begin
        first_q[c] <= '0;
        limit_q[c] <= '0;
      end
    end else begin
      mapped_o <= 1'b0;
      if (!busy_q) begin
        if (valid_i) begin
          busy_q     <= 1'b1;
          index_q    <= index_i;
          rows_q     <= rows_i;
          policy_q   <= policy_i;
          row_q      <= '0;
          count_q    <= '0;
          in_share_q <= '0;
          share_q    <= 6'((7'(rows_i) + 7'(Cores) - 7'd1) >> CoreBits);
          core_q     <= '0;
          for (int unsigned c = 0; c < Cores; c++) begin
            first_q[c] <= '0;
            limit_q[c] <= '0;
          end
        end
      end else begin
        if (computes) map_q[count_q[4:0]] <= row_q[4:0];
        if (in_share_q == 0) first_q[core_q[CoreBits-1:0]] <= count_q;
        limit_q[core_q[CoreBits-1:0]] <= count;
        count_q    <= count;
        row_q      <= row_q + 6'd1;
        in_share_q <= share_ends ? '0 : in_share_q + 6'd1;
        core_q     <= core_q + (CoreBits + 1)'(share_ends);
        if (row_q + 6'd1 == rows_q) begin
          busy_q   <= 1'b0;
          mapped_o <= 1'b1;
        end
      end
    end
  end

  // Granules: the fewest of 1, 2, 4, 8 a row for which their number divides evenly by the cores.
  logic [1:0] log2;
  always_comb begin
    log2 = 2'(CoreBits > 3 ? 3 : CoreBits);
    for (int unsigned zeros = 1; zeros <= 5; zeros++)
      if (count_q != 0 && (count_q & ((6'd1 << zeros) - 6'd1)) == 0)
        log2 = CoreBits > 3 + zeros ? 2'd3 : 2'(CoreBits > zeros ? CoreBits - zeros : 0);
    if (policy_q != 2'd2) log2 = 2'd0;
  end

  logic [8:0] entries;
  assign entries        = {3'd0, count_q} << log2;
  assign granule_log2_o = log2;
  assign computing_o    = count_q;
  assign busy_o         = busy_q;
  assign step_o         = policy_q == 2'd0 ? 9'd1 : 9'(Cores);
  assign turn_o         = policy_q == 2'd2 ? entries & 9'(Cores - 1) : 9'd0;
  for (genvar r = 0; r < 32; r++) begin : g_map
    assign map_o[r*5+:5] = map_q[r];
  end
  for (genvar c = 0; c < Cores; c++) begin : g_share
    assign first_o[c*9+:9] = policy_q == 2'd0 ? {3'd0, first_q[c]} : 9'(c);
    assign limit_o[c*9+:9] = policy_q == 2'd0 ? {3'd0, limit_q[c]} : entries;
  end

`ifdef FORMAL
  // What the cores rely on, for any two entries of the mapping registers: rows that replay are not in them, rows that compute are, once, in order;
  // each entry is one core's, and a row is cut in the fewest granules that the cores share evenly, or in the most.
  (* anyconst *) logic [4:0] earlier, later, row;
  logic [5:0] ones;
  always_comb begin
    ones = '0;
    for (int unsigned r = 0; r < 32; r++) ones = ones + 6'(row_q > 6'(r) ? index_q[r] : 1'b0);
  end
  logic entered;  // `row` stands in an entry that counts
  always_comb begin
    entered = 1'b0;
    for (int unsigned r = 0; r < 32; r++) if (6'(r) < count_q && map_q[r] == row) entered = 1'b1;
  end
  logic [CoreBits:0] owners;  // cores whose fixed share holds entry `later`
  always_comb begin
    owners = '0;
    for (int unsigned c = 0; c < Cores; c++) owners = owners + (CoreBits + 1)'(first_q[c] <= 6'(later) && 6'(later) < limit_q[c]);
  end
  always @(posedge clk_i) begin
    assume (rows_i >= 6'd1 && rows_i <= 6'd32);
    if (rst_ni && share_q != 0) begin
      assert (rows_q >= 6'd1 && rows_q <= 6'd32 && row_q <= rows_q && (!busy_q || row_q < rows_q));
      assert (share_q == 6'((7'(rows_q) + 7'(Cores) - 7'd1) >> CoreBits));
      assert (in_share_q < share_q && 12'(row_q) == 12'(core_q) * 12'(share_q) + 12'(in_share_q));
      for (int unsigned c = 0; c < Cores; c++) begin
        assert (first_q[c] <= limit_q[c] && limit_q[c] <= count_q);
        if ((CoreBits + 1)'(c) > core_q || ((CoreBits + 1)'(c) == core_q && in_share_q == 0)) assert (limit_q[c] == 0);
        if ((CoreBits + 1)'(c) == core_q && in_share_q != 0) assert (limit_q[c] == count_q);
      end
      assert (count_q == ones);
      if (6'(earlier) < count_q) assert (index_q[map_q[earlier]] && 6'(map_q[earlier]) < row_q);
      if (6'(later) < count_q) begin
        assert (index_q[map_q[later]] && 6'(map_q[later]) < row_q);
        if (earlier < later) assert (map_q[earlier] < map_q[later]);
        assert (owners == 1);
      end else assert (owners == 0);
      assert (entered == (index_q[row] && 6'(row) < row_q));
      if (policy_q == 2'd2 && log2 != 2'd3) assert ((entries & 9'(Cores - 1)) == 0);
      if (policy_q == 2'd2 && log2 != 2'd0 && count_q != 0) assert (((entries >> 1) & 9'(Cores - 1)) != 0);
    end
    if (rst_ni && mapped_o) assert (row_q == rows_q && !busy_q);
  end
`endif
endmodule
