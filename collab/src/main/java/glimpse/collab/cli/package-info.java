/** The command line: {@code glimpse convert, info, classify, evaluate}. */
@NullMarked
package glimpse.collab.cli;

import org.jspecify.annotations.NullMarked;
