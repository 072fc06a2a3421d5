/** Which class of a model an image has: by WordNet id, name or number, ILSVRC2012_ID, or a file with labels. */
@NullMarked
package glimpse.evaluation.classes;

import org.jspecify.annotations.NullMarked;
