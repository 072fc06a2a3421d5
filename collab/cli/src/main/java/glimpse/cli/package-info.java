/** The command line: {@code glimpse convert, info, classify, evaluate}. */
@NullMarked
package glimpse.cli;

import org.jspecify.annotations.NullMarked;
