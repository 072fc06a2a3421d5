/**
 * The arithmetic, and the only package that knows the Vector API. Every vector kernel has a scalar twin that gives the
 * same bits.
 *
 * <p>Activations are packed as <b>panels</b>, weights as <b>tiles</b>. A panel holds P tokens as lanes,
 * {@code [feature][P]}, where P is two vectors (six with AVX2); a tile holds 8 rows of a matrix, {@code [k][8]}. A tile
 * times a panel gives 8 features of P tokens: rows of the next panel. So no layer transposes the output of the one
 * before it; LayerNorm, softmax and GELU are plain lane operations, and nothing is summed across lanes.
 *
 * <p><b>Blocking</b>, in the terms of BLIS (Van Zee and van de Geijn, ACM TOMS 41(3), 2015): the micro-kernel computes
 * MR x NR values, MR being the 8 rows of a tile and NR the P tokens of a panel. KC steps of k form a block, whose panel
 * stays in L1; MC rows of weights by KC form what stays in L2; NC, counted in panels, is how many panels pass before
 * the next block.
 *
 * <p><b>Packed operands</b>: arrays of panels begin at {@link glimpse.engine.kernel.Kernels#ALIGNMENT_OFFSET}; panel
 * {@code i}, row {@code r} is at {@link glimpse.engine.kernel.Kernels#rowAt}. Weights are laid out as
 * {@link glimpse.engine.kernel.WeightTiles} and {@link glimpse.engine.kernel.WeightPanels} say: padding rows are zero,
 * and 8 readable floats follow the last tile. Lanes of a panel without a token may hold anything; results in them are
 * never read.
 */
package glimpse.engine.kernel;
