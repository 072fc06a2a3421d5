/**
 * Products of whole matrices by the panels of a batch: divided among workers, cut into blocks that fit the caches, and
 * computed tile by tile with the {@link glimpse.engine.kernel.Kernels}. Weights are laid out as
 * {@link glimpse.engine.gemm.WeightTiles} and {@link glimpse.engine.gemm.WeightPanels} say.
 *
 * <p><b>Blocking</b>, in the terms of BLIS (Van Zee and van de Geijn, ACM TOMS 41(3), 2015): the micro-kernel computes
 * MR x NR values, MR being the 8 rows of a tile and NR the P tokens of a panel. KC steps of k form a block, whose panel
 * stays in L1; MC rows of weights by KC form what stays in L2; NC, counted in panels, is how many panels pass before
 * the next block.
 */
package glimpse.engine.gemm;
