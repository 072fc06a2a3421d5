package glimpse.evaluation.webp;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Counts the rows of macroblocks that a reader has completed, after each of which it reports its progress. */
final class RowCount implements IIOReadProgressListener {
    private int count;

    int count() {
        return count;
    }

    @Override
    public void imageProgress(ImageReader source, float percentageDone) {
        count++;
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentageDone) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
