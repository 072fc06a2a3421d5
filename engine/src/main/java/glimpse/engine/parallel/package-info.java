/** The threads that share a forward pass. */
package glimpse.engine.parallel;
