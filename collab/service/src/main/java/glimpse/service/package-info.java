/** The server of collaborative inference over HTTP: what starts it, and its options. */
@NullMarked
package glimpse.service;

import org.jspecify.annotations.NullMarked;
