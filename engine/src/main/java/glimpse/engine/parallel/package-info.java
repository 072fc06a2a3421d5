/** The threads that share a forward pass, and the cores that there are for them. */
package glimpse.engine.parallel;
