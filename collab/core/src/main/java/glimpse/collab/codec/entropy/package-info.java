/** Arithmetic coding of binary decisions, with probabilities that adapt. */
package glimpse.collab.codec.entropy;
