/** Files that the command line names, checked so that errors name the option, and folders of this process. */
@NullMarked
package glimpse.cli.file;

import org.jspecify.annotations.NullMarked;
