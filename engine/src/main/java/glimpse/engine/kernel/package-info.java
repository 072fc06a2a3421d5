/**
 * The arithmetic, and the only place that knows the Vector API. Every vector kernel has a scalar twin that gives the
 * same bits.
 *
 * <p>Activations are <b>panels</b>, weights are <b>tiles</b>. A panel holds P tokens as lanes, {@code [feature][P]},
 * where P is two vectors; a tile holds 8 rows of a matrix, {@code [k][8]}. A tile times a panel gives 8 features of P
 * tokens: rows of the next panel, so that no layer ever transposes what the one before it made, LayerNorm, softmax and
 * GELU are plain lane operations, and nothing is summed across lanes.
 */
package glimpse.engine.kernel;
