/** The images that a command is given one by one: files, folders, standard input, addresses of the web. */
@NullMarked
package glimpse.cli.input;

import org.jspecify.annotations.NullMarked;
