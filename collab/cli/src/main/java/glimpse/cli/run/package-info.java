/** Plans carried out in a folder, resumably: rows computed in this process or elsewhere. */
@NullMarked
package glimpse.cli.run;

import org.jspecify.annotations.NullMarked;
