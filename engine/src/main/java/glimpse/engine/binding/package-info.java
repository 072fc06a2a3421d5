/** A converted model's tensors: all checked before the first is read, and matrices read as they are packed. */
package glimpse.engine.binding;
