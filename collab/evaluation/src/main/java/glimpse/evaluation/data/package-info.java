/**
 * Labelled images in a fixed order: {@link glimpse.evaluation.data.ImageFolder} reads folders of image files,
 * {@link glimpse.evaluation.data.IdxDataset} the files of MNIST and its relatives.
 */
@NullMarked
package glimpse.evaluation.data;

import org.jspecify.annotations.NullMarked;
