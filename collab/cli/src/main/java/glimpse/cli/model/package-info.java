/** Models that options name: files, models of a hub, built-in ones. */
@NullMarked
package glimpse.cli.model;

import org.jspecify.annotations.NullMarked;
