// SPDX-License-Identifier: Apache-2.0
//
// The kernel's registers behind AXI4-Lite: start and done as ap_ctrl_hs has them, the arguments, the design's version, and counters that can be read
// while a run goes (docs/accelerator.md, "Registers").

module fc_control #(
    parameter int unsigned Ports = 4,
    /// What the host asks for before it uses the design.
    parameter logic [31:0] Version = 32'd3,
    parameter logic [31:0] Shape = 32'd0,
    parameter logic [31:0] Heads = 32'd0
) (
    input  logic                    clk_i,
    input  logic                    rst_ni,

    input  logic                    aw_valid_i,
    output logic                    aw_ready_o,
    input  logic [11:0]             aw_address_i,
    input  logic                    w_valid_i,
    output logic                    w_ready_o,
    input  logic [31:0]             w_data_i,
    output logic                    b_valid_o,
    input  logic                    b_ready_i,
    input  logic                    ar_valid_i,
    output logic                    ar_ready_o,
    input  logic [11:0]             ar_address_i,
    output logic                    r_valid_o,
    input  logic                    r_ready_i,
    output logic [31:0]             r_data_o,
    output logic                    interrupt_o,

    /// One cycle, when a run begins; then until its end.
    output logic                    start_o,
    output logic                    running_o,
    input  logic                    done_i,
    input  logic                    error_i,
    output logic [31:0]             header_o,
    /// Where each port's memory begins.
    output logic [Ports*64-1:0]     base_o,
    /// What is being done.
    input  logic [31:0]             status_i,
    /// The counter that is read.
    output logic [7:0]              counter_index_o,
    input  logic [63:0]             counter_i
);
  logic done_q, auto_q, global_q, enable_q, pending_q, write, start;
  logic [31:0] bases_q[2*Ports];
  assign write      = aw_valid_i && w_valid_i && !b_valid_o;
  assign aw_ready_o = write;
  assign w_ready_o  = write;
  assign ar_ready_o = !r_valid_o;
  assign start      = write && aw_address_i == 12'h000 && w_data_i[0] && !running_o;
  for (genvar p = 0; p < Ports; p++) begin : g_base
    assign base_o[p*64+:64] = {bases_q[2*p+1], bases_q[2*p]};
  end
  assign interrupt_o = global_q && enable_q && pending_q;

  logic [31:0] read;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [9:0] base_word;
  /* verilator lint_on UNUSEDSIGNAL */
  assign counter_index_o = 8'(ar_address_i[11:3] - 9'h080);
  assign base_word       = ar_address_i[11:2] - 10'h008;
  always_comb begin
    unique case (ar_address_i)
      12'h000: read = {24'd0, auto_q, 3'd0, done_q, !running_o, done_q, running_o};
      12'h004: read = {31'd0, global_q};
      12'h008: read = {31'd0, enable_q};
      12'h00c: read = {31'd0, pending_q};
      12'h010: read = header_o;
      12'h200: read = Version;
      12'h204: read = Shape;
      12'h208: read = {31'd0, error_i};
      12'h20c: read = status_i;
      12'h210: read = Heads;
      default:
      if (ar_address_i >= 12'h400) read = ar_address_i[2] ? counter_i[63:32] : counter_i[31:0];
      else read = base_word < 10'(2 * Ports) ? bases_q[base_word[$clog2(2*Ports)-1:0]] : '0;
    endcase
  end

  always_ff @(posedge clk_i or negedge rst_ni) begin
    if (!rst_ni) begin
      done_q    <= 1'b0;
      auto_q    <= 1'b0;
      global_q  <= 1'b0;
      enable_q  <= 1'b0;
      pending_q <= 1'b0;
      start_o   <= 1'b0;
      running_o <= 1'b0;
      b_valid_o <= 1'b0;
      r_valid_o <= 1'b0;
      r_data_o  <= '0;
      header_o  <= '0;
      for (int unsigned i = 0; i < 2 * Ports; i++) bases_q[i] <= '0;
    end else begin
      start_o <= start || (done_i && auto_q);
      if (start) running_o <= 1'b1;
      else if (done_i) running_o <= auto_q;
      if (done_i) done_q <= 1'b1;
      else if (ar_valid_i && ar_ready_o && ar_address_i == 12'h000) done_q <= 1'b0;  // read once
      if (done_i) pending_q <= 1'b1;
      else if (write && aw_address_i == 12'h00c && w_data_i[0]) pending_q <= !pending_q;

      if (write) begin
        b_valid_o <= 1'b1;
        unique case (aw_address_i)
          12'h000: auto_q <= w_data_i[7];
          12'h004: global_q <= w_data_i[0];
          12'h008: enable_q <= w_data_i[0];
          12'h010: header_o <= w_data_i;
          default:
          for (int unsigned i = 0; i < 2 * Ports; i++) if (aw_address_i == 12'(32 + 4 * i)) bases_q[i] <= w_data_i;
        endcase
      end else if (b_ready_i) b_valid_o <= 1'b0;

      if (ar_valid_i && ar_ready_o) begin
        r_valid_o <= 1'b1;
        r_data_o  <= read;
      end else if (r_ready_i) r_valid_o <= 1'b0;
    end
  end

`ifdef FORMAL
  // Answers stand until they are taken; a run starts only where none goes on, or as the next of a row; its end is told once and never lost: it stands in the status
  // until that has been read.
  logic answer_q, read_q, ended_q, status_read;
  logic [31:0] data_q;
  assign status_read = ar_valid_i && ar_ready_o && ar_address_i == 12'h000;
  always @(posedge clk_i) begin
    answer_q <= rst_ni && b_valid_o && !b_ready_i;
    read_q   <= rst_ni && r_valid_o && !r_ready_i;
    data_q   <= r_data_o;
    assume (!done_i || (running_o && !start_o));
    if (!rst_ni) ended_q <= 1'b0;
    else begin
      ended_q <= done_i || (ended_q && !status_read);
      if (answer_q) assert (b_valid_o);
      if (read_q) assert (r_valid_o && r_data_o == data_q);
      assert (done_q == ended_q);
      if (status_read) assert (read[1] == ended_q && read[2] == !running_o);
      assert (!start_o || running_o);
    end
  end
`endif
endmodule
