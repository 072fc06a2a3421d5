package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decodes lossless images (RFC 9649, section 3).
 *
 * <p>The library's decoder isn't used: it accepts any number of transforms of a kind, so that every three bits of a
 * hostile file cost it another pass over all pixels.
 */
final class LosslessDecoder {
    private LosslessDecoder() {}

    /**
     * Decodes the pixels.
     *
     * @return {@code [height][width]}, ARGB
     * @throws ImageFormatException if the data is corrupt or ends early
     */
    static int[] decode(WebPFrame frame) throws ImageFormatException {
        LosslessBits in = new LosslessBits(frame.file(), frame.start() + WebPFrame.LOSSLESS_HEADER_BYTES, frame.end());
        Deque<LosslessTransform> transforms = new ArrayDeque<>();
        int width = frame.width();
        int kinds = 0;
        while (in.readFlag()) {
            int kind = in.read(2);
            if ((kinds & (1 << kind)) != 0) {
                throw new ImageFormatException("corrupt WebP: transform " + kind + " comes twice");
            }
            kinds |= 1 << kind;
            LosslessTransform transform = LosslessTransform.read(kind, in, width, frame.height());
            transforms.push(transform);
            width = transform.codedWidth();
        }
        int[] pixels = new EntropyCodedImage(in, width, frame.height()).readMain();
        for (LosslessTransform transform : transforms) { // the last one first
            pixels = transform.undo(pixels);
        }
        return pixels;
    }
}
