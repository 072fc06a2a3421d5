/**
 * The arithmetic, and the only package that knows the Vector API. Every vector kernel has a scalar twin that gives the
 * same bits.
 *
 * <p>Activations are packed as <b>panels</b>, weights as <b>tiles</b>. A panel holds P tokens as lanes,
 * {@code [feature][P]}, where P is two vectors (six with AVX2 and at 128 bits); a tile holds 8 rows of a matrix,
 * {@code [k][8]}. A tile times a panel gives 8 features of P tokens: rows of the next panel. So no layer transposes the
 * output of the one before it; LayerNorm, softmax and GELU are plain lane operations, and nothing is summed across
 * lanes.
 *
 * <p><b>Packed operands</b>: arrays of panels begin at {@link glimpse.engine.kernel.Kernels#ALIGNMENT_OFFSET}; panel
 * {@code i}, row {@code r} is at {@link glimpse.engine.kernel.Kernels#rowAt}. Rows that pad a tile are zero, and 8
 * readable floats follow the last tile. Lanes of a panel without a token may hold anything; results in them are never
 * read.
 */
package glimpse.engine.kernel;
