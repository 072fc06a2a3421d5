/**
 * Reading of safetensors files: a strict header reader with one named error a rule, decoding to float, and the canonical
 * names under which a converted model keeps its tensors.
 */
package glimpse.engine.weights;
