/**
 * The layers of a Vision Transformer. A layer is immutable and holds weights; the state of a forward pass is in the
 * {@link glimpse.engine.layer.Workspace} that it is given.
 */
package glimpse.engine.layer;
