/**
 * Labelled images in a fixed order: {@link glimpse.collab.data.ImageFolder} from folders of image files, {@link
 * glimpse.collab.data.IdxDataset} from the files of MNIST and its relatives.
 */
@NullMarked
package glimpse.collab.data;

import org.jspecify.annotations.NullMarked;
