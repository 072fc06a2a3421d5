/**
 * Reads safetensors files: a strict header reader with a named error for each rule of the format, decoding to float,
 * and the names of a converted model's tensors.
 */
package glimpse.engine.weights;
